#include "value/number.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "support/text.h"
#include "support/utf8.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

constexpr size_t kMaxDigits = 4300;  // sys.get_int_max_str_digits()
constexpr size_t kMaxBits = 14285;   // more bits than this have more digits than that

}  // namespace

Value MakeInt(BigInt number) {
  if (std::optional<int64_t> small = number.ToInt64()) return Value(*small);
  return Value::Adopt(Kind::kBigInt, new BigIntRep(std::move(number)));
}

Value IntFromUnsigned(uint64_t value) { return MakeInt(BigInt::FromUnsigned(value)); }

Value MakeComplex(double real, double imaginary) {
  auto* number = new ComplexRep;
  number->real = real;
  number->imaginary = imaginary;
  return Value::Adopt(Kind::kComplex, number);
}

bool IsInteger(const Value& value) {
  return value.IsInt() || value.IsBool() || value.kind() == Kind::kBigInt;
}

BigInt ToBigInt(const Value& value) {
  return value.kind() == Kind::kBigInt ? AsBigInt(value) : BigInt(value.AsInt());
}

const BigInt& AsBigInt(const Value& value) {
  return static_cast<BigIntRep*>(value.payload())->number;
}

double ToDouble(const Value& value) {
  if (value.IsFloat()) return value.AsFloat();
  if (value.kind() != Kind::kBigInt) return static_cast<double>(value.AsInt());
  const double number = AsBigInt(value).ToDouble();
  if (std::isinf(number)) throw Error(ErrorKind::kOverflow, "int too large to convert to float");
  return number;
}

namespace {

// Python reads the decimal digits and white space of every script: as ASCII ones, and stripped.
std::string ToAsciiNumber(std::string_view text) {
  std::string ascii;
  for (size_t pos = 0; pos < text.size();) {
    const char32_t c = DecodeUtf8(text, &pos);
    if (const int digit = DecimalValue(c); digit >= 0) {
      ascii += static_cast<char>('0' + digit);
    } else if (IsSpace(c)) {
      ascii += ' ';
    } else {
      ascii += c < 0x80 ? static_cast<char>(c) : '?';
    }
  }
  const size_t begin = ascii.find_first_not_of(' ');
  if (begin == ascii.npos) return "";
  return ascii.substr(begin, ascii.find_last_not_of(' ') - begin + 1);
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// The digits without underscores, of which Python allows single ones between digits; nullopt when
// there is anything else.
std::optional<std::string> TakeDigits(std::string_view text, int base) {
  std::string digits;
  digits.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      if (i == 0 || i + 1 == text.size() || text[i + 1] == '_') return std::nullopt;
    } else if (DigitOf(text[i]) < base) {
      digits += text[i];
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty()) return std::nullopt;
  return digits;
}

int BaseOfPrefix(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  const char letter = static_cast<char>(text[1] | 0x20);
  return letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
}

void CheckDigitCount(size_t digits, int base) {
  if ((base & (base - 1)) == 0 || digits <= kMaxDigits) return;
  throw Error(ErrorKind::kValue,
              "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                  std::to_string(digits) +
                  " digits; use sys.set_int_max_str_digits() to increase the limit");
}

}  // namespace

std::optional<Value> ParseInt(std::string_view source, int base) {
  const std::string ascii = ToAsciiNumber(source);
  std::string_view text = ascii;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const int prefix = BaseOfPrefix(text);
  if (prefix != 0 && (base == 0 || base == prefix)) {
    base = prefix;
    text.remove_prefix(text.size() > 2 && text[2] == '_' ? 3 : 2);
  } else if (base == 0) {
    // A literal with leading zeros is only ever zero.
    if (text.starts_with('0') && text.find_first_not_of("0_") != text.npos) return std::nullopt;
    base = 10;
  }
  std::optional<std::string> digits = TakeDigits(text, base);
  if (!digits) return std::nullopt;
  if (negative) digits->insert(0, 1, '-');
  const char* const end = digits->data() + digits->size();
  int64_t small = 0;
  if (std::from_chars(digits->data(), end, small, base).ec == std::errc()) return Value(small);
  CheckDigitCount(digits->size() - (negative ? 1 : 0), base);
  return MakeInt(BigInt::Parse(*digits, base));
}

namespace {

std::optional<double> ParsePlainFloat(const std::string& digits) {
  double number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, failure] = std::from_chars(digits.data(), end, number);
  if (rest != end || failure == std::errc::invalid_argument) return std::nullopt;
  // Too large or too small: strtod tells which.
  if (failure == std::errc::result_out_of_range) number = std::strtod(digits.c_str(), nullptr);
  return number;
}

}  // namespace

std::optional<double> ParseFloat(std::string_view source) {
  const std::string ascii = ToLowerAscii(ToAsciiNumber(source));
  std::string_view text = ascii;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "inf" || text == "infinity") return negative ? -HUGE_VAL : HUGE_VAL;
  if (text == "nan") return negative ? -NAN : NAN;
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      const bool between =
          i > 0 && i + 1 < text.size() && DigitOf(text[i - 1]) < 10 && DigitOf(text[i + 1]) < 10;
      if (!between) return std::nullopt;
    } else if (DigitOf(c) < 10 || c == '.' || c == 'e' || c == '+' || c == '-') {
      plain += c;
    } else {
      return std::nullopt;
    }
  }
  if (plain.empty() || plain[0] == '+' || plain[0] == '-') return std::nullopt;
  const std::optional<double> number = ParsePlainFloat(plain);
  if (!number) return std::nullopt;
  return negative ? -*number : *number;
}

Value TruncateToInt(double number) {
  if (std::isnan(number)) throw Error(ErrorKind::kValue, "cannot convert float NaN to integer");
  if (std::isinf(number)) {
    throw Error(ErrorKind::kOverflow, "cannot convert float infinity to integer");
  }
  if (std::fabs(number) < 9.2e18) return Value(static_cast<int64_t>(number));
  return MakeInt(BigInt::FromDouble(number));
}

void AppendFloat(std::string* out, double number) {
  if (!std::isfinite(number)) {
    *out += std::isnan(number) ? "nan" : number < 0 ? "-inf" : "inf";
    return;
  }
  // The shortest digits are the same in both layouts; Python changes over at 1e-4 and 1e16.
  const double size = std::fabs(number);
  const bool fixed = size == 0 || (size >= 1e-4 && size < 1e16);
  char buffer[64];
  const auto [end, failure] =
      std::to_chars(buffer, buffer + sizeof(buffer), number,
                    fixed ? std::chars_format::fixed : std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  *out += text;
  if (fixed && text.find('.') == text.npos) *out += ".0";
}

std::string FormatFloat(double number) {
  std::string text;
  AppendFloat(&text, number);
  return text;
}

void AppendInt(std::string* out, const Value& integer) {
  if (integer.kind() != Kind::kBigInt) {
    char buffer[24];
    const auto [end, failure] = std::to_chars(buffer, buffer + sizeof(buffer), integer.AsInt());
    out->append(buffer, end);
    return;
  }
  const BigInt& number = AsBigInt(integer);
  if (number.bits() <= kMaxBits) {
    const std::string text = number.Text();
    if (text.size() - (number.negative() ? 1 : 0) <= kMaxDigits) {
      *out += text;
      return;
    }
  }
  throw Error(ErrorKind::kValue,
              "Exceeds the limit (4300 digits) for integer string conversion; use "
              "sys.set_int_max_str_digits() to increase the limit");
}

std::string FormatInt(const Value& integer) {
  std::string text;
  AppendInt(&text, integer);
  return text;
}

}  // namespace scaffold
