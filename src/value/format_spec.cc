#include "value/format_spec.h"

#include <algorithm>
#include <cstdio>

#include "support/utf8.h"
#include "value/limits.h"
#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

[[noreturn]] void ThrowValue(std::string message) {
  throw Error(ErrorKind::kValue, std::move(message));
}

bool IsAlign(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

std::u32string Decode(std::string_view text) {
  std::u32string points;
  for (size_t pos = 0; pos < text.size();) points += DecodeUtf8(text, &pos);
  return points;
}

std::string Repeat(const std::string& unit, uint64_t count) {
  ChargeBytes(std::max(count, count * unit.size()));  // the product may wrap around
  if (unit.size() == 1) return std::string(count, unit[0]);
  std::string text;
  for (uint64_t i = 0; i < count; ++i) text += unit;
  return text;
}

class SpecParser {
 public:
  SpecParser(std::string_view text, const Value& value)
      : text_(text), value_(value), points_(Decode(text)) {}

  FormatSpec Parse(char32_t default_type, char default_align) {
    spec_.type = default_type;
    spec_.align = default_align;
    const bool aligned = ReadAlign();
    if (peek() == ' ' || peek() == '+' || peek() == '-') {
      spec_.sign = static_cast<char>(points_[pos_++]);
      spec_.has_sign = true;
    }
    spec_.no_negative_zero = Take('z');
    spec_.alternate = Take('#');
    if (!filled_ && Take('0')) {
      spec_.fill = "0";
      if (!aligned && default_align == '>') spec_.align = '=';
    }
    spec_.width = ReadNumber();
    ReadGrouping();
    if (Take('.')) {
      spec_.precision = ReadNumber();
      if (spec_.precision < 0) ThrowValue("Format specifier missing precision");
    }
    if (points_.size() - pos_ > 1) ThrowInvalid();
    if (pos_ < points_.size()) spec_.type = points_[pos_];
    if (spec_.grouping != '\0') CheckGrouping();
    return spec_;
  }

 private:
  char32_t peek(size_t ahead = 0) const {
    return pos_ + ahead < points_.size() ? points_[pos_ + ahead] : 0;
  }
  bool Take(char32_t c) {
    if (pos_ >= points_.size() || points_[pos_] != c) return false;
    ++pos_;
    return true;
  }

  bool ReadAlign() {
    if (points_.size() >= 2 && IsAlign(points_[1])) {
      spec_.fill.clear();
      AppendUtf8(&spec_.fill, points_[0]);
      spec_.align = static_cast<char>(points_[1]);
      filled_ = true;
      pos_ = 2;
      return true;
    }
    if (!IsAlign(peek())) return false;
    spec_.align = static_cast<char>(points_[pos_++]);
    return true;
  }

  // -1 when there are no digits.
  int64_t ReadNumber() {
    int64_t number = -1;
    for (; pos_ < points_.size(); ++pos_) {
      const int digit = DecimalValue(points_[pos_]);
      if (digit < 0) break;
      if (number < 0) number = 0;
      if (number > (INT64_MAX - digit) / 10) {
        ThrowValue("Too many decimal digits in format string");
      }
      number = number * 10 + digit;
    }
    return number;
  }

  void ReadGrouping() {
    if (Take(',')) spec_.grouping = ',';
    if (peek() == '_') {
      if (spec_.grouping != '\0') ThrowValue("Cannot specify both ',' and '_'.");
      ++pos_;
      spec_.grouping = '_';
    }
    if (peek() == ',' && spec_.grouping == '_') ThrowValue("Cannot specify both ',' and '_'.");
  }

  void CheckGrouping() const {
    const char32_t type = spec_.type;
    const std::u32string decimal = U"defgEG%F";
    const bool number = type == 0 || decimal.find(type) != std::u32string::npos;
    const bool base = type == 'b' || type == 'o' || type == 'x' || type == 'X';
    if (number || (base && spec_.grouping == '_')) return;
    std::string code;
    if (type > 32 && type < 128) {
      code += static_cast<char>(type);
    } else {
      char text[16];
      std::snprintf(text, sizeof(text), "\\x%x", static_cast<unsigned>(type));
      code = text;
    }
    ThrowValue(std::string("Cannot specify '") + spec_.grouping + "' with '" + code + "'.");
  }

  [[noreturn]] void ThrowInvalid() const {
    ThrowValue("Invalid format specifier '" + std::string(text_) + "' for object of type '" +
               std::string(TypeName(value_)) + "'");
  }

  std::string_view text_;
  const Value& value_;
  std::u32string points_;
  FormatSpec spec_;
  size_t pos_ = 0;
  bool filled_ = false;
};

// CPython's _PyUnicode_InsertThousandsGrouping: from the right, with zeros up to the width.
std::string GroupDigits(const std::string& digits, char separator, int64_t size, int64_t width) {
  std::string reversed;
  auto left = static_cast<int64_t>(digits.size());
  for (;;) {
    const int64_t length = std::min(size, std::max({left, width, int64_t{1}}));
    const int64_t taken = std::clamp(left, int64_t{0}, length);
    for (int64_t i = 0; i < taken; ++i) reversed += digits[static_cast<size_t>(left - 1 - i)];
    reversed.append(static_cast<size_t>(length - taken), '0');
    left -= taken;
    width -= length;
    if (left <= 0 && width <= 0) break;
    reversed += separator;
    width -= 1;
  }
  return std::string(reversed.rbegin(), reversed.rend());
}

bool HasBaseType(const FormatSpec& spec) {
  return spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
}

}  // namespace

