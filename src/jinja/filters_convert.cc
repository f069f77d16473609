// Python's int(), float() and round().

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

#include "jinja/filters_support.h"
#include "support/utf8.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

// The text as Python's number parsers see it: Unicode white space as blanks, Unicode decimal digits
// as ASCII digits, other non-ASCII characters as '?', and no white space around it.
std::string NumberText(const Value& text) {
  const std::string& utf8 = text.AsString();
  std::string ascii;
  for (size_t pos = 0; pos < utf8.size();) {
    const char32_t c = DecodeUtf8(utf8, &pos);
    if (IsPythonSpace(c)) {
      ascii += ' ';
    } else if (c < 0x80) {
      ascii += static_cast<char>(c);
    } else {
      const int digit = UnicodeDigit(c);
      ascii += digit < 0 ? '?' : static_cast<char>('0' + digit);
    }
  }
  const size_t begin = ascii.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return ascii.substr(begin, ascii.find_last_not_of(' ') + 1 - begin);
}

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// 0 when `text` starts with no base prefix.
int PrefixBase(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1]) {
    case 'x':
    case 'X':
      return 16;
    case 'o':
    case 'O':
      return 8;
    case 'b':
    case 'B':
      return 2;
    default:
      return 0;
  }
}

// Digits with single underscores between them; false when malformed.
bool TakeDigits(std::string_view text, int base, std::string* digits) {
  bool after_digit = false;
  for (char c : text) {
    if (c == '_') {
      if (!after_digit) return false;
      after_digit = false;
      continue;
    }
    if (DigitValue(c) >= base) return false;
    digits->push_back(c);
    after_digit = true;
  }
  return after_digit;
}

Value DigitsToInt(const std::string& digits, int base) {
  constexpr size_t kMaxDigits = 4300;  // CPython's default sys.get_int_max_str_digits()
  const bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && digits.size() > kMaxDigits) {
    throw Error(ErrorKind::kValue,
                "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                    std::to_string(digits.size()) +
                    " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  Value result(0);
  for (size_t pos = 0; pos < digits.size();) {
    int64_t chunk = 0;
    int64_t scale = 1;
    for (; pos < digits.size() && scale < (int64_t{1} << 56); ++pos) {
      chunk = chunk * base + DigitValue(digits[pos]);
      scale *= base;
    }
    result = Add(Multiply(result, Value(scale)), Value(chunk));
  }
  return result;
}

Value FloatToInt(double number) {
  if (std::isnan(number)) {
    throw Error(ErrorKind::kValue, "cannot convert float NaN to integer");
  }
  if (std::isinf(number)) {
    throw Error(ErrorKind::kOverflow, "cannot convert float infinity to integer");
  }
  number = std::trunc(number);
  if (std::fabs(number) < 9.2e18) return Value(static_cast<int64_t>(number));
  int exponent = 0;
  const double mantissa = std::frexp(number, &exponent);
  return Multiply(Value(static_cast<int64_t>(std::ldexp(mantissa, 53))),
                  Power(Value(2), Value(exponent - 53)));
}

[[noreturn]] void ThrowBadFloat(const Value& text) {
  throw Error(ErrorKind::kValue, "could not convert string to float: " + Repr(text));
}

// Underscores may stand between two digits only.
bool DropUnderscores(std::string* text) {
  std::string kept;
  for (size_t i = 0; i < text->size(); ++i) {
    if ((*text)[i] != '_') {
      kept += (*text)[i];
      continue;
    }
    const auto is_digit = [&](size_t at) {
      return at < text->size() && (*text)[at] >= '0' && (*text)[at] <= '9';
    };
    if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) return false;
  }
  *text = std::move(kept);
  return true;
}

// What a number that does not fit a double is: 0 or infinity.
double OutOfRange(std::string_view text) {
  const size_t mark = text.find_first_of("eE");
  return mark != std::string_view::npos && mark + 1 < text.size() && text[mark + 1] == '-'
             ? 0.0
             : std::numeric_limits<double>::infinity();
}

double ParsePythonFloat(const Value& value) {
  std::string text = NumberText(value);
  if (!DropUnderscores(&text)) ThrowBadFloat(value);
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  std::string lower;
  for (char c : rest) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  double number = 0;
  if (lower == "inf" || lower == "infinity") {
    number = std::numeric_limits<double>::infinity();
  } else if (lower == "nan") {
    number = std::numeric_limits<double>::quiet_NaN();
  } else {
    if (lower.empty() || lower[0] == '-' || lower[0] == 'i' || lower[0] == 'n') {
      ThrowBadFloat(value);
    }
    const auto [end, code] = std::from_chars(lower.data(), lower.data() + lower.size(), number);
    if (end != lower.data() + lower.size() || code == std::errc::invalid_argument) {
      ThrowBadFloat(value);
    }
    if (code == std::errc::result_out_of_range) number = OutOfRange(lower);
  }
  return negative ? -number : number;
}

