#include "terminal/select_field.h"

#include "gtest/gtest.h"
#include "terminal/text_layout.h"
#include "tests/terminal/field_test_support.h"

namespace scaffold::terminal {
namespace {

constexpr std::string_view kHint = "  type to filter · Enter accept\n";

SelectField MakeOne(std::vector<Choice> choices, size_t pointer = 0) {
  return {{.title = "Which?"}, {.choices = std::move(choices), .pointer = pointer}};
}

SelectField MakeMany(std::vector<Choice> choices) {
  return {{.title = "Which?"}, {.choices = std::move(choices), .how_many = HowMany::kMany}};
}

std::vector<Choice> Numbered(int count) {
  std::vector<Choice> choices;
  for (int i = 1; i <= count; ++i) choices.push_back({.title = "choice-" + std::to_string(i)});
  return choices;
}

TEST(SelectField, StartsAtTheDefault) {
  SelectField field = MakeOne({{"a"}, {"b"}, {"c"}}, 1);
  EXPECT_EQ(Show(field), "? Which?\n    a\n  ❯ b\n    c\n" + std::string(kHint));
  EXPECT_FALSE(field.Render({}).shows_cursor);
  EXPECT_EQ(Press(&field, "\r"), FieldState::kDone);
  EXPECT_EQ(field.picked(), 1U);
  EXPECT_EQ(ShowAnswered(field), "? Which?  b\n");
}

TEST(SelectField, ArrowsGoRound) {
  SelectField field = MakeOne({{"a"}, {"b"}, {"c"}});
  Press(&field, kUp);
  EXPECT_EQ(field.picked(), 2U);
  Press(&field, kDown);
  EXPECT_EQ(field.picked(), 0U);
  Press(&field, "\x0e\x0e\x10");  // Ctrl+N, Ctrl+N, Ctrl+P
  EXPECT_EQ(field.picked(), 1U);
}

TEST(SelectField, ThePointerSkipsDisabledChoices) {
  SelectField field = MakeOne({{"a", "why"}, {"b"}, {"c", "so"}, {"d"}});
  EXPECT_EQ(Show(field),
            "? Which?\n    - a (why)\n  ❯ b\n    - c (so)\n    d\n" + std::string(kHint));
  Press(&field, kDown);
  EXPECT_EQ(field.picked(), 3U);
  Press(&field, kHomeKey);
  EXPECT_EQ(field.picked(), 1U);
  SelectField last = MakeOne({{"a"}, {"b", "no"}});
  Press(&last, kEndKey);
  EXPECT_EQ(last.picked(), 0U);
}

TEST(SelectField, ADisabledChoiceCannotBeTaken) {
  SelectField field = MakeOne({{"only", "not today"}});
  EXPECT_EQ(Press(&field, std::string(kDown) + "\r"), FieldState::kOpen);
  EXPECT_NE(Show(field).find("✗ not today"), std::string::npos);
}

TEST(SelectField, TypingFilters) {
  SelectField field = MakeOne({{"Apache 2.0"}, {"MIT"}, {"GPL 2.0"}, {"ÄÖ"}});
  Press(&field, "2.0");
  EXPECT_EQ(
      Show(field),
      "? Which?\n  filter: 2.0\n  ❯ Apache 2.0\n    GPL 2.0\n  Esc all choices · Enter accept\n");
  EXPECT_EQ(field.Render({}).cursor_column, 13U);
  EXPECT_TRUE(field.Render({}).shows_cursor);
  Press(&field, " gp");
  EXPECT_EQ(Press(&field, "\r"), FieldState::kDone);
  EXPECT_EQ(field.picked(), 2U);
  Press(&field, "\x1b");
  EXPECT_EQ(field.picked(), 2U);  // stays where it is
  Press(&field, "äö");
  EXPECT_EQ(field.picked(), 3U);
}

TEST(SelectField, NothingMatches) {
  SelectField field = MakeOne({{"a"}, {"b"}});
  EXPECT_EQ(Press(&field, "zz\r"), FieldState::kOpen);
  EXPECT_EQ(Show(field),
            "? Which?\n  filter: zz\n    nothing matches\n"
            "  ✗ nothing matches; Esc shows all choices\n  Esc all choices · Enter accept\n");
  Press(&field, std::string(kDown) + std::string(kPageDown) + std::string(kEndKey));
  Press(&field,
        "\x7f\x7f"
        "b");
  EXPECT_EQ(Press(&field, "\r"), FieldState::kDone);
  EXPECT_EQ(field.picked(), 1U);
}

TEST(SelectField, ALongListHasPages) {
  SelectField field = MakeOne(Numbered(60));
  EXPECT_EQ(Show(field, 60, 6),
            "? Which?\n  ❯ choice-1\n    choice-2\n    choice-3\n  ↓ choice-4\n"
            "  1/60 · type to filter · Enter accept\n");
  Press(&field, kPageDown);
  EXPECT_EQ(field.picked(), 8U);
  EXPECT_EQ(Show(field, 60, 6),
            "? Which?\n  ↑ choice-7\n    choice-8\n  ❯ choice-9\n  ↓ choice-10\n"
            "  9/60 · type to filter · Enter accept\n");
  Press(&field, kPageUp);
  EXPECT_EQ(field.picked(), 0U);
  Press(&field, kEndKey);
  EXPECT_EQ(field.picked(), 59U);
  Press(&field, kPageDown);
  EXPECT_EQ(field.picked(), 59U);
  EXPECT_EQ(Show(field, 60, 6),
            "? Which?\n  ↑ choice-57\n    choice-58\n    choice-59\n  ❯ choice-60\n"
            "  60/60 · type to filter · Enter accept\n");
}

TEST(SelectField, LongTitlesAreCut) {
  SelectField field =
      MakeOne({{"日本語日本語日本語"}, {"a title of many words"}, {"x", "a reason"}});
  EXPECT_EQ(Show(field, 17),
            "? Which?\n  ❯ 日本語日本…\n    a title of …\n    - x (a reas…\n  type to filter\n");
}

TEST(SelectField, SpacePicksOfMany) {
  SelectField field = MakeMany({{.title = "a"}, {.title = "b", .checked = true}, {"c", "no"}});
  EXPECT_EQ(Show(field, 80),
            "? Which?\n  ❯ ○ a\n    ● b\n    - c (no)\n"
            "  Space pick · Ctrl+A all · type to filter · Enter accept\n");
  Press(&field, " ");
  EXPECT_EQ(Press(&field, "\r"), FieldState::kDone);
  EXPECT_EQ(field.checked(), (std::vector<size_t>{0, 1}));
  EXPECT_EQ(ShowAnswered(field), "? Which?  a, b\n");
}

TEST(SelectField, AllAndInvertLeaveDisabledChoices) {
  SelectField field = MakeMany({{.title = "a"}, {.title = "b", .checked = true}, {"c", "no"}});
  Press(&field, "\x12");
  EXPECT_EQ(field.checked(), std::vector<size_t>{0});
  Press(&field, "\x01");
  EXPECT_EQ(field.checked(), (std::vector<size_t>{0, 1}));
  Press(&field, "\x01");
  EXPECT_TRUE(field.checked().empty());
  EXPECT_EQ(ShowAnswered(field), "? Which?  none\n");
}

TEST(SelectField, AllTakesOnlyWhatTheFilterShows) {
  SelectField field = MakeMany({{"one"}, {"two"}, {"three"}});
  Press(&field, "t\x01");
  EXPECT_EQ(field.checked(), (std::vector<size_t>{1, 2}));
  Press(&field, "w ");
  EXPECT_EQ(field.checked(), std::vector<size_t>{2});
}

TEST(SelectField, AnyWindowIsBigEnough) {
  SelectField field({.title = "Which of the many?", .can_go_back = true},
                    {.choices = Numbered(60), .how_many = HowMany::kMany, .pointer = 30});
  Press(&field, "5");
  for (size_t columns = 1; columns < 30; ++columns) {
    for (size_t rows = 1; rows < 12; ++rows) {
      const Frame frame = field.Render({.columns = columns, .rows = rows});
      ASSERT_LE(frame.lines.size(), std::max<size_t>(rows, 2));
      for (const FrameLine& line : frame.lines) {
        size_t width = 0;
        for (const StyledText& part : line) width += CountColumns(part.text);
        ASSERT_LE(width, std::max<size_t>(columns, 14)) << columns << "x" << rows;
      }
    }
  }
}

}  // namespace
}  // namespace scaffold::terminal
