#include "terminal/line_edit.h"

#include <algorithm>

#include "support/utf8.h"
#include "terminal/text_layout.h"

namespace scaffold::terminal {
namespace {

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

LineEdit::Effect LineEdit::HandleKey(const Key& key) {
  switch (key.code) {
    case KeyCode::kText:
      if (key.alt) return HandleAlt(key.text[0]);
      Insert(key.text);
      return Effect::kChanged;
    case KeyCode::kPaste:
      Insert(key.text);
      return Effect::kChanged;
    case KeyCode::kControl:
      return HandleControl(key.text[0]);
    case KeyCode::kBackspace:
      return Erase(key.alt || key.ctrl ? WordBegin() : PreviousGrapheme(text_, cursor_), cursor_);
    case KeyCode::kDelete:
      return Erase(cursor_, key.alt || key.ctrl ? WordEnd() : NextGrapheme(text_, cursor_));
    case KeyCode::kLeft:
      return MoveTo(key.alt || key.ctrl ? WordBegin() : PreviousGrapheme(text_, cursor_));
    case KeyCode::kRight:
      return MoveTo(key.alt || key.ctrl ? WordEnd() : NextGrapheme(text_, cursor_));
    case KeyCode::kHome:
      return MoveTo(LineBegin());
    case KeyCode::kEnd:
      return MoveTo(LineEnd());
    case KeyCode::kEnter:
    case KeyCode::kTab:
    case KeyCode::kBackTab:
    case KeyCode::kEscape:
    case KeyCode::kUp:
    case KeyCode::kDown:
    case KeyCode::kPageUp:
    case KeyCode::kPageDown:
    case KeyCode::kUnknown:
      return Effect::kNone;
  }
  return Effect::kNone;
}

LineEdit::Effect LineEdit::HandleControl(char letter) {
  switch (letter) {
    case 'a':
      return MoveTo(LineBegin());
    case 'e':
      return MoveTo(LineEnd());
    case 'f':
      return MoveTo(NextGrapheme(text_, cursor_));
    case 'd':
      return Erase(cursor_, NextGrapheme(text_, cursor_));
    case 'k':
      return Erase(cursor_, LineEnd());
    case 'u':
      return Erase(LineBegin(), cursor_);
    case 'w':
      return Erase(WordBegin(), cursor_);
    default:
      return Effect::kNone;
  }
}

LineEdit::Effect LineEdit::HandleAlt(char letter) {
  switch (letter) {
    case 'b':
      return MoveTo(WordBegin());
    case 'f':
      return MoveTo(WordEnd());
    case 'd':
      return Erase(cursor_, WordEnd());
    default:
      return Effect::kNone;
  }
}

void LineEdit::Insert(std::string_view text) {
  std::string clean;
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    const bool malformed = c == 0xfffd && pos == begin + 1;
    const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    // A terminal sends a pasted line break as \r.
    if (c == '\r' && !text.substr(pos).starts_with('\n')) clean += '\n';
    if (!control && !malformed) clean += text.substr(begin, pos - begin);
  }
  text_.insert(cursor_, clean);
  cursor_ += clean.size();
}

void LineEdit::Replace(std::string text) {
  text_ = std::move(text);
  cursor_ = text_.size();
}

bool LineEdit::MoveUp() {
  const size_t begin = LineBegin();
  if (begin == 0) return false;
  const size_t column = CountColumns(std::string_view(text_).substr(begin, cursor_ - begin));
  const size_t above = begin >= 2 ? text_.rfind('\n', begin - 2) : std::string::npos;
  MoveToColumn(above == std::string::npos ? 0 : above + 1, column);
  return true;
}

bool LineEdit::MoveDown() {
  const size_t end = LineEnd();
  if (end == text_.size()) return false;
  const size_t begin = LineBegin();
  MoveToColumn(end + 1, CountColumns(std::string_view(text_).substr(begin, cursor_ - begin)));
  return true;
}

LineEdit::Effect LineEdit::MoveTo(size_t offset) {
  cursor_ = offset;
  return Effect::kMoved;
}

LineEdit::Effect LineEdit::Erase(size_t begin, size_t end) {
  if (begin == end) return Effect::kNone;
  text_.erase(begin, end - begin);
  cursor_ = begin;
  return Effect::kChanged;
}

size_t LineEdit::LineBegin() const {
  const size_t newline = cursor_ == 0 ? std::string::npos : text_.rfind('\n', cursor_ - 1);
  return newline == std::string::npos ? 0 : newline + 1;
}

size_t LineEdit::LineEnd() const { return std::min(text_.find('\n', cursor_), text_.size()); }

size_t LineEdit::WordBegin() const {
  size_t pos = cursor_;
  while (pos > 0 && !IsWordByte(text_[pos - 1])) --pos;
  while (pos > 0 && IsWordByte(text_[pos - 1])) --pos;
  return pos;
}

size_t LineEdit::WordEnd() const {
  size_t pos = cursor_;
  while (pos < text_.size() && !IsWordByte(text_[pos])) ++pos;
  while (pos < text_.size() && IsWordByte(text_[pos])) ++pos;
  return pos;
}

void LineEdit::MoveToColumn(size_t line_begin, size_t column) {
  cursor_ = line_begin;
  size_t used = 0;
  while (cursor_ < text_.size() && text_[cursor_] != '\n') {
    const size_t next = NextGrapheme(text_, cursor_);
    used += CountColumns(std::string_view(text_).substr(cursor_, next - cursor_));
    if (used > column) break;
    cursor_ = next;
  }
}

}  // namespace scaffold::terminal
