// Characters that YAML gives a meaning, looked up by byte offset; past the end of a text stands
// NUL.

#pragma once

#include <cstddef>
#include <string_view>

namespace scaffold::yaml {

inline char ByteAt(std::string_view text, size_t offset) {
  return offset < text.size() ? text[offset] : '\0';
}

// Bytes of the line break at `offset`, 0 when there is none: \n, \r, \r\n, U+0085, U+2028, U+2029.
inline size_t BreakLength(std::string_view text, size_t offset) {
  switch (ByteAt(text, offset)) {
    case '\n':
      return 1;
    case '\r':
      return ByteAt(text, offset + 1) == '\n' ? 2 : 1;
    case '\xC2':
      return ByteAt(text, offset + 1) == '\x85' ? 2 : 0;
    case '\xE2': {
      const char last = ByteAt(text, offset + 2);
      return ByteAt(text, offset + 1) == '\x80' && (last == '\xA8' || last == '\xA9') ? 3 : 0;
    }
    default:
      return 0;
  }
}

inline bool IsBreakOrEnd(std::string_view text, size_t offset) {
  return offset >= text.size() || BreakLength(text, offset) != 0;
}

inline bool IsSpaceBreakOrEnd(std::string_view text, size_t offset) {
  return ByteAt(text, offset) == ' ' || IsBreakOrEnd(text, offset);
}

inline bool IsBlankBreakOrEnd(std::string_view text, size_t offset) {
  return ByteAt(text, offset) == '\t' || IsSpaceBreakOrEnd(text, offset);
}

// ASCII letters, digits, '-' and '_': what names of anchors, directives and handles are made of.
inline bool IsNameCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
         c == '_';
}

inline bool IsOneOf(char c, std::string_view set) {
  return c != '\0' && set.find(c) != std::string_view::npos;
}

}  // namespace scaffold::yaml
