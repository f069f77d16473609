#include "yaml/decode.h"

#include <array>
#include <cstdio>

#include "support/utf8.h"

namespace scaffold::yaml {
namespace {

unsigned char Byte(std::string_view bytes, size_t i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}

// The bytes that may follow a lead byte: their number, and the range of the first of them.
struct LeadByte {
  size_t following = 0;  // 0: not a lead byte
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

LeadByte DescribeLead(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {2};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

std::string Hex(unsigned value, int width) {
  std::array<char, 16> buffer;
  const int size = std::snprintf(buffer.data(), buffer.size(), "%0*x", width, value);
  return std::string(buffer.data(), static_cast<size_t>(size));
}

// PyYAML's NON_PRINTABLE.
bool IsAllowed(char32_t c) {
  if (c < 0x80) return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7E);
  if (c < 0xA0) return c == 0x85;
  return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

[[noreturn]] void Refuse(const Source& source, ErrorText style, size_t offset, std::string text) {
  if (style == ErrorText::kPython) {
    const std::string name = source.name().empty() ? "<unicode string>" : source.name();
    const size_t index = CountCodePoints(source.text().substr(0, offset));
    text += "\n  in \"" + name + "\", position " + std::to_string(index);
  }
  const auto place = static_cast<uint32_t>(offset);
  throw Error(ErrorKind::kYaml, std::move(text)).At(source.Locate({place, place}));
}

char32_t Utf16Unit(std::string_view bytes, size_t offset, bool little_endian) {
  const unsigned first = Byte(bytes, offset);
  const unsigned second = Byte(bytes, offset + 1);
  return little_endian ? second << 8 | first : first << 8 | second;
}

}  // namespace

std::string DecodeFailure::PythonText(std::string_view bytes) const {
  const std::string tail = ": " + reason;
  if (end - begin == 1) {
    return "'utf-8' codec can't decode byte 0x" + Hex(Byte(bytes, begin), 2) + " in position " +
           std::to_string(begin) + tail;
  }
  return "'utf-8' codec can't decode bytes in position " + std::to_string(begin) + "-" +
         std::to_string(end - 1) + tail;
}

std::optional<DecodeFailure> FindDecodeFailure(std::string_view bytes) {
  for (size_t begin = 0; begin < bytes.size();) {
    if (Byte(bytes, begin) < 0x80) {
      ++begin;
      continue;
    }
    LeadByte lead = DescribeLead(Byte(bytes, begin));
    if (lead.following == 0) return DecodeFailure{begin, begin + 1, "invalid start byte"};
    size_t end = begin + 1;
    for (; end <= begin + lead.following; ++end) {
      if (end >= bytes.size()) return DecodeFailure{begin, end, "unexpected end of data"};
      if (Byte(bytes, end) < lead.low || Byte(bytes, end) > lead.high) {
        return DecodeFailure{begin, end, "invalid continuation byte"};
      }
      lead.low = 0x80;
      lead.high = 0xBF;
    }
    begin = end;
  }
  return std::nullopt;
}

bool IsUtf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

std::string DecodeText(std::string_view bytes, const std::string& name) {
  if (!IsUtf16(bytes)) return std::string(bytes);
  const bool little_endian = bytes.front() == '\xFF';
  std::string text;
  text.reserve(bytes.size());
  for (size_t offset = 0; offset < bytes.size(); offset += 2) {
    char32_t unit = Utf16Unit(bytes, offset, little_endian);
    const bool high = unit >= 0xD800 && unit < 0xDC00;
    const char32_t next = high ? Utf16Unit(bytes, offset + 2, little_endian) : 0;
    const bool pair = high && next >= 0xDC00 && next < 0xE000;
    if (offset + 1 >= bytes.size() || (unit >= 0xD800 && unit < 0xE000 && !pair)) {
      throw Error(ErrorKind::kYaml, "malformed UTF-16 at byte " + std::to_string(offset))
          .AddNote("while reading '" + name + "'");
    }
    if (pair) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
      offset += 2;
    }
    AppendUtf8(&text, unit);
  }
  return text;
}

void CheckCharacters(const Source& source, ErrorText style) {
  const std::string_view text = source.text();
  for (size_t offset = 0; offset < text.size();) {
    const size_t begin = offset;
    const unsigned char byte = Byte(text, offset);
    const char32_t c = byte < 0x80 ? (++offset, byte) : DecodeUtf8(text, &offset);
    if (IsAllowed(c) && (c != 0xFFFD || offset - begin == 3)) continue;
    const bool surrogate = c >= 0xD800 && c < 0xE000;
    if (c == 0xFFFD && !surrogate) {
      const std::optional<DecodeFailure> failure = FindDecodeFailure(text.substr(begin));
      Refuse(source, style, begin,
             "'utf-8' codec can't decode byte #x" + Hex(Byte(text, begin), 2) + ": " +
                 (failure ? failure->reason : "invalid start byte"));
    }
    Refuse(source, style, begin,
           "unacceptable character #x" + Hex(static_cast<unsigned>(c), 4) +
               ": special characters are not allowed");
  }
}

}  // namespace scaffold::yaml
