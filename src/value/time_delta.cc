#include "value/time_delta.h"

#include <cmath>

#include "value/date_time.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold {
namespace {

constexpr int64_t kMicrosecondsPerDay = int64_t{86'400} * 1'000'000;

bool IsDelta(const Value& value) { return value.kind() == Kind::kTimeDelta; }

// Whole microseconds, which may need more than 64 bits.
Value ToMicroseconds(const Value& delta) {
  const auto& rep = *static_cast<DateTimeRep*>(delta.payload());
  return Add(Multiply(Value(rep.days), Value(kMicrosecondsPerDay)),
             Value(int64_t{rep.seconds} * 1'000'000 + rep.microsecond));
}

Value FromMicroseconds(const Value& total) {
  const Value days = FloorDivide(total, Value(kMicrosecondsPerDay));
  if (!days.IsInt() || days.AsInt() != static_cast<int32_t>(days.AsInt())) {
    throw Error(ErrorKind::kOverflow, "Python int too large to convert to C int");
  }
  return MakeTimeDelta(days.AsInt(), 0, Modulo(total, Value(kMicrosecondsPerDay)).AsInt());
}

// The integer nearest to a / b, half to even.
Value DivideNearest(const Value& a, const Value& b) {
  Value quotient = FloorDivide(a, b);
  const Value twice = Multiply(Modulo(a, b), Value(2));
  const bool negative = Compare(Comparison::kLess, b, Value(0));
  const bool above = Compare(negative ? Comparison::kLess : Comparison::kGreater, twice, b);
  const bool odd = Truth(Modulo(quotient, Value(2)));
  if (above || (odd && Equal(twice, b))) quotient = Add(quotient, Value(1));
  return quotient;
}

struct Ratio {
  Value numerator, denominator;
};

// float.as_integer_ratio.
Ratio ToRatio(double number) {
  if (std::isnan(number)) {
    throw Error(ErrorKind::kValue, "cannot convert NaN to integer ratio");
  }
  if (std::isinf(number)) {
    throw Error(ErrorKind::kOverflow, "cannot convert Infinity to integer ratio");
  }
  int exponent = 0;
  double fraction = std::frexp(number, &exponent);
  for (; fraction != std::floor(fraction); fraction *= 2) --exponent;
  const Value power = Power(Value(2), Value(std::abs(exponent)));
  const Value whole = TruncateToInt(fraction);
  if (exponent >= 0) return {Multiply(whole, power), Value(1)};
  return {whole, power};
}

}  // namespace

std::optional<Value> MultiplyTimeDelta(const Value& a, const Value& b) {
  if (!IsDelta(a)) return IsDelta(b) ? MultiplyTimeDelta(b, a) : std::nullopt;
  if (IsInteger(b)) return FromMicroseconds(Multiply(ToMicroseconds(a), b));
  if (!b.IsFloat()) return std::nullopt;
  const Ratio ratio = ToRatio(b.AsFloat());
  return FromMicroseconds(
      DivideNearest(Multiply(ToMicroseconds(a), ratio.numerator), ratio.denominator));
}

std::optional<Value> DivideTimeDelta(const Value& a, const Value& b) {
  if (!IsDelta(a)) return std::nullopt;
  if (IsDelta(b)) return TrueDivide(ToMicroseconds(a), ToMicroseconds(b));
  if (IsInteger(b)) {
    return FromMicroseconds(DivideNearest(ToMicroseconds(a), b));
  }
  if (!b.IsFloat()) return std::nullopt;
  const Ratio ratio = ToRatio(b.AsFloat());
  return FromMicroseconds(
      DivideNearest(Multiply(ToMicroseconds(a), ratio.denominator), ratio.numerator));
}

std::optional<Value> FloorDivideTimeDelta(const Value& a, const Value& b) {
  if (!IsDelta(a)) return std::nullopt;
  if (IsDelta(b)) return FloorDivide(ToMicroseconds(a), ToMicroseconds(b));
  if (!IsInteger(b)) return std::nullopt;
  return FromMicroseconds(FloorDivide(ToMicroseconds(a), b));
}

std::optional<Value> ModuloTimeDelta(const Value& a, const Value& b) {
  if (!IsDelta(a) || !IsDelta(b)) return std::nullopt;
  return FromMicroseconds(Modulo(ToMicroseconds(a), ToMicroseconds(b)));
}

}  // namespace scaffold
