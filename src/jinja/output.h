// OutputBuffer: the text of a render. Captures (macros, set blocks, filters) write to its end and
// cut their part off again. In a native environment it collects values instead of text.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold::jinja {

// Joins the pieces of a native render (Jinja2's native_concat).
Value NativeConcat(std::vector<Value> pieces);

class OutputBuffer {
 public:
  explicit OutputBuffer(bool native) : native_(native) {}

  bool native() const { return native_; }
  std::string& text() { return text_; }
  void Append(std::string_view text) {
    if (native_) {
      pieces_.push_back(Value(text));
    } else {
      text_.append(text);
    }
  }
  void AppendPiece(Value value) { pieces_.push_back(std::move(value)); }

  size_t Mark() const { return native_ ? pieces_.size() : text_.size(); }
  // What was written since the mark, taken out again: a str, or any value when native.
  Value Take(size_t mark);
  // The same as text.
  std::string TakeText(size_t mark);

 private:
  bool native_;
  std::string text_;
  std::vector<Value> pieces_;
};

}  // namespace scaffold::jinja
