// Lengths and positions of str values in code points; ASCII texts take no counting.

#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "scaffold/value.h"
#include "support/utf8.h"

namespace scaffold {

// REQUIRES: kString or kMarkup.
inline size_t TextLength(const Value& text) {
  const auto* rep = static_cast<const StringRep*>(text.payload());
  if (rep->length < 0 || static_cast<size_t>(rep->length) > rep->text.size()) {
    rep->length = static_cast<int64_t>(CountCodePoints(rep->text));
  }
  return static_cast<size_t>(rep->length);
}
inline bool IsAsciiText(const Value& text) { return TextLength(text) == text.AsString().size(); }
inline size_t TextOffset(const Value& text, size_t index) {
  return IsAsciiText(text) ? std::min(index, text.AsString().size())
                           : OffsetOfCodePoint(text.AsString(), index);
}

// A text of the kind of `like`: str, Markup or bytes.
inline Value MakeTextLike(const Value& like, std::string text) {
  if (like.IsMarkup()) return Value::Markup(std::move(text));
  return like.IsString() ? Value(std::move(text)) : Value::Bytes(std::move(text));
}

}  // namespace scaffold
