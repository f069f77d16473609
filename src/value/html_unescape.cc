#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "support/utf8.h"
#include "value/html_entities.h"

namespace scaffold {
namespace {

using EntityTable = std::unordered_map<std::string_view, std::string>;

const EntityTable& Entities() {
  static const EntityTable table = [] {
    EntityTable entities;
    std::string_view rest = kHtmlEntities;
    while (!rest.empty()) {
      const std::string_view entry = rest.substr(0, rest.find(' '));
      rest.remove_prefix(entry.size() + 1);
      const size_t equals = entry.find('=');
      std::string text;
      for (size_t pos = equals + 1; pos < entry.size();) {
        const size_t end = std::min(entry.find('+', pos), entry.size());
        uint32_t code = 0;
        std::from_chars(entry.data() + pos, entry.data() + end, code, 16);
        AppendUtf8(&text, code);
        pos = end + 1;
      }
      entities.emplace(entry.substr(0, equals), std::move(text));
    }
    return entities;
  }();
  return table;
}

// HTML 5 reads the numbers of the C1 controls as Windows-1252.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

bool IsDroppedCode(uint32_t code) {
  return (code >= 0x1 && code <= 0x8) || code == 0xB || (code >= 0xE && code <= 0x1F) ||
         code == 0x7F || (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

void AppendCharacter(std::string* out, uint32_t code) {
  if (code == 0 || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) {
    AppendUtf8(out, 0xFFFD);
  } else if (code >= 0x80 && code <= 0x9F) {
    AppendUtf8(out, kWindows1252[code - 0x80]);
  } else if (!IsDroppedCode(code)) {
    AppendUtf8(out, code);
  }
}

// "#62;" or "#x3e;" at `pos`; the position behind it, or `pos` when there is none.
size_t TakeNumber(std::string_view text, size_t pos, std::string* out) {
  const bool hex = pos + 1 < text.size() && (text[pos + 1] == 'x' || text[pos + 1] == 'X');
  const size_t begin = pos + (hex ? 2 : 1);
  size_t end = begin;
  uint64_t code = 0;
  for (; end < text.size(); ++end) {
    uint32_t digit = 0;
    const char* at = text.data() + end;
    if (std::from_chars(at, at + 1, digit, hex ? 16 : 10).ptr == at) break;
    code = std::min<uint64_t>(code * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (end == begin) return pos;
  AppendCharacter(out, static_cast<uint32_t>(code));
  return end < text.size() && text[end] == ';' ? end + 1 : end;
}

// A name at `pos`: up to 32 characters and perhaps a semicolon.
size_t TakeName(std::string_view text, size_t pos, std::string* out) {
  constexpr std::string_view kEnders("\t\n\f <&#;");
  size_t end = pos;
  for (size_t count = 0; count < 32 && end < text.size(); ++count) {
    if (kEnders.find(text[end]) != std::string_view::npos) break;
    DecodeUtf8(text, &end);
  }
  if (end == pos) return pos;
  if (end < text.size() && text[end] == ';') ++end;
  const std::string_view name = text.substr(pos, end - pos);
  for (size_t size = name.size(); size > 1; --size) {
    const auto found = Entities().find(name.substr(0, size));
    if (found == Entities().end()) continue;
    out->append(found->second).append(name.substr(size));
    return end;
  }
  out->append("&").append(name);
  return end;
}

}  // namespace

std::string UnescapeHtml(std::string_view text) {
  std::string out;
  for (size_t pos = 0; pos < text.size();) {
    const size_t mark = std::min(text.find('&', pos), text.size());
    out.append(text, pos, mark - pos);
    if (mark == text.size()) break;
    pos = mark + 1;
    const bool number = pos < text.size() && text[pos] == '#';
    const size_t end = number ? TakeNumber(text, pos, &out) : TakeName(text, pos, &out);
    if (end == pos) out += '&';
    pos = end;
  }
  return out;
}

}  // namespace scaffold
