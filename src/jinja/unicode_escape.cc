#include "jinja/unicode_escape.h"

#include <cstdint>
#include <cstdio>

#include "jinja/unicode_names.h"
#include "support/utf8.h"

namespace scaffold::jinja {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class EscapeDecoder {
 public:
  EscapeDecoder(std::string_view raw, std::string* out) : raw_(raw), out_(out) {}

  std::string_view Decode() {
    while (pos_ < raw_.size()) {
      if (raw_[pos_] != '\\') {
        out_->push_back(raw_[pos_++]);
        continue;
      }
      ++pos_;
      if (pos_ >= raw_.size()) return "\\ at end of string";
      if (std::string_view fault = DecodeEscape(); !fault.empty()) return fault;
    }
    return {};
  }

 private:
  std::string_view DecodeEscape() {
    const char c = raw_[pos_];
    if (static_cast<unsigned char>(c) >= 0x80) {
      AppendEscaped();
      return {};
    }
    ++pos_;
    if (c >= '0' && c <= '7') {
      AppendOctal(c);
      return {};
    }
    switch (c) {
      case '\n':
        return {};
      case 'x':
        return AppendHex(2, "truncated \\xXX escape");
      case 'u':
        return AppendHex(4, "truncated \\uXXXX escape");
      case 'U':
        return AppendHex(8, "truncated \\UXXXXXXXX escape");
      case 'N':
        return AppendNamed();
      default:
        AppendSimple(c);
        return {};
    }
  }

  void AppendSimple(char c) {
    static constexpr std::string_view kFrom = "\\'\"abfnrtv";
    static constexpr std::string_view kTo = "\\'\"\a\b\f\n\r\t\v";
    const size_t index = kFrom.find(c);
    if (index != std::string_view::npos) {
      out_->push_back(kTo[index]);
    } else {
      out_->push_back('\\');
      out_->push_back(c);
    }
  }

  // Jinja2 turns non-ASCII text into escapes before it decodes, so that a backslash before such a
  // character escapes the backslash of that escape: '\é' is the text \xe9.
  void AppendEscaped() {
    const char32_t c = DecodeUtf8(raw_, &pos_);
    char buffer[16];
    const auto code = static_cast<unsigned>(c);
    std::snprintf(buffer, sizeof(buffer),
                  code < 0x100     ? "\\x%02x"
                  : code < 0x10000 ? "\\u%04x"
                                   : "\\U%08x",
                  code);
    out_->append(buffer);
  }

  void AppendOctal(char first) {
    char32_t code = static_cast<char32_t>(first - '0');
    for (int i = 0; i < 2 && pos_ < raw_.size() && raw_[pos_] >= '0' && raw_[pos_] <= '7'; ++i) {
      code = code * 8 + static_cast<char32_t>(raw_[pos_++] - '0');
    }
    AppendUtf8(out_, code);
  }

  std::string_view AppendHex(int digits, std::string_view truncated) {
    uint64_t code = 0;
    for (int i = 0; i < digits; ++i, ++pos_) {
      const int value = pos_ < raw_.size() ? HexValue(raw_[pos_]) : -1;
      if (value < 0) return truncated;
      code = code * 16 + static_cast<uint64_t>(value);
    }
    if (code > 0x10FFFF) return "illegal Unicode character";
    AppendUtf8(out_, static_cast<char32_t>(code));
    return {};
  }

  std::string_view AppendNamed() {
    const size_t close = raw_.find('}', pos_);
    if (pos_ >= raw_.size() || raw_[pos_] != '{' || close == std::string_view::npos ||
        close == pos_ + 1) {
      return "malformed \\N character escape";
    }
    const char32_t code = FindCharacterByName(raw_.substr(pos_ + 1, close - pos_ - 1));
    if (code == 0) return "unknown Unicode character name";
    AppendUtf8(out_, code);
    pos_ = close + 1;
    return {};
  }

  std::string_view raw_;
  std::string* out_;
  size_t pos_ = 0;
};

}  // namespace

std::string_view DecodeUnicodeEscape(std::string_view raw, std::string* out) {
  out->reserve(raw.size());
  return EscapeDecoder(raw, out).Decode();
}

}  // namespace scaffold::jinja
