#include "cli/pipe_text.h"

#include <algorithm>

#include "support/utf8.h"

namespace scaffold::cli {
namespace {

enum class CharacterClass : uint8_t { kBlank, kWord, kSymbol };

// Copier's words are ASCII: all other characters count as symbols.
CharacterClass ClassOf(char byte) {
  if (byte == ' ' || byte == '\t' || byte == '\n') return CharacterClass::kBlank;
  const bool word = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                    (byte >= 'A' && byte <= 'Z') || byte == '_';
  return word ? CharacterClass::kWord : CharacterClass::kSymbol;
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

}  // namespace

void PipeText::Press(const PipePress& press) {
  switch (press.key) {
    case PipeKey::kText:
      return Insert(press.text);
    case PipeKey::kBackspace:
      return EraseTo(PreviousCharacter());
    case PipeKey::kDelete:
    case PipeKey::kEndOfInput:
      return EraseTo(NextCharacter());
    case PipeKey::kDeleteWord:
      return EraseTo(PreviousWord());
    case PipeKey::kDeleteBlank:
      return EraseTo(PreviousBlank());
    case PipeKey::kDeleteStart:
      return EraseTo(cursor_ == LineStart() ? PreviousCharacter() : LineStart());
    case PipeKey::kDeleteEnd:
      return EraseTo(cursor_ == LineEnd() ? NextCharacter() : LineEnd());
    case PipeKey::kLeft:
      cursor_ = std::max(PreviousCharacter(), LineStart());  // stays in its line
      return;
    case PipeKey::kRight:
      cursor_ = std::min(NextCharacter(), LineEnd());
      return;
    case PipeKey::kHome:
      cursor_ = LineStart();
      return;
    case PipeKey::kEnd:
      cursor_ = LineEnd();
      return;
    case PipeKey::kUp:
      return MoveLine(-1);
    case PipeKey::kDown:
      return MoveLine(1);
    case PipeKey::kEnter:
    case PipeKey::kAccept:
    case PipeKey::kInterrupt:
    case PipeKey::kOther:
      return;
  }
}

void PipeText::Insert(std::string_view text) {
  text_.insert(cursor_, text);
  cursor_ += text.size();
}

void PipeText::EraseTo(size_t position) {
  const auto [first, last] = std::minmax(position, cursor_);
  text_.erase(first, last - first);
  cursor_ = first;
}

void PipeText::MoveLine(int direction) {
  const size_t start = LineStart();
  const size_t column = CountCodePoints(std::string_view(text_).substr(start, cursor_ - start));
  if (direction < 0) {
    if (start == 0) return;
    cursor_ = start - 1;
  } else {
    if (LineEnd() == text_.size()) return;
    cursor_ = LineEnd() + 1;
  }
  const size_t line = LineStart();
  cursor_ =
      line + OffsetOfCodePoint(std::string_view(text_).substr(line, LineEnd() - line), column);
}

size_t PipeText::PreviousCharacter() const {
  if (cursor_ == 0) return 0;
  size_t at = cursor_ - 1;
  while (at > 0 && IsContinuation(text_[at])) --at;
  return at;
}

size_t PipeText::NextCharacter() const {
  if (cursor_ == text_.size()) return cursor_;
  size_t at = cursor_ + 1;
  while (at < text_.size() && IsContinuation(text_[at])) ++at;
  return at;
}

size_t PipeText::PreviousWord() const {
  size_t at = cursor_;
  while (at > 0 && ClassOf(text_[at - 1]) == CharacterClass::kBlank) --at;
  if (at == 0) return 0;
  const CharacterClass kind = ClassOf(text_[at - 1]);
  while (at > 0 && ClassOf(text_[at - 1]) == kind) --at;
  return at;
}

size_t PipeText::PreviousBlank() const {
  size_t at = cursor_;
  while (at > 0 && ClassOf(text_[at - 1]) == CharacterClass::kBlank) --at;
  while (at > 0 && ClassOf(text_[at - 1]) != CharacterClass::kBlank) --at;
  return at;
}

size_t PipeText::LineStart() const {
  if (cursor_ == 0) return 0;
  const size_t newline = text_.rfind('\n', cursor_ - 1);
  return newline == std::string::npos ? 0 : newline + 1;
}

size_t PipeText::LineEnd() const { return std::min(text_.find('\n', cursor_), text_.size()); }

}  // namespace scaffold::cli
