#include "render/decode.h"

#include <algorithm>

#include "support/utf8.h"

namespace scaffold {
namespace {

struct Sequence {
  size_t length = 0;                      // that the first byte announces; 0: it cannot start one
  unsigned char low = 0x80, high = 0xBF;  // of the second byte
};

Sequence Announced(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {.length = 2};
  if (lead >= 0xE0 && lead <= 0xEF) {
    return {.length = 3,
            .low = static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
            .high = static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    return {.length = 4,
            .low = static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
            .high = static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
  }
  return {};
}

std::string Describe(size_t begin, size_t length, unsigned char first, const char* reason) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "'utf-8' codec can't decode ";
  if (length == 1) {
    text += "byte 0x";
    text += kDigits[first >> 4];
    text += kDigits[first & 0xF];
    text += " in position " + std::to_string(begin);
  } else {
    text += "bytes in position " + std::to_string(begin) + "-" + std::to_string(begin + length - 1);
  }
  return text + ": " + reason;
}

}  // namespace

std::optional<std::string> DescribeInvalidUtf8(std::string_view bytes) {
  const size_t begin = FindInvalidUtf8(bytes);
  if (begin == std::string_view::npos) return std::nullopt;
  const unsigned char first = static_cast<unsigned char>(bytes[begin]);
  const Sequence sequence = Announced(first);
  if (sequence.length == 0) return Describe(begin, 1, first, "invalid start byte");
  size_t good = 1;
  while (good < sequence.length && begin + good < bytes.size()) {
    const unsigned char next = static_cast<unsigned char>(bytes[begin + good]);
    const unsigned char low = good == 1 ? sequence.low : 0x80;
    const unsigned char high = good == 1 ? sequence.high : 0xBF;
    if (next < low || next > high) return Describe(begin, good, first, "invalid continuation byte");
    ++good;
  }
  return Describe(begin, good, first, "unexpected end of data");
}

}  // namespace scaffold
