#include "terminal/line_edit.h"

#include "gtest/gtest.h"

namespace scaffold::terminal {
namespace {

// The text with a bar where the cursor is, after the keys that these bytes are.
std::string After(std::string start, std::string_view bytes) {
  LineEdit edit(std::move(start));
  for (const Key& key : KeyDecoder().Feed(bytes)) edit.HandleKey(key);
  std::string shown = edit.text();
  return shown.insert(edit.cursor(), "|");
}

struct EditCase {
  std::string start, bytes, expected;
};

class Edit : public ::testing::TestWithParam<EditCase> {};

TEST_P(Edit, GivesTextAndCursor) {
  EXPECT_EQ(After(GetParam().start, GetParam().bytes), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, Edit,
    ::testing::Values(
        EditCase{"bar", "x", "barx|"}, EditCase{"bar", "\x1b[D\x1b[Dx", "bx|ar"},
        EditCase{"bar", "\x7f", "ba|"}, EditCase{"", "\x7f", "|"},
        EditCase{"bar", "\x1b[Hx", "x|bar"}, EditCase{"bar", "\x01\x1b[3~", "|ar"},
        EditCase{"bar", "\x1b[3~", "bar|"}, EditCase{"bar", "\x01\x06\x0b", "b|"},
        EditCase{"bar", "\x1b[D\x15", "|r"}, EditCase{"bar", "\x01\x05!", "bar!|"},
        EditCase{"bar", "\x01\x04", "|ar"}, EditCase{"one two", "\x17", "one |"},
        EditCase{"one two", "\x1b\x7f", "one |"}, EditCase{"one two  ", "\x17", "one |"},
        EditCase{"one two", "\x1b[1;5D-", "one -|two"},
        EditCase{"one two", "\x01\x1b[1;5C-", "one-| two"},
        EditCase{"one two", "\x1b\x62\x1b\x64", "one |"},
        EditCase{"one two", "\x01\x1b\x66.", "one.| two"},
        EditCase{"a日本", "\x1b[D\x1b[Dx", "ax|日本"}, EditCase{"a日本", "\x7f", "a日|"},
        // A letter with a mark, and a family joined to one emoji, are one character each.
        EditCase{"xe\u0301", "\x7f", "x|"}, EditCase{"x👨‍👩‍👧", "\x7f", "x|"},
        EditCase{"x👨‍👩‍👧", "\x1b[Dy", "xy|👨‍👩‍👧"},
        EditCase{"a", "\x1b[200~b\tc\rd\x01\x1b[201~", "ab\tc\nd|"},
        EditCase{"a\nbc", "\x1b[D\x01-", "a\n-|bc"}, EditCase{"a\nbc", "\x15\x15", "a\n|"}));

TEST(LineEdit, MovesBetweenLinesInTheSameColumn) {
  LineEdit edit("long line\n日本\nlast one");
  EXPECT_FALSE(edit.MoveDown());
  EXPECT_TRUE(edit.MoveUp());
  EXPECT_EQ(edit.cursor(), std::string("long line\n日本").size());
  EXPECT_TRUE(edit.MoveUp());
  EXPECT_EQ(edit.cursor(), 4U);
  EXPECT_FALSE(edit.MoveUp());
  EXPECT_TRUE(edit.MoveDown());
  EXPECT_EQ(edit.cursor(), std::string("long line\n日本").size());
}

TEST(LineEdit, MovesUpToAnEmptyFirstLine) {
  LineEdit edit("\nx");
  EXPECT_TRUE(edit.MoveUp());
  EXPECT_EQ(edit.cursor(), 0U);
}

TEST(LineEdit, LeavesKeysOfThePromptAlone) {
  LineEdit edit("x");
  for (KeyCode code : {KeyCode::kEnter, KeyCode::kTab, KeyCode::kUp, KeyCode::kEscape}) {
    EXPECT_EQ(edit.HandleKey({.code = code}), LineEdit::Effect::kNone);
  }
  EXPECT_EQ(edit.HandleKey({.code = KeyCode::kControl, .text = "q"}), LineEdit::Effect::kNone);
  EXPECT_EQ(edit.HandleKey({.code = KeyCode::kText, .text = "q", .alt = true}),
            LineEdit::Effect::kNone);
}

}  // namespace
}  // namespace scaffold::terminal
