// LineEdit: text with a cursor and the usual editing keys. It may hold several lines.

#pragma once

#include <string>
#include <string_view>

#include "terminal/key.h"

namespace scaffold::terminal {

class LineEdit {
 public:
  enum class Effect : uint8_t { kNone, kMoved, kChanged };

  explicit LineEdit(std::string text = "") : text_(std::move(text)), cursor_(text_.size()) {}

  const std::string& text() const { return text_; }
  size_t cursor() const { return cursor_; }  // byte offset, at a grapheme

  // Everything but Enter, Tab and what a prompt means by Up and Down.
  Effect HandleKey(const Key& key);
  void Insert(std::string_view text);
  void Replace(std::string text);
  // To the same column of the line above or below; false: there is none.
  bool MoveUp();
  bool MoveDown();

 private:
  Effect HandleControl(char letter);
  Effect HandleAlt(char letter);
  Effect MoveTo(size_t offset);
  Effect Erase(size_t begin, size_t end);
  size_t LineBegin() const;
  size_t LineEnd() const;
  size_t WordBegin() const;
  size_t WordEnd() const;
  void MoveToColumn(size_t line_begin, size_t column);

  std::string text_;
  size_t cursor_;
};

}  // namespace scaffold::terminal
