#include "value/ascii_repr.h"

#include <cstdio>

#include "support/utf8.h"

namespace scaffold {

std::string AsciiRepr(const Value& value) {
  std::string repr = Repr(value);
  if (IsAscii(repr)) return repr;
  std::string ascii;
  for (size_t pos = 0; pos < repr.size();) {
    const auto code = static_cast<unsigned>(DecodeUtf8(repr, &pos));
    const char* format = code < 0x80      ? "%c"
                         : code < 0x100   ? "\\x%02x"
                         : code < 0x10000 ? "\\u%04x"
                                          : "\\U%08x";
    char text[16];
    std::snprintf(text, sizeof(text), format, code);
    ascii += text;
  }
  return ascii;
}

}  // namespace scaffold
