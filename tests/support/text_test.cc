#include "support/text.h"

#include "gtest/gtest.h"

namespace scaffold {
namespace {

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(Split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
}

TEST(StripBlanks, LeavesNothingOfBlankText) { EXPECT_EQ(StripBlanks(" \t\r\n"), ""); }

TEST(ReplaceAll, DoesNotLookAtWhatItPutIn) { EXPECT_EQ(ReplaceAll("aaa", "a", "aa"), "aaaaaa"); }

TEST(ShellQuote, QuotesOnlyWhatTheShellWouldRead) {
  EXPECT_EQ(ShellQuote("a/b-c.d=1"), "a/b-c.d=1");
  EXPECT_EQ(ShellQuote(""), "''");
  EXPECT_EQ(ShellQuote("it's"), "'it'\"'\"'s'");
}

TEST(EscapeForTerminal, TakesControlOverNothing) {
  EXPECT_EQ(EscapeForTerminal("a\x1b[31mb\tc\n"), "a\\x1b[31mb\tc\n");
  EXPECT_EQ(EscapeForTerminal("\xc2\x9b"), "\\x9b");
  EXPECT_EQ(EscapeForTerminal("\xff"), "\\xff");
}

TEST(EscapeForTerminal, ShowsBidirectionalOverrides) {
  EXPECT_EQ(EscapeForTerminal("a\u202eb"), "a\\u202eb");
}

TEST(ClosestMatch, FindsATypingError) {
  EXPECT_EQ(ClosestMatch("upperr", {"lower", "upper"}), "upper");
  EXPECT_EQ(ClosestMatch("xyz", {"lower", "upper"}), "");
}

}  // namespace
}  // namespace scaffold
