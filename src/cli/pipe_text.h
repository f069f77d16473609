// PipeText: text that keys edit, with a cursor that is never shown.

#pragma once

#include <string>

#include "cli/pipe_keys.h"

namespace scaffold::cli {

class PipeText {
 public:
  // The cursor starts at the end: what is typed is appended to the default.
  explicit PipeText(std::string text) : text_(std::move(text)), cursor_(text_.size()) {}

  const std::string& text() const { return text_; }
  // Edits or moves; keys that do neither are ignored. kEnter and kAccept are the caller's.
  void Press(const PipePress& press);
  void Insert(std::string_view text);
  void MoveToEnd() { cursor_ = text_.size(); }

 private:
  void EraseTo(size_t position);  // between the cursor and `position`
  void MoveLine(int direction);
  size_t PreviousCharacter() const;
  size_t NextCharacter() const;
  size_t PreviousWord() const;
  size_t PreviousBlank() const;
  size_t LineStart() const;
  size_t LineEnd() const;

  std::string text_;
  size_t cursor_;  // a byte offset, between characters
};

}  // namespace scaffold::cli
