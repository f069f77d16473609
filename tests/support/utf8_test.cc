#include "support/utf8.h"

#include "gtest/gtest.h"

namespace scaffold {
namespace {

TEST(Utf8, DecodesWhatItEncodes) {
  for (char32_t c : {0x24u, 0xa3u, 0x20acu, 0x10348u, 0xd800u}) {
    std::string text;
    AppendUtf8(&text, c);
    size_t pos = 0;
    EXPECT_EQ(DecodeUtf8(text, &pos), c);
    EXPECT_EQ(pos, text.size());
  }
}

TEST(Utf8, StepsOverMalformedBytesOneByOne) {
  const std::string_view text = "\xe2\x82x";
  size_t pos = 0;
  EXPECT_EQ(DecodeUtf8(text, &pos), U'\uFFFD');
  EXPECT_EQ(pos, 1u);
}

TEST(Utf8, FindsTheFirstInvalidByte) {
  EXPECT_EQ(FindInvalidUtf8("aé日"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("ab\xff"), 2u);
  EXPECT_EQ(FindInvalidUtf8("a\xed\xa0\x80"), 1u);  // a surrogate
  EXPECT_EQ(FindInvalidUtf8("\xc0\x80"), 0u);       // overlong
}

TEST(Utf8, MeasuresTerminalColumns) {
  EXPECT_EQ(DisplayWidth("ab"), 2u);
  EXPECT_EQ(DisplayWidth("日本"), 4u);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);
}

}  // namespace
}  // namespace scaffold
