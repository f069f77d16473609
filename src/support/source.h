// Source: a named text that spans point into.
//
// Tokens and syntax nodes carry a Span (8 bytes); line and column are worked out only when an error
// is reported, so that the success path never counts lines.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scaffold/error.h"

namespace scaffold {

// Half-open range of byte offsets into one Source.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
};

class Source {
 public:
  Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  // REQUIRES: span lies within text().
  std::string_view Slice(Span span) const {
    return text().substr(span.begin, span.end - span.begin);
  }
  SourceLocation Locate(Span span) const;
  // 1-based line of a byte offset; "\r\n", "\r" and "\n" each end a line.
  uint32_t LineOf(uint32_t offset) const;

 private:
  std::string name_;
  std::string text_;
};

}  // namespace scaffold