// The digits of |number| rounded half to even at 10**places, from its exact decimal expansion.
double RoundToPowerOfTen(double number, int places) {
  std::array<char, 400> text;
  std::snprintf(text.data(), text.size(), "%.0f", std::trunc(std::fabs(number)));
  const Value whole = DigitsToInt(text.data(), 10);
  const Value unit = Power(Value(10), Value(places));
  const Value quotient = FloorDivide(whole, unit);
  const Value twice = Multiply(Subtract(whole, Multiply(quotient, unit)), Value(2));
  bool up = Compare(Comparison::kGreater, twice, unit);
  if (Equal(twice, unit)) {
    const bool exact = std::trunc(number) == number;
    up = !exact || Equal(Modulo(quotient, Value(2)), Value(1));
  }
  const Value rounded = Multiply(up ? Add(quotient, Value(1)) : quotient, unit);
  double result = 0;
  try {
    result = ToPythonFloat(rounded);
  } catch (const Error&) {
    throw Error(ErrorKind::kOverflow, "rounded value too large to represent");
  }
  return std::copysign(result, number);
}

double RoundFloat(double number, int64_t digits) {
  constexpr int64_t kMaxDigits = 323;   // more digits change nothing in a double
  constexpr int64_t kMinDigits = -308;  // fewer leave nothing of it
  if (!std::isfinite(number) || digits > kMaxDigits) return number;
  if (digits < kMinDigits) return 0.0 * number;
  if (digits < 0) return RoundToPowerOfTen(number, static_cast<int>(-digits));
  std::array<char, 700> text;
  const int size =
      std::snprintf(text.data(), text.size(), "%.*f", static_cast<int>(digits), number);
  double rounded = 0;
  std::from_chars(text.data(), text.data() + size, rounded);
  return rounded;
}

Value RoundInt(const Value& value, int64_t digits) {
  if (digits >= 0) return Positive(value);
  if (value.kind() != Kind::kBigInt && digits < -20) return Value(0);
  const Value unit = Power(Value(10), Value(-digits));
  const Value quotient = FloorDivide(value, unit);
  const Value twice = Multiply(Modulo(value, unit), Value(2));
  const bool up = Compare(Comparison::kGreater, twice, unit) ||
                  (Equal(twice, unit) && Equal(Modulo(quotient, Value(2)), Value(1)));
  return Multiply(up ? Add(quotient, Value(1)) : quotient, unit);
}

}  // namespace

Value ParsePythonInt(const Value& text, const Value& base_value) {
  int64_t base = ToIndex(base_value);
  if (base != 0 && (base < 2 || base > 36)) {
    throw Error(ErrorKind::kValue, "int() base must be >= 2 and <= 36, or 0");
  }
  const auto fail = [&]() -> Value {
    throw Error(ErrorKind::kValue, "invalid literal for int() with base " +
                                       std::to_string(ToIndex(base_value)) + ": " + Repr(text));
  };
  const std::string ascii = NumberText(text);
  std::string_view rest = ascii;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  const int prefix = PrefixBase(rest);
  bool leading_zero = false;
  if (prefix != 0 && (base == 0 || base == prefix)) {
    base = prefix;
    rest.remove_prefix(2);
    if (rest.starts_with('_')) rest.remove_prefix(1);
  } else if (base == 0) {
    leading_zero = rest.starts_with('0');
    base = 10;
  }
  std::string digits;
  if (!TakeDigits(rest, static_cast<int>(base), &digits)) return fail();
  // As in Python source, a leading zero is only good for zero itself.
  if (leading_zero && digits.find_first_not_of('0') != std::string::npos) return fail();
  const Value number = DigitsToInt(digits, static_cast<int>(base));
  return negative ? Negate(number) : number;
}

Value ToPythonInt(const Value& value) {
  if (IsPythonIntKind(value)) return Positive(value);
  if (value.IsFloat()) return FloatToInt(value.AsFloat());
  if (value.IsString() || value.kind() == Kind::kBytes) return ParsePythonInt(value, Value(10));
  if (value.IsUndefined()) ThrowUndefined(value);
  throw Error(ErrorKind::kType,
              "int() argument must be a string, a bytes-like object or a real number, not '" +
                  std::string(TypeName(value)) + "'");
}

double ToPythonFloat(const Value& value) {
  if (value.IsFloat()) return value.AsFloat();
  if (value.IsInt() || value.IsBool()) return static_cast<double>(value.AsInt());
  if (value.kind() == Kind::kBigInt) return TrueDivide(value, Value(1.0)).AsFloat();
  if (value.IsString() || value.kind() == Kind::kBytes) return ParsePythonFloat(value);
  if (value.IsUndefined()) ThrowUndefined(value);
  throw Error(ErrorKind::kType, "float() argument must be a string or a real number, not '" +
                                    std::string(TypeName(value)) + "'");
}

Value RoundPython(const Value& value, const Value& digits) {
  const bool integer = IsPythonIntKind(value);
  if (!integer && !value.IsFloat()) {
    throw Error(ErrorKind::kType,
                "type " + std::string(TypeName(value)) + " doesn't define __round__ method");
  }
  if (digits.IsNone()) {
    return integer ? Positive(value) : FloatToInt(std::nearbyint(value.AsFloat()));
  }
  if (digits.kind() == Kind::kBigInt) {
    const bool negative = Compare(Comparison::kLess, digits, Value(0));
    if (!negative) return integer ? Positive(value) : value;
    return integer ? Value(0) : Value(0.0 * value.AsFloat());
  }
  if (integer) return RoundInt(value, ToIndex(digits));
  return Value(RoundFloat(value.AsFloat(), ToIndex(digits)));
}

}  // namespace scaffold::jinja
