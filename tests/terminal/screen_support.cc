#include <algorithm>

#include "gtest/gtest.h"
#include "terminal/text_layout.h"
#include "tests/terminal/screen.h"

namespace scaffold::terminal {

void Screen::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (bytes.starts_with("\x1b[")) {
      const size_t end = bytes.find_first_not_of("?0123456789", 2);
      ASSERT_NE(end, bytes.npos);
      Control(bytes.substr(2, end - 2), bytes[end]);
      bytes.remove_prefix(end + 1);
    } else if (bytes[0] == '\r') {
      column_ = 0;
      bytes.remove_prefix(bytes.starts_with("\r\n") ? 0 : 1);
      if (!bytes.starts_with("\r\n")) continue;
      NewLine();
      bytes.remove_prefix(2);
    } else {
      const size_t length = NextGrapheme(bytes, 0);
      const std::string_view grapheme = bytes.substr(0, length);
      ASSERT_GE(static_cast<unsigned char>(bytes[0]), 0x20) << std::string(bytes);
      const size_t width = CountColumns(grapheme);
      ASSERT_LE(column_ + width, columns_);
      std::vector<std::string>& line = lines_[row_];
      if (line.size() < column_ + width) line.resize(column_ + width, " ");
      line[column_] = grapheme;
      if (width == 2) line[column_ + 1] = "";
      column_ += width;
      bytes.remove_prefix(length);
    }
  }
}

void Screen::NewLine() {
  ++row_;
  if (lines_.size() <= row_) lines_.emplace_back();
  if (row_ >= top_ + rows_) ++top_;
}

void Screen::Control(std::string_view parameters, char final) {
  const size_t count = parameters.empty() || parameters[0] == '?'
                           ? 1
                           : static_cast<size_t>(std::stoi(std::string(parameters)));
  switch (final) {
    case 'A':
      row_ -= std::min(row_ - top_, count);
      return;
    case 'B':
      row_ = std::min(row_ + count, top_ + rows_ - 1);
      ASSERT_LT(row_, lines_.size());
      return;
    case 'C':
      column_ += count;
      return;
    case 'D':
      ASSERT_GE(column_, count);
      column_ -= count;
      return;
    case 'K':
      if (lines_[row_].size() > column_) lines_[row_].resize(column_);
      return;
    case 'J':
      if (lines_[row_].size() > column_) lines_[row_].resize(column_);
      lines_.resize(row_ + 1);
      return;
    case 'h':
    case 'l':
      ASSERT_EQ(parameters, "?25");
      shows_cursor_ = final == 'h';
      return;
    case 'm':
      return;
    default:
      FAIL() << "unknown control sequence " << parameters << final;
  }
}

std::string Screen::Text() const {
  std::string text;
  for (const std::vector<std::string>& line : lines_) {
    for (const std::string& cell : line) text += cell;
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
  }
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace scaffold::terminal
