#include "value/codecs.h"

#include <cstdint>
#include <optional>

#include "scaffold/error.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/limits.h"

namespace scaffold {
namespace {

enum class Form {
  kAscii,
  kLatin1,
  kUtf8,
  kUtf8Sig,
  kUtf16,
  kUtf16Le,
  kUtf16Be,
  kUtf32,
  kUtf32Le,
  kUtf32Be
};

struct Codec {
  std::string_view alias;  // lower case, '_' for every run of other characters
  Form form;
  std::string_view name;  // as error messages have it
};

constexpr Codec kCodecs[] = {
    {"utf_8", Form::kUtf8, "utf-8"},
    {"utf8", Form::kUtf8, "utf-8"},
    {"u8", Form::kUtf8, "utf-8"},
    {"utf", Form::kUtf8, "utf-8"},
    {"cp65001", Form::kUtf8, "utf-8"},
    {"utf_8_sig", Form::kUtf8Sig, "utf-8"},
    {"ascii", Form::kAscii, "ascii"},
    {"us_ascii", Form::kAscii, "ascii"},
    {"646", Form::kAscii, "ascii"},
    {"latin_1", Form::kLatin1, "latin-1"},
    {"latin1", Form::kLatin1, "latin-1"},
    {"latin", Form::kLatin1, "latin-1"},
    {"l1", Form::kLatin1, "latin-1"},
    {"iso_8859_1", Form::kLatin1, "latin-1"},
    {"iso8859_1", Form::kLatin1, "latin-1"},
    {"8859", Form::kLatin1, "latin-1"},
    {"utf_16", Form::kUtf16, "utf-16"},
    {"utf16", Form::kUtf16, "utf-16"},
    {"u16", Form::kUtf16, "utf-16"},
    {"utf_16_le", Form::kUtf16Le, "utf-16-le"},
    {"utf_16le", Form::kUtf16Le, "utf-16-le"},
    {"utf_16_be", Form::kUtf16Be, "utf-16-be"},
    {"utf_16be", Form::kUtf16Be, "utf-16-be"},
    {"utf_32", Form::kUtf32, "utf-32"},
    {"utf32", Form::kUtf32, "utf-32"},
    {"u32", Form::kUtf32, "utf-32"},
    {"utf_32_le", Form::kUtf32Le, "utf-32-le"},
    {"utf_32le", Form::kUtf32Le, "utf-32-le"},
    {"utf_32_be", Form::kUtf32Be, "utf-32-be"},
    {"utf_32be", Form::kUtf32Be, "utf-32-be"},
};

const Codec& FindCodec(std::string_view encoding) {
  std::string alias;
  for (char c : ToLowerAscii(encoding)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      alias += c;
    } else if (!alias.empty() && alias.back() != '_') {
      alias += '_';
    }
  }
  for (const Codec& codec : kCodecs) {
    // A blank is no separator.
    if (codec.alias == alias && encoding.find(' ') == encoding.npos) return codec;
  }
  throw Error(ErrorKind::kLookup, "unknown encoding: " + std::string(encoding));
}

std::string Hex(uint32_t number, size_t digits) {
  std::string text(digits, '0');
  for (size_t i = digits; i-- > 0; number >>= 4) text[i] = "0123456789abcdef"[number & 15];
  return text;
}

std::string EscapedCodePoint(char32_t c) {
  if (c < 0x100) return "\\x" + Hex(c, 2);
  return c < 0x10000 ? "\\u" + Hex(c, 4) : "\\U" + Hex(c, 8);
}

bool IsSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

void AppendUnit(std::string* out, uint32_t unit, int bytes, bool big_endian) {
  for (int i = 0; i < bytes; ++i) {
    const int shift = 8 * (big_endian ? bytes - 1 - i : i);
    *out += static_cast<char>(unit >> shift & 0xFF);
  }
}

class Encoder {
 public:
  Encoder(const Codec& codec, std::string_view errors) : codec_(codec), errors_(errors) {}

  std::string Run(std::string_view text) {
    ChargeBytes(text.size() * 4);
    if (codec_.form == Form::kUtf8Sig) out_ = "\xEF\xBB\xBF";
    if (codec_.form == Form::kUtf16 || codec_.form == Form::kUtf32) Append(0xFEFF);
    size_t index = 0;
    for (size_t pos = 0; pos < text.size(); ++index) {
      size_t next = pos;
      const char32_t c = DecodeUtf8(text, &next);
      if (Fits(c)) {
        Append(c);
      } else {
        Handle(text, pos, index);
      }
      pos = next;
    }
    return std::move(out_);
  }

 private:
  bool Fits(char32_t c) const {
    if (codec_.form == Form::kAscii) return c < 0x80;
    if (codec_.form == Form::kLatin1) return c < 0x100;
    return !IsSurrogate(c);
  }