FormatSpec ParseFormatSpec(std::string_view text, const Value& value, char32_t default_type,
                           char default_align) {
  return SpecParser(text, value).Parse(default_type, default_align);
}

void ThrowUnknownCode(char32_t type, const Value& value) {
  char code[16];
  if (type > 32 && type < 128) {
    std::snprintf(code, sizeof(code), "%c", static_cast<char>(type));
  } else {
    std::snprintf(code, sizeof(code), "\\x%x", static_cast<unsigned>(type));
  }
  ThrowValue("Unknown format code '" + std::string(code) + "' for object of type '" +
             std::string(TypeName(value)) + "'");
}

std::string LayOutNumber(const FormatSpec& spec, const NumberParts& parts) {
  const std::string sign = parts.negative ? "-" : spec.sign == '-' ? "" : std::string(1, spec.sign);
  const auto around =
      static_cast<int64_t>(sign.size() + parts.prefix.size() + CountCodePoints(parts.rest));
  std::string digits = parts.digits;
  if (spec.grouping != '\0' && !digits.empty()) {
    const bool zeros = spec.fill == "0" && spec.align == '=';
    const int64_t width = zeros ? std::max<int64_t>(spec.width - around, 0) : 0;
    ChargeBytes(static_cast<uint64_t>(width));
    digits = GroupDigits(digits, spec.grouping, HasBaseType(spec) ? 4 : 3, width);
  }
  const int64_t missing =
      std::max<int64_t>(spec.width - around - static_cast<int64_t>(digits.size()), 0);
  const int64_t left = spec.align == '>' ? missing : spec.align == '^' ? missing / 2 : 0;
  const int64_t inside = spec.align == '=' ? missing : 0;
  return Repeat(spec.fill, static_cast<uint64_t>(left)) + sign + parts.prefix +
         Repeat(spec.fill, static_cast<uint64_t>(inside)) + digits + parts.rest +
         Repeat(spec.fill, static_cast<uint64_t>(missing - left - inside));
}

std::string LayOutText(const FormatSpec& spec, std::string_view text, size_t length) {
  const int64_t missing = std::max<int64_t>(spec.width - static_cast<int64_t>(length), 0);
  const int64_t left = spec.align == '>' ? missing : spec.align == '^' ? missing / 2 : 0;
  return Repeat(spec.fill, static_cast<uint64_t>(left)) + std::string(text) +
         Repeat(spec.fill, static_cast<uint64_t>(missing - left));
}

}  // namespace scaffold
