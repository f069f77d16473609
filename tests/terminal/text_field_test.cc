#include "terminal/text_field.h"

#include "gtest/gtest.h"
#include "terminal/text_layout.h"
#include "tests/terminal/field_test_support.h"

namespace scaffold::terminal {
namespace {

TextField Make(TextFieldOptions options) { return {{.title = "Name?"}, std::move(options)}; }

std::optional<std::string> NoBlanks(std::string_view text) {
  if (text.find(' ') != text.npos) return "no blanks";
  return std::nullopt;
}

TEST(TextField, StartsWithTheDefaultAsText) {
  TextField field = Make({.initial = "bar"});
  EXPECT_EQ(Show(field), "? Name?\n  › bar\n  Enter accept\n");
  const Frame frame = field.Render({});
  EXPECT_TRUE(frame.shows_cursor);
  EXPECT_EQ(frame.cursor_row, 1U);
  EXPECT_EQ(frame.cursor_column, 7U);
  EXPECT_EQ(Press(&field, "x\r"), FieldState::kDone);
  EXPECT_EQ(field.text(), "barx");
  EXPECT_EQ(ShowAnswered(field), "? Name?  barx\n");
}

TEST(TextField, ShowsThePlaceholderWhileEmpty) {
  TextField field = Make({.placeholder = "my-name"});
  EXPECT_EQ(Show(field), "? Name?\n  › my-name\n  Enter accept\n");
  EXPECT_EQ(field.Render({}).cursor_column, 4U);
  Press(&field, "x");
  EXPECT_EQ(Show(field), "? Name?\n  › x\n  Enter accept\n");
}

TEST(TextField, ComplainsWhileTypingAndRefusesEnter) {
  TextField field = Make({.validate = NoBlanks});
  EXPECT_EQ(Press(&field, "a b"), FieldState::kOpen);
  EXPECT_EQ(Show(field), "? Name?\n  › a b\n  ✗ no blanks\n  Enter accept\n");
  EXPECT_EQ(Press(&field, "\r"), FieldState::kOpen);
  Press(&field, "\x7f\x7f");
  EXPECT_EQ(Show(field), "? Name?\n  › a\n  Enter accept\n");
  EXPECT_EQ(Press(&field, "\r"), FieldState::kDone);
}

TEST(TextField, AltEnterAcceptsToo) {
  TextField field = Make({.initial = "x"});
  EXPECT_EQ(Press(&field, "\x1b\r"), FieldState::kDone);
}

TEST(TextField, TheCursorStandsBehindWideCharacters) {
  TextField field = Make({.initial = "日本語"});
  EXPECT_EQ(field.Render({}).cursor_column, 10U);
  Press(&field, kLeft);
  EXPECT_EQ(field.Render({}).cursor_column, 8U);
}

TEST(TextField, ALongLineIsWrapped) {
  TextField field = Make({.initial = "abcdefghijklmnopqrstuvwxyz"});
  EXPECT_EQ(Show(field, 15),
            "? Name?\n  › abcdefghij\n    klmnopqrst\n    uvwxyz\n  Enter accept\n");
  EXPECT_EQ(Show(field, 15, 3), "? Name?\n    klmnopqrst\n    uvwxyz\n");
  Press(&field, kHomeKey);
  EXPECT_EQ(field.Render({.columns = 15, .rows = 20}).cursor_row, 1U);
}

TEST(TextField, AnyWindowIsWideAndHighEnough) {
  TextField field({.title = "A title of many words\nand some help below", .can_go_back = true},
                  {.initial = "some 日本語 text\nin two lines", .placeholder = "x"});
  field.Refuse("what is wrong is told at length, more than once, again and again");
  for (size_t columns = 1; columns < 40; ++columns) {
    for (size_t rows = 1; rows < 12; ++rows) {
      const Frame frame = field.Render({.columns = columns, .rows = rows});
      ASSERT_LE(frame.lines.size(), std::max<size_t>(rows, 2));
      ASSERT_LT(frame.cursor_row, frame.lines.size());
      for (const FrameLine& line : frame.lines) {
        size_t width = 0;
        for (const StyledText& part : line) width += CountColumns(part.text);
        ASSERT_LE(width, std::max<size_t>(columns, 8)) << columns;
      }
    }
  }
}

TEST(TextField, HidesAPassword) {
  TextField field = Make({.masked = true});
  Press(&field, "a日c");
  EXPECT_EQ(Show(field), "? Name?\n  › •••\n  Enter accept\n");
  Press(&field, kLeft);
  EXPECT_EQ(field.Render({}).cursor_column, 6U);
  EXPECT_EQ(ShowAnswered(field), "? Name?  ••••••••\n");
  EXPECT_EQ(ShowAnswered(Make({.masked = true})), "? Name?\n");
}

TEST(TextField, PastedLinesBecomeBlanks) {
  TextField field = Make({});
  Press(&field, "\x1b[200~one\rtwo\r\x1b[201~");
  EXPECT_EQ(field.text(), "one two");
}

TEST(TextField, AMultilineTextTakesEnter) {
  TextField field = Make({.multiline = true});
  EXPECT_EQ(Press(&field, "one\rtwo\tx"), FieldState::kOpen);
  EXPECT_EQ(Show(field),
            "? Name?\n  › one\n    two    x\n"
            "  Enter new line · Alt+Enter or Ctrl+D finish\n");
  EXPECT_EQ(Press(&field, "\x1b\r"), FieldState::kDone);
  EXPECT_EQ(field.text(), "one\ntwo\tx");
  EXPECT_EQ(ShowAnswered(field), "? Name?  one (+1 line)\n");
}

TEST(TextField, EscapeThenEnterFinishesAMultilineText) {
  TextField field = Make({.multiline = true});
  EXPECT_EQ(Press(&field, "\x1b"), FieldState::kOpen);
  EXPECT_EQ(Press(&field, "\r"), FieldState::kDone);
  EXPECT_EQ(field.text(), "");
  EXPECT_EQ(Press(&field, "x\x04"), FieldState::kDone);
}

TEST(TextField, AMultilineTextScrollsWithItsCursor) {
  TextField field = Make({.initial = "1\n2\n3\n4\n5\n6\n7\n8\n9", .multiline = true});
  const std::string hint = "  Enter new line · Alt+Enter or Ctrl+D finish\n";
  EXPECT_EQ(Show(field, 60, 6), "? Name?\n    6\n    7\n    8\n    9\n" + hint);
  for (int i = 0; i < 8; ++i) Press(&field, kUp);
  EXPECT_EQ(Show(field, 60, 6), "? Name?\n  › 1\n    2\n    3\n    4\n" + hint);
}

TEST(TextField, TabCompletes) {
  const auto complete = [](std::string_view text) -> std::vector<std::string> {
    if (text == "s") return {"src/"};
    if (text == "src/") return {"src/alpha.cc", "src/also/"};
    return {};
  };
  TextField field = Make({.complete = complete});
  Press(&field, "s\t");
  EXPECT_EQ(field.text(), "src/");
  Press(&field, "\t");
  EXPECT_EQ(field.text(), "src/al");
  EXPECT_EQ(Show(field),
            "? Name?\n  › src/al\n    alpha.cc  also/     \n  Tab complete · Enter accept\n");
  Press(&field, "\t");
  EXPECT_EQ(field.text(), "src/alpha.cc");
  Press(&field, "\t");
  EXPECT_EQ(field.text(), "src/also/");
  Press(&field, "x");
  EXPECT_EQ(Show(field), "? Name?\n  › src/also/x\n  Tab complete · Enter accept\n");
  Press(&field, "\t");
  EXPECT_EQ(field.text(), "src/also/x");
}

TEST(TextField, ManyCandidatesAreShownAPageAtATime) {
  const auto complete = [](std::string_view) {
    std::vector<std::string> names;
    for (int i = 100; i < 150; ++i) names.push_back("n" + std::to_string(i));
    return names;
  };
  TextField field = Make({.complete = complete});
  Press(&field, "\t");
  EXPECT_EQ(Show(field, 18, 6),
            "? Name?\n  › n1\n    n100  n101  \n    n102  n103  \n    n104  n105  \n"
            "  Tab complete\n");
  for (int i = 0; i < 7; ++i) Press(&field, "\t");
  EXPECT_NE(Show(field, 18, 6).find("    n106  n107"), std::string::npos);
}

TEST(TextField, CompletionNeverSplitsACharacter) {
  const auto complete = [](std::string_view) -> std::vector<std::string> { return {"日", "旦"}; };
  TextField field = Make({.complete = complete});
  Press(&field, "\t");
  EXPECT_EQ(field.text(), "");
}

TEST(Field, GoesBackWhereThereIsSomethingBefore) {
  TextField first({.title = "a"}, {});
  EXPECT_EQ(Press(&first, "\x02"), FieldState::kOpen);
  TextField second({.title = "b", .can_go_back = true}, {});
  EXPECT_EQ(Press(&second, "x\x02"), FieldState::kBack);
  EXPECT_EQ(Press(&second, "\x1b[Z"), FieldState::kBack);
  EXPECT_EQ(Show(second), "? b\n  › x\n  Enter accept · Ctrl+B back\n");
}

TEST(Field, ShowsHelpBelowTheTitle) {
  TextField field({.mark = "🎤", .title = "Name?\nIt is used\tfor much.\n  "}, {});
  EXPECT_EQ(Show(field), "🎤 Name?\n  It is used    for much.\n  › \n  Enter accept\n");
}

TEST(Field, NothingOfATemplateDrivesTheTerminal) {
  TextField field({.mark = "\x1b[31m", .title = "a\x1b[2J\nb\x1b]0;x\a"},
                  {.initial = "c\x1b[2J", .placeholder = "\x1b"});
  field.Refuse("d\x1b[2J\u202e");
  EXPECT_EQ(Show(field).find('\x1b'), std::string::npos);
  EXPECT_EQ(Show(field).find("\u202e"), std::string::npos);
  EXPECT_EQ(ShowAnswered(field).find('\x1b'), std::string::npos);
}

TEST(Field, AnAnsweredLineKeepsTheAnswerInSight) {
  const Answered answered = {.mark = "?", .question = std::string(50, 'q'), .answer = "answer"};
  EXPECT_EQ(FrameToText({.lines = {FormatAnswered(answered, 30)}}),
            "? " + std::string(18, 'q') + "…  answer\n");
  const Answered both = {
      .mark = "?", .question = std::string(50, 'q'), .answer = std::string(50, 'a')};
  EXPECT_EQ(FrameToText({.lines = {FormatAnswered(both, 30)}}),
            "? " + std::string(6, 'q') + "…  " + std::string(17, 'a') + "…\n");
}

TEST(Field, DrawsWithoutUnicode) {
  TextField field({.title = "a", .glyphs = kAsciiGlyphs}, {.masked = true});
  Press(&field, "xy");
  field.Refuse("bad");
  EXPECT_EQ(Show(field), "? a\n  > **\n  ! bad\n  Enter accept\n");
}

}  // namespace
}  // namespace scaffold::terminal
