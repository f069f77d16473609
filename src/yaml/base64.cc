#include "yaml/base64.h"

#include <cstdint>

namespace scaffold::yaml {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr size_t kBytesPerLine = 57;  // 76 characters

void EncodeGroup(std::string_view group, std::string* out) {
  uint32_t bits = 0;
  for (size_t i = 0; i < 3; ++i) {
    bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0u);
  }
  for (size_t i = 0; i < 4; ++i) {
    *out += i <= group.size() ? kAlphabet[bits >> (18 - 6 * i) & 63] : '=';
  }
}

}  // namespace

std::string EncodeBase64Lines(std::string_view bytes) {
  std::string out;
  for (size_t line = 0; line < bytes.size(); line += kBytesPerLine) {
    const std::string_view part = bytes.substr(line, kBytesPerLine);
    for (size_t i = 0; i < part.size(); i += 3) EncodeGroup(part.substr(i, 3), &out);
    out += '\n';
  }
  return out;
}

bool DecodeBase64(std::string_view text, std::string* out) {
  out->clear();
  uint32_t bits = 0;
  size_t position = 0;  // in the group of four
  size_t padding = 0;
  for (const char c : text) {
    if (c == '=') {
      if (position >= 2 && ++padding + position >= 4) return true;  // the rest is ignored
      continue;
    }
    const size_t digit = kAlphabet.find(c);
    if (c == '\0' || digit == std::string_view::npos) continue;
    padding = 0;
    bits = bits << 6 | static_cast<uint32_t>(digit);
    position = (position + 1) % 4;
    if (position != 1) {
      const size_t unused = position == 2 ? 4 : position == 3 ? 2 : 0;
      *out += static_cast<char>(bits >> unused & 0xFF);
    }
  }
  if (position == 0) return true;
  if (position == 1) {
    const size_t characters = out->size() / 3 * 4 + 1;
    *out = "Invalid base64-encoded string: number of data characters (" +
           std::to_string(characters) + ") cannot be 1 more than a multiple of 4";
  } else {
    *out = "Incorrect padding";
  }
  return false;
}

}  // namespace scaffold::yaml
