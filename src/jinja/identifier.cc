#include "jinja/identifier.h"

#include <utf8proc.h>

#include <cstdlib>

#include "support/utf8.h"
#include "value/unicode.h"

namespace scaffold::jinja {

bool IsWordCharacter(char32_t c) { return IsIdentifierPart(c) || IsNumeric(c); }

bool IsIdentifier(std::string_view name) {
  size_t pos = 0;
  if (name.empty() || !IsIdentifierStart(DecodeUtf8(name, &pos))) return false;
  while (pos < name.size()) {
    if (!IsIdentifierPart(DecodeUtf8(name, &pos))) return false;
  }
  return true;
}

std::string NormalizeIdentifier(std::string_view name) {
  if (IsAscii(name)) return std::string(name);
  utf8proc_uint8_t* mapped = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                   static_cast<utf8proc_ssize_t>(name.size()), &mapped, options);
  if (size < 0) return std::string(name);
  std::string result(reinterpret_cast<char*>(mapped), static_cast<size_t>(size));
  std::free(mapped);
  return result;
}

std::string_view StripEnd(std::string_view text) {
  size_t end = text.size();
  while (end > 0) {
    const auto last = static_cast<unsigned char>(text[end - 1]);
    if (last < 0x80) {
      if (!IsSpace(last)) break;
      --end;
      continue;
    }
    size_t begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    size_t pos = begin;
    if (!IsSpace(DecodeUtf8(text, &pos)) || pos != end) break;
    end = begin;
  }
  return text.substr(0, end);
}

}  // namespace scaffold::jinja
