// Python's int(), float() and round().

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "jinja/filters_support.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

bool IsTextOrBytes(const Value& value) { return value.IsString() || value.kind() == Kind::kBytes; }

// |number| rounded half to even at 10**places, from its exact decimal expansion.
double RoundToPowerOfTen(double number, int places) {
  const Value whole = TruncateToInt(std::fabs(number));
  const Value unit = Power(Value(10), Value(places));
  const Value quotient = FloorDivide(whole, unit);
  const Value twice = Multiply(Modulo(whole, unit), Value(2));
  bool up = Compare(Comparison::kGreater, twice, unit);
  if (Equal(twice, unit)) {
    const bool tie = std::trunc(number) == number;
    up = !tie || Equal(Modulo(quotient, Value(2)), Value(1));
  }
  const Value rounded = Multiply(up ? Add(quotient, Value(1)) : quotient, unit);
  try {
    return std::copysign(ToDouble(rounded), number);
  } catch (const Error&) {
    throw Error(ErrorKind::kOverflow, "rounded value too large to represent");
  }
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
  const int64_t base = ToIndex(base_value);
  if (base != 0 && (base < 2 || base > 36)) {
    throw Error(ErrorKind::kValue, "int() base must be >= 2 and <= 36, or 0");
  }
  if (auto number = ParseInt(text.AsString(), static_cast<int>(base))) return *number;
  throw Error(ErrorKind::kValue,
              "invalid literal for int() with base " + std::to_string(base) + ": " + Repr(text));
}

Value ToPythonInt(const Value& value) {
  if (IsInteger(value)) return Positive(value);
  if (value.IsFloat()) return TruncateToInt(value.AsFloat());
  if (IsTextOrBytes(value)) return ParsePythonInt(value, Value(10));
  if (value.IsUndefined()) ThrowUndefined(value);
  throw Error(ErrorKind::kType,
              "int() argument must be a string, a bytes-like object or a real number, not '" +
                  std::string(TypeName(value)) + "'");
}

double ToPythonFloat(const Value& value) {
  if (value.IsNumber()) return ToDouble(value);
  if (value.IsUndefined()) ThrowUndefined(value);
  if (!IsTextOrBytes(value)) {
    throw Error(ErrorKind::kType, "float() argument must be a string or a real number, not '" +
                                      std::string(TypeName(value)) + "'");
  }
  if (const auto number = ParseFloat(value.AsString())) return *number;
  throw Error(ErrorKind::kValue, "could not convert string to float: " + Repr(value));
}

Value RoundPython(const Value& value, const Value& digits) {
  const bool integer = IsInteger(value);
  if (!integer && !value.IsFloat()) {
    throw Error(ErrorKind::kType,
                "type " + std::string(TypeName(value)) + " doesn't define __round__ method");
  }
  if (digits.IsNone()) {
    return integer ? Positive(value) : TruncateToInt(std::nearbyint(value.AsFloat()));
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
