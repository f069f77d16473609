#include "support/source.h"

#include <algorithm>

#include "support/utf8.h"

namespace scaffold {

uint32_t Source::LineOf(uint32_t offset) const {
  uint32_t line = 1;
  for (size_t i = 0; i < offset && i < text_.size(); ++i) {
    bool crlf = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
    if (text_[i] == '\n' || (text_[i] == '\r' && !crlf)) ++line;
  }
  return line;
}

SourceLocation Source::Locate(Span span) const {
  const size_t begin = std::min<size_t>(span.begin, text_.size());
  size_t line_begin = 0;
  if (begin > 0) {
    size_t previous = text_.find_last_of("\r\n", begin - 1);
    if (previous != std::string::npos) line_begin = previous + 1;
  }
  size_t line_end = text_.find_first_of("\r\n", line_begin);
  if (line_end == std::string::npos) line_end = text_.size();
  const size_t shown_end = std::clamp<size_t>(span.end, begin, std::max(begin, line_end));

  SourceLocation location;
  location.file = name_;
  location.line = LineOf(static_cast<uint32_t>(begin));
  location.column =
      static_cast<uint32_t>(CountCodePoints(text().substr(line_begin, begin - line_begin))) + 1;
  location.length = std::max<uint32_t>(
      1, static_cast<uint32_t>(CountCodePoints(text().substr(begin, shown_end - begin))));
  location.line_text = text_.substr(line_begin, line_end - line_begin);
  return location;
}

}  // namespace scaffold