  void Append(char32_t c) {
    switch (codec_.form) {
      case Form::kAscii:
      case Form::kLatin1:
        out_ += static_cast<char>(c);
        return;
      case Form::kUtf8:
      case Form::kUtf8Sig:
        AppendUtf8(&out_, c);
        return;
      case Form::kUtf16:
      case Form::kUtf16Le:
      case Form::kUtf16Be: {
        const bool big = codec_.form == Form::kUtf16Be;
        if (c < 0x10000) return AppendUnit(&out_, c, 2, big);
        AppendUnit(&out_, 0xD800 + ((c - 0x10000) >> 10), 2, big);
        return AppendUnit(&out_, 0xDC00 + ((c - 0x10000) & 0x3FF), 2, big);
      }
      case Form::kUtf32:
      case Form::kUtf32Le:
      case Form::kUtf32Be:
        return AppendUnit(&out_, c, 4, codec_.form == Form::kUtf32Be);
    }
  }

  void AppendAscii(std::string_view text) {
    for (char c : text) Append(static_cast<unsigned char>(c));
  }

  void Handle(std::string_view text, size_t pos, size_t index) {
    size_t next = pos;
    const char32_t c = DecodeUtf8(text, &next);
    if (errors_ == "strict") Throw(text, pos, index);
    if (errors_ == "ignore") return;
    if (errors_ == "replace") return AppendAscii("?");
    if (errors_ == "xmlcharrefreplace") return AppendAscii("&#" + std::to_string(c) + ";");
    if (errors_ == "backslashreplace") return AppendAscii(EscapedCodePoint(c));
    if (errors_ == "surrogatepass") {
      if (codec_.form == Form::kAscii || codec_.form == Form::kLatin1) Throw(text, pos, index);
      return Append(c);
    }
    if (errors_ == "surrogateescape") {
      if (c < 0xDC80 || c > 0xDCFF) Throw(text, pos, index);
      out_ += static_cast<char>(c - 0xDC00);
      return;
    }
    throw Error(ErrorKind::kLookup, "unknown error handler name '" + std::string(errors_) + "'");
  }

  [[noreturn]] void Throw(std::string_view text, size_t pos, size_t index) const {
    size_t next = pos;
    const char32_t c = DecodeUtf8(text, &next);
    size_t last = index;
    while (next < text.size() && !Fits(DecodeUtf8(text, &next))) ++last;
    const std::string reason = codec_.form == Form::kAscii    ? "ordinal not in range(128)"
                               : codec_.form == Form::kLatin1 ? "ordinal not in range(256)"
                                                              : "surrogates not allowed";
    const std::string what = last == index ? "character '" + EscapedCodePoint(c) + "' in position "
                                           : "characters in position ";
    const std::string range = last == index ? "" : "-" + std::to_string(last);
    throw Error(ErrorKind::kUnicodeEncode, "'" + std::string(codec_.name) +
                                               "' codec can't encode " + what +
                                               std::to_string(index) + range + ": " + reason);
  }

  const Codec& codec_;
  std::string_view errors_;
  std::string out_;
};

// What is wrong at a place of the bytes, and how many of them.
struct Fault {
  size_t length = 1;
  std::string_view reason;
};

class Decoder {
 public:
  Decoder(const Codec& codec, std::string_view bytes, std::string_view errors)
      : codec_(codec), bytes_(bytes), errors_(errors), form_(codec.form) {}

  std::string Run() {
    ChargeBytes(bytes_.size() * 3);
    SkipMark();
    while (pos_ < bytes_.size()) {
      const std::optional<Fault> fault = DecodeOne();
      if (fault) Handle(*fault);
    }
    return std::move(out_);
  }

 private:
  void SkipMark() {
    if (form_ == Form::kUtf8Sig && bytes_.starts_with("\xEF\xBB\xBF")) pos_ = 3;
    if (form_ == Form::kUtf16) {
      form_ = bytes_.starts_with("\xFE\xFF") ? Form::kUtf16Be : Form::kUtf16Le;
      if (bytes_.starts_with("\xFE\xFF") || bytes_.starts_with("\xFF\xFE")) pos_ = 2;
    }
    if (form_ == Form::kUtf32) {
      const std::string_view big("\0\0\xFE\xFF", 4), little("\xFF\xFE\0\0", 4);
      form_ = bytes_.starts_with(big) ? Form::kUtf32Be : Form::kUtf32Le;
      if (bytes_.starts_with(big) || bytes_.starts_with(little)) pos_ = 4;
    }
  }

  unsigned char Byte(size_t at) const { return static_cast<unsigned char>(bytes_[at]); }

  std::optional<Fault> DecodeOne() {
    switch (form_) {
      case Form::kAscii:
        if (Byte(pos_) >= 0x80) return Fault{1, "ordinal not in range(128)"};
        out_ += bytes_[pos_++];
        return std::nullopt;
      case Form::kLatin1:
        AppendUtf8(&out_, Byte(pos_++));
        return std::nullopt;
      case Form::kUtf8:
      case Form::kUtf8Sig:
        return DecodeUtf8Unit();
      case Form::kUtf16:
      case Form::kUtf16Le:
      case Form::kUtf16Be:
        return DecodeUtf16Unit();
      case Form::kUtf32:
      case Form::kUtf32Le:
      case Form::kUtf32Be:
        return DecodeUtf32Unit();
    }
    return std::nullopt;
  }

