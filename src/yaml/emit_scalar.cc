// The emitter's scalar styles.

#include <cstdio>
#include <utility>

#include "yaml/emitter.h"

namespace scaffold::yaml {
namespace {

// Stands for the character after the last one.
constexpr char32_t kEnd = 0xFFFFFFFF;

char32_t CharacterAt(std::u32string_view text, size_t i) {
  return i < text.size() ? text[i] : kEnd;
}

// Runs of blanks, of breaks or of anything else.
enum class Run : uint8_t { kText, kSpaces, kBreaks };

Run RunOf(char32_t c) {
  if (c == ' ') return Run::kSpaces;
  return c != kEnd && IsBreak(c) ? Run::kBreaks : Run::kText;
}

// The end of the run that begins at `begin`.
size_t RunEnd(std::u32string_view text, size_t begin) {
  const Run run = RunOf(text[begin]);
  size_t end = begin + 1;
  while (end < text.size() && RunOf(text[end]) == run) ++end;
  return end;
}

char EscapeLetter(char32_t c) {
  switch (c) {
    case 0x00:
      return '0';
    case 0x07:
      return 'a';
    case 0x08:
      return 'b';
    case 0x09:
      return 't';
    case 0x0A:
      return 'n';
    case 0x0B:
      return 'v';
    case 0x0C:
      return 'f';
    case 0x0D:
      return 'r';
    case 0x1B:
      return 'e';
    case '"':
      return '"';
    case '\\':
      return '\\';
    case 0x85:
      return 'N';
    case 0xA0:
      return '_';
    case 0x2028:
      return 'L';
    case 0x2029:
      return 'P';
    default:
      return '\0';
  }
}

std::string EscapeSequence(char32_t c) {
  if (const char letter = EscapeLetter(c); letter != '\0') return {'\\', letter};
  char buffer[16];
  const char* format = c <= 0xFF ? "\\x%02X" : c <= 0xFFFF ? "\\u%04X" : "\\U%08X";
  std::snprintf(buffer, sizeof(buffer), format, static_cast<unsigned>(c));
  return buffer;
}

}  // namespace

// Only texts without breaks are written plain.
void Emitter::WritePlain(std::u32string_view text, Split split) {
  if (text.empty()) return;
  if (!after_blank_) WriteAscii(" ");
  after_blank_ = false;
  in_indentation_ = false;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = RunEnd(text, begin);
    const bool one_space = text[begin] == ' ' && end == begin + 1;
    if (one_space && column_ > best_width_ && split == Split::kAllowed) {
      WriteIndent();
      after_blank_ = false;
      in_indentation_ = false;
    } else {
      Write(text.substr(begin, end - begin));
    }
    begin = end;
  }
}

// A line break inside a quoted scalar reads as a blank, so breaks are written once more.
void Emitter::WriteBreaks(std::u32string_view breaks) {
  for (const char32_t c : breaks) {
    if (c == '\n') {
      WriteLineBreak();
      continue;
    }
    Write(std::u32string_view(&c, 1));
    after_blank_ = true;
    in_indentation_ = true;
    column_ = 0;
  }
}

void Emitter::WriteSingleQuoted(std::u32string_view text, Split split) {
  WriteIndicator("'", Gap::kBefore);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = RunEnd(text, begin);
    const std::u32string_view part = text.substr(begin, end - begin);
    switch (RunOf(part.front())) {
      case Run::kSpaces:
        if (part.size() == 1 && column_ > best_width_ && split == Split::kAllowed && begin != 0 &&
            end != text.size()) {
          WriteIndent();
        } else {
          Write(part);
        }
        break;
      case Run::kBreaks:
        if (part.front() == '\n') WriteLineBreak();
        WriteBreaks(part);
        WriteIndent();
        break;
      case Run::kText:
        for (const char32_t c : part) Write(c == '\'' ? U"''" : std::u32string_view(&c, 1));
        break;
    }
    begin = end;
  }
  WriteIndicator("'", Gap::kNone);
}

bool Emitter::IsPrintable(char32_t c) const {
  if (c == '"' || c == '\\' || c == 0xFEFF || c == 0x2028 || c == 0x2029) return false;
  if (c >= 0x20 && c <= 0x7E) return true;
  return options_.allow_unicode && ((c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD));
}

void Emitter::WriteDoubleQuoted(std::u32string_view text, Split split) {
  WriteIndicator("\"", Gap::kBefore);
  size_t begin = 0;
  const auto flush = [&](size_t end) {
    if (begin < end) {
      Write(text.substr(begin, end - begin));
      begin = end;
    }
  };
  for (size_t end = 0; end <= text.size(); ++end) {
    const char32_t c = CharacterAt(text, end);
    if (c == kEnd || !IsPrintable(c)) {
      flush(end);
      if (c != kEnd) {
        WriteAscii(EscapeSequence(c));
        begin = end + 1;
      }
    }
    const bool may_split =
        split == Split::kAllowed && end > 0 && end + 1 < text.size() && (c == ' ' || begin >= end);
    const int pending = static_cast<int>(end) - static_cast<int>(begin);
    if (!may_split || column_ + pending <= best_width_) continue;
    flush(end);
    WriteAscii("\\");
    WriteIndent();
    after_blank_ = false;
    in_indentation_ = false;
    // A blank at the start of a line would be dropped when it is read.
    if (text[begin] == ' ') WriteAscii("\\");
  }
  WriteIndicator("\"", Gap::kNone);
}

void Emitter::WriteBlockHeader(char style, std::u32string_view text) {
  std::string header(1, style);
  bool keep = false;
  if (!text.empty()) {
    if (text.front() == ' ' || IsBreak(text.front())) header += std::to_string(best_indent_);
    if (!IsBreak(text.back())) {
      header += '-';
    } else if (text.size() == 1 || IsBreak(text[text.size() - 2])) {
      header += '+';
      keep = true;
    }
  }
  WriteIndicator(header, Gap::kBefore);
  if (keep) open_ended_ = true;
  WriteLineBreak();
}

void Emitter::WriteFolded(std::u32string_view text) {
  WriteBlockHeader('>', text);
  bool leading_space = true;  // of the last line: such lines are not folded
  bool at_break = true;
  for (size_t begin = 0; begin < text.size() || at_break;) {
    const size_t end =
        begin < text.size() && (!at_break || IsBreak(text[begin])) ? RunEnd(text, begin) : begin;
    const std::u32string_view part = text.substr(begin, end - begin);
    if (at_break) {
      const char32_t next = CharacterAt(text, end);
      if (!leading_space && next != kEnd && next != ' ' && part.front() == '\n') {
        WriteLineBreak();
      }
      leading_space = next == ' ';
      WriteBreaks(part);
      if (next != kEnd) WriteIndent();
      at_break = false;
      if (next == kEnd) return;
    } else if (part.front() == ' ' && part.size() == 1 && column_ > best_width_) {
      WriteIndent();
    } else {
      Write(part);
    }
    begin = end;
    at_break = begin < text.size() && IsBreak(text[begin]);
  }
  WriteLineBreak();
}

void Emitter::WriteLiteral(std::u32string_view text) {
  WriteBlockHeader('|', text);
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && IsBreak(text[end])) ++end;
    WriteBreaks(text.substr(begin, end - begin));
    if (end == text.size()) return;
    WriteIndent();
    begin = end;
    while (end < text.size() && !IsBreak(text[end])) ++end;
    const int column = column_;
    Write(text.substr(begin, end - begin));
    column_ = column;  // PyYAML does not count the text of a literal
    begin = end;
  }
  WriteLineBreak();
}

}  // namespace scaffold::yaml
