#include "terminal/text_layout.h"

#include "gtest/gtest.h"

namespace scaffold::terminal {
namespace {

std::vector<std::string> Rows(std::string_view text, size_t columns) {
  std::vector<std::string> rows;
  for (const TextRow& row : WrapText(text, columns)) {
    rows.emplace_back(text.substr(row.begin, row.end - row.begin));
  }
  return rows;
}

using Strings = std::vector<std::string>;

TEST(TextLayout, CountsColumnsAsShown) {
  EXPECT_EQ(CountColumns(""), 0U);
  EXPECT_EQ(CountColumns("abc"), 3U);
  EXPECT_EQ(CountColumns("日本語"), 6U);
  EXPECT_EQ(CountColumns("e\u0301"), 1U);
  EXPECT_EQ(CountColumns("👨‍👩‍👧"), 2U);
  EXPECT_EQ(CountColumns("a\tb"), 6U);
  EXPECT_EQ(CountColumns("\x1b["), 5U);
  EXPECT_EQ(ShownText("a\tb\nc\x1b"), "a    b c\\x1b");
}

TEST(TextLayout, AMarkAtTheBeginDoesNotReachTheTextBefore) {
  EXPECT_EQ(ShownText("\u0301\u200dab"), "ab");
  EXPECT_EQ(ShownText("a\u0301"), "a\u0301");
}

TEST(TextLayout, CutsWithAnEllipsis) {
  EXPECT_EQ(CutToColumns("abcdef", 6), "abcdef");
  EXPECT_EQ(CutToColumns("abcdef", 4), "abc…");
  EXPECT_EQ(CutToColumns("日本語", 4), "日…");
  EXPECT_EQ(CutToColumns("abc", 0), "");
  EXPECT_EQ(PadToColumns("日本", 6), "日本  ");
  EXPECT_EQ(PadToColumns("日本語", 4), "日… ");
}

TEST(TextLayout, WrapsBetweenGraphemes) {
  EXPECT_EQ(Rows("", 5), Strings{""});
  EXPECT_EQ(Rows("abcdefg", 3), (Strings{"abc", "def", "g"}));
  EXPECT_EQ(Rows("abc", 3), Strings{"abc"});
  EXPECT_EQ(Rows("a日本語", 4), (Strings{"a日", "本語"}));
  EXPECT_EQ(Rows("a\n\nb\n", 4), (Strings{"a", "", "b", ""}));
  EXPECT_EQ(Rows("日本", 1), (Strings{"日", "本"}));
}

TEST(TextLayout, WrapsBetweenWords) {
  EXPECT_EQ(WrapWords("one two three", 8), (Strings{"one two", "three"}));
  EXPECT_EQ(WrapWords("one two three", 7), (Strings{"one two", "three"}));
  EXPECT_EQ(WrapWords("abcdefghij", 4), (Strings{"abcd", "efgh", "ij"}));
  EXPECT_EQ(WrapWords("a\n\nb", 4), (Strings{"a", "", "b"}));
  EXPECT_EQ(WrapWords("日本語 日本", 6), (Strings{"日本語", "日本"}));
}

TEST(TextLayout, StepsOverGraphemes) {
  const std::string text = "ae\u0301日";
  EXPECT_EQ(NextGrapheme(text, 1), 4U);
  EXPECT_EQ(PreviousGrapheme(text, 4), 1U);
  EXPECT_EQ(PreviousGrapheme(text, 1), 0U);
  EXPECT_EQ(PreviousGrapheme(text, 0), 0U);
  EXPECT_EQ(NextGrapheme(text, text.size()), text.size());
  EXPECT_EQ(PreviousGrapheme("a\nb", 2), 1U);
  // Flags come in pairs of letters.
  EXPECT_EQ(PreviousGrapheme("🇩🇪🇫🇷", 16), 8U);
}

}  // namespace
}  // namespace scaffold::terminal