  std::optional<Fault> DecodeUtf8Unit() {
    const unsigned char first = Byte(pos_);
    if (first < 0x80) {
      out_ += bytes_[pos_++];
      return std::nullopt;
    }
    if (first < 0xC2 || first > 0xF4) return Fault{1, "invalid start byte"};
    const size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < size; ++i) {
      if (pos_ + i == bytes_.size()) return Fault{i, "unexpected end of data"};
      const unsigned char next = Byte(pos_ + i);
      // Overlong forms, surrogates and numbers past the last code point fail at their second byte.
      const unsigned char low = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
      const unsigned char high = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
      if (next < low || next > high) return Fault{i, "invalid continuation byte"};
    }
    out_.append(bytes_, pos_, size);
    pos_ += size;
    return std::nullopt;
  }

  uint32_t Unit(size_t at, size_t size, bool big_endian) const {
    uint32_t unit = 0;
    for (size_t i = 0; i < size; ++i) {
      unit |= uint32_t{Byte(at + i)} << (8 * (big_endian ? size - 1 - i : i));
    }
    return unit;
  }

  std::optional<Fault> DecodeUtf16Unit() {
    const bool big = form_ == Form::kUtf16Be;
    if (bytes_.size() - pos_ < 2) return Fault{bytes_.size() - pos_, "truncated data"};
    const uint32_t unit = Unit(pos_, 2, big);
    if (!IsSurrogate(unit)) {
      AppendUtf8(&out_, unit);
      pos_ += 2;
      return std::nullopt;
    }
    if (unit >= 0xDC00) return Fault{2, "illegal encoding"};
    if (bytes_.size() - pos_ < 4) return Fault{bytes_.size() - pos_, "unexpected end of data"};
    const uint32_t low = Unit(pos_ + 2, 2, big);
    if (low < 0xDC00 || low > 0xDFFF) return Fault{2, "illegal UTF-16 surrogate"};
    AppendUtf8(&out_, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
    pos_ += 4;
    return std::nullopt;
  }

  std::optional<Fault> DecodeUtf32Unit() {
    if (bytes_.size() - pos_ < 4) return Fault{bytes_.size() - pos_, "truncated data"};
    const uint32_t unit = Unit(pos_, 4, form_ == Form::kUtf32Be);
    if (unit > 0x10FFFF) return Fault{4, "code point not in range(0x110000)"};
    if (IsSurrogate(unit))
      return Fault{4, "code point in surrogate code point range(0xd800, 0xe000)"};
    AppendUtf8(&out_, unit);
    pos_ += 4;
    return std::nullopt;
  }

  void Handle(const Fault& fault) {
    if (errors_ == "strict") Throw(fault);
    const size_t end = pos_ + fault.length;
    if (errors_ == "replace") {
      AppendUtf8(&out_, 0xFFFD);
    } else if (errors_ == "backslashreplace") {
      for (size_t i = pos_; i < end; ++i) out_ += "\\x" + Hex(Byte(i), 2);
    } else if (errors_ == "surrogateescape") {
      for (size_t i = pos_; i < end; ++i) {
        if (Byte(i) < 0x80) Throw(fault);
        AppendUtf8(&out_, 0xDC00U + Byte(i));
      }
    } else if (errors_ == "xmlcharrefreplace" || errors_ == "namereplace") {
      throw Error(ErrorKind::kType,
                  "don't know how to handle UnicodeDecodeError in error callback");
    } else if (errors_ == "surrogatepass") {
      Throw(fault);
    } else if (errors_ != "ignore") {
      throw Error(ErrorKind::kLookup, "unknown error handler name '" + std::string(errors_) + "'");
    }
    pos_ = end;
  }

  [[noreturn]] void Throw(const Fault& fault) const {
    std::string place = "byte 0x" + Hex(Byte(pos_), 2) + " in position " + std::to_string(pos_);
    if (fault.length > 1) {
      place = "bytes in position " + std::to_string(pos_) + "-" +
              std::to_string(pos_ + fault.length - 1);
    }
    throw Error(ErrorKind::kUnicode, "'" + std::string(codec_.name) + "' codec can't decode " +
                                         place + ": " + std::string(fault.reason));
  }

  const Codec& codec_;
  std::string_view bytes_;
  std::string_view errors_;
  Form form_;
  size_t pos_ = 0;
  std::string out_;
};

}  // namespace

std::string EncodeText(std::string_view text, std::string_view encoding, std::string_view errors) {
  return Encoder(FindCodec(encoding), errors).Run(text);
}

std::string DecodeText(std::string_view bytes, std::string_view encoding, std::string_view errors) {
  return Decoder(FindCodec(encoding), bytes, errors).Run();
}

}  // namespace scaffold
