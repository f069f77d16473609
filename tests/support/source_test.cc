#include "support/source.h"

#include "gtest/gtest.h"

namespace scaffold {
namespace {

TEST(Source, LocatesLineColumnAndLength) {
  const Source source("t", "one\ntwo three\n");
  const SourceLocation location = source.Locate({8, 13});
  EXPECT_EQ(location.line, 2u);
  EXPECT_EQ(location.column, 5u);
  EXPECT_EQ(location.length, 5u);
  EXPECT_EQ(location.line_text, "two three");
}

TEST(Source, CountsColumnsInCodePoints) {
  const Source source("t", "é日x");
  EXPECT_EQ(source.Locate({5, 6}).column, 3u);
}

TEST(Source, TakesCarriageReturnsAsLineEnds) {
  const Source source("t", "a\r\nb\rc\n");
  EXPECT_EQ(source.LineOf(3), 2u);
  EXPECT_EQ(source.LineOf(5), 3u);
}

TEST(Source, UnderlinesToTheEndOfTheLineOnly) {
  const Source source("t", "ab\ncd");
  EXPECT_EQ(source.Locate({1, 5}).length, 1u);
}

TEST(Source, LocatesTheEndOfTheText) {
  const Source source("t", "ab\n");
  const SourceLocation location = source.Locate({3, 3});
  EXPECT_EQ(location.line, 2u);
  EXPECT_EQ(location.column, 1u);
  EXPECT_EQ(location.length, 1u);
}

}  // namespace
}  // namespace scaffold
