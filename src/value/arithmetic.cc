// Python's arithmetic on Values.

#include <algorithm>
#include <cmath>

#include "value/complex.h"
#include "value/date_time.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/printf_format.h"
#include "value/sets.h"
#include "value/text_length.h"
#include "value/time_delta.h"

namespace scaffold {
namespace {

bool IsSmall(const Value& value) { return value.IsInt() || value.IsBool(); }
bool BothInteger(const Value& a, const Value& b) { return IsInteger(a) && IsInteger(b); }
bool BothNumber(const Value& a, const Value& b) { return a.IsNumber() && b.IsNumber(); }
bool IsComplex(const Value& value) { return value.kind() == Kind::kComplex; }
// At least one complex number, and numbers only.
bool AnyComplex(const Value& a, const Value& b) {
  return (IsComplex(a) && (IsComplex(b) || b.IsNumber())) || (IsComplex(b) && a.IsNumber());
}

void RequireDefined(const Value& a, const Value& b) {
  if (a.IsUndefined()) ThrowUndefined(a);
  if (b.IsUndefined()) ThrowUndefined(b);
}

// What is left when no built-in type knows the operator: objects are asked, then it is an error.
Value ApplyOther(std::string_view op, const Value& a, const Value& b, std::string_view name) {
  RequireDefined(a, b);
  if (a.IsObject()) {
    if (std::optional<Value> result = a.AsObject()->BinaryOperator(op, b, false)) return *result;
  }
  if (b.IsObject()) {
    if (std::optional<Value> result = b.AsObject()->BinaryOperator(op, a, true)) return *result;
  }
  throw Error(ErrorKind::kType, "unsupported operand type(s) for " + std::string(name) + ": '" +
                                    std::string(TypeNameInC(a)) + "' and '" +
                                    std::string(TypeNameInC(b)) + "'");
}

Value ApplyOther(std::string_view op, const Value& a, const Value& b) {
  return ApplyOther(op, a, b, op);
}

Error ZeroDivision(const char* text) { return Error(ErrorKind::kZeroDivision, text); }

// CPython floatobject.c: the rest has the sign of the divisor.
double FloatModulo(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (b < 0) != (rest < 0) ? rest + b : rest;
}

double FloatFloorDivide(double a, double b) {
  double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double floored = std::floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

bool IsRepeatable(const Value& value) {
  return value.IsString() || value.IsSequence() || value.kind() == Kind::kBytes;
}

// How often to repeat `size` bytes; checked against the limits.
size_t RepeatCount(const Value& times, size_t size) {
  if (times.kind() == Kind::kBigInt) {
    throw Error(ErrorKind::kOverflow, "cannot fit 'int' into an index-sized integer");
  }
  const uint64_t count = static_cast<uint64_t>(std::max<int64_t>(0, times.AsInt()));
  uint64_t bytes = 0;
  if (__builtin_mul_overflow(count, static_cast<uint64_t>(size), &bytes)) bytes = UINT64_MAX;
  ChargeBytes(bytes);
  return static_cast<size_t>(count);
}

Value RepeatList(const Value& sequence, const Value& times) {
  const List& items = sequence.AsList();
  const size_t count = RepeatCount(times, items.size() * sizeof(Value));
  List repeated;
  repeated.reserve(items.size() * count);
  for (size_t i = 0; i < count && !items.empty(); ++i)
    repeated.insert(repeated.end(), items.begin(), items.end());
  return sequence.IsList() ? Value(std::move(repeated)) : Value::Tuple(std::move(repeated));
}

Value RepeatText(const Value& sequence, const Value& times) {
  const std::string& text = sequence.AsString();
  const size_t count = RepeatCount(times, text.size());
  std::string repeated;
  if (text.size() == 1) {
    repeated.assign(count, text[0]);
  } else {
    repeated.reserve(text.size() * count);
    for (size_t i = 0; i < count && !text.empty(); ++i) repeated += text;
  }
  return MakeTextLike(sequence, std::move(repeated));
}

Value Repeat(const Value& sequence, const Value& times) {
  if (!IsInteger(times)) {
    RequireDefined(times, times);
    const std::string type(TypeNameInC(times));
    if (sequence.IsMarkup()) {
      throw Error(ErrorKind::kType, "'" + type + "' object cannot be interpreted as an integer");
    }
    if (times.IsMarkup()) {  // Markup.__rmul__ asks for the other operand
      throw Error(ErrorKind::kType, "'" + std::string(TypeNameInC(sequence)) +
                                        "' object cannot be interpreted as an integer");
    }
    throw Error(ErrorKind::kType, "can't multiply sequence by non-int of type '" + type + "'");
  }
  return sequence.IsSequence() ? RepeatList(sequence, times) : RepeatText(sequence, times);
}

Value AddTexts(const Value& a, const Value& b) {
  const std::string& left = a.AsString();
  const std::string& right = b.AsString();
  ChargeBytes(left.size() + right.size());
  std::string sum;
  sum.reserve(left.size() + right.size());
  sum.append(left).append(right);
  return MakeTextLike(a, std::move(sum));
}

Value AddLists(const Value& a, const Value& b) {
  const List& left = a.AsList();
  const List& right = b.AsList();
  ChargeBytes((left.size() + right.size()) * sizeof(Value));
  List sum;
  sum.reserve(left.size() + right.size());
  sum.insert(sum.end(), left.begin(), left.end());
  sum.insert(sum.end(), right.begin(), right.end());
  return a.IsList() ? Value(std::move(sum)) : Value::Tuple(std::move(sum));
}

// Error texts of the sequences' own concatenation, which comes after every other attempt.
Value AddOther(const Value& a, const Value& b) {
  RequireDefined(a, b);
  const std::string other(TypeNameInC(b));
  if (a.kind() == Kind::kString) {
    throw Error(ErrorKind::kType, "can only concatenate str (not \"" + other + "\") to str");
  }
  if (a.kind() == Kind::kBytes) {
    throw Error(ErrorKind::kType, "can't concat " + other + " to bytes");
  }
  if (a.IsSequence()) {
    const std::string name(TypeNameInC(a));
    throw Error(ErrorKind::kType,
                "can only concatenate " + name + " (not \"" + other + "\") to " + name);
  }
  return ApplyOther("+", a, b);
}

Value PowerOfIntegers(const Value& base, const Value& exponent) {
  if (exponent.kind() == Kind::kBigInt) {
    if (IsSmall(base) && base.AsInt() >= -1 && base.AsInt() <= 1) {
      const bool even = !AsBigInt(exponent).odd();
      return Value(base.AsInt() == -1 && even ? 1 : static_cast<int>(base.AsInt()));
    }
    ChargeBytes(UINT64_MAX);
  }
  int64_t power = exponent.AsInt();
  if (IsSmall(base)) {
    // By squaring, as long as it fits.
    int64_t result = 1;
    int64_t factor = base.AsInt();
    bool fits = true;
    for (int64_t rest = power; rest > 0 && fits;) {
      if ((rest & 1) != 0) fits = !__builtin_mul_overflow(result, factor, &result);
      rest >>= 1;
      if (rest > 0) fits = fits && !__builtin_mul_overflow(factor, factor, &factor);
    }
    if (fits) return Value(result);
  }
  if (power > UINT32_MAX) ChargeBytes(UINT64_MAX);
  return MakeInt(ToBigInt(base).Power(static_cast<uint32_t>(power)));
}

Value PowerOfFloats(double base, double exponent) {
  if (base == 0 && exponent < 0) throw ZeroDivision("0.0 cannot be raised to a negative power");
  if (base < 0 && std::isfinite(base) && std::isfinite(exponent) &&
      exponent != std::floor(exponent)) {
    return PowerOfComplex(base, exponent);
  }
  const double result = std::pow(base, exponent);
  if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent)) {
    throw Error(ErrorKind::kOverflow, "(34, 'Numerical result out of range')");
  }
  return Value(result);
}

}  // namespace

namespace slow {

Value Add(const Value& a, const Value& b) {
  if (a.kind() == Kind::kString && b.kind() == Kind::kString) return AddTexts(a, b);
  if (BothInteger(a, b)) return MakeInt(ToBigInt(a) + ToBigInt(b));
  if (BothNumber(a, b)) return Value(ToDouble(a) + ToDouble(b));
  if (a.IsMarkup() || b.IsMarkup()) {
    if (std::optional<Value> sum = AddMarkup(a, b)) return *sum;
    return a.IsMarkup() ? ApplyOther("+", a, b) : AddOther(a, b);
  }
  if (a.kind() == Kind::kBytes && b.kind() == Kind::kBytes) return AddTexts(a, b);
  if (a.kind() == b.kind() && a.IsSequence()) return AddLists(a, b);
  if (std::optional<Value> sum = AddDateTime(a, b)) return *sum;
  if (AnyComplex(a, b)) return AddComplex(a, b);
  return AddOther(a, b);
}

Value Subtract(const Value& a, const Value& b) {
  if (BothInteger(a, b)) return MakeInt(ToBigInt(a) - ToBigInt(b));
  if (BothNumber(a, b)) return Value(ToDouble(a) - ToDouble(b));
  if (std::optional<Value> difference = SubtractDateTime(a, b)) return *difference;
  if (a.kind() == Kind::kSet && b.kind() == Kind::kSet) return SubtractSets(a, b);
  if (AnyComplex(a, b)) return SubtractComplex(a, b);
  return ApplyOther("-", a, b);
}

Value Multiply(const Value& a, const Value& b) {
  if (BothInteger(a, b)) return MakeInt(ToBigInt(a) * ToBigInt(b));
  if (BothNumber(a, b)) return Value(ToDouble(a) * ToDouble(b));
  if (IsRepeatable(a)) return Repeat(a, b);
  if (IsRepeatable(b)) return a.IsUndefined() ? ApplyOther("*", a, b) : Repeat(b, a);
  if (AnyComplex(a, b)) return MultiplyComplex(a, b);
  if (std::optional<Value> product = MultiplyTimeDelta(a, b)) return *product;
  return ApplyOther("*", a, b);
}

}  // namespace slow

Value TrueDivide(const Value& a, const Value& b) {
  if (AnyComplex(a, b)) return DivideComplex(a, b);
  if (!BothNumber(a, b)) {
    if (std::optional<Value> quotient = DivideTimeDelta(a, b)) return *quotient;
    return ApplyOther("/", a, b);
  }
  if (!Truth(b)) {
    throw ZeroDivision(BothInteger(a, b) ? "division by zero" : "float division by zero");
  }
  if (!BothInteger(a, b)) return Value(ToDouble(a) / ToDouble(b));
  constexpr int64_t kExact = int64_t{1} << 53;
  if (IsSmall(a) && IsSmall(b) && std::llabs(a.AsInt()) <= kExact &&
      std::llabs(b.AsInt()) <= kExact) {
    return Value(static_cast<double>(a.AsInt()) / static_cast<double>(b.AsInt()));
  }
  const double quotient = BigInt::DivideToDouble(ToBigInt(a), ToBigInt(b));
  if (std::isinf(quotient)) {
    throw Error(ErrorKind::kOverflow, "integer division result too large for a float");
  }
  return Value(quotient);
}

Value FloorDivide(const Value& a, const Value& b) {
  if (!BothNumber(a, b)) {
    if (std::optional<Value> quotient = FloorDivideTimeDelta(a, b)) return *quotient;
    return ApplyOther("//", a, b);
  }
  if (!Truth(b)) {
    throw ZeroDivision(BothInteger(a, b) ? "integer division or modulo by zero"
                                         : "float floor division by zero");
  }
  if (IsSmall(a) && IsSmall(b) && b.AsInt() != -1) {
    int64_t quotient = a.AsInt() / b.AsInt();
    if (a.AsInt() % b.AsInt() != 0 && (a.AsInt() < 0) != (b.AsInt() < 0)) --quotient;
    return Value(quotient);
  }
  if (BothInteger(a, b)) return MakeInt(BigInt::Divide(ToBigInt(a), ToBigInt(b)).quotient);
  return Value(FloatFloorDivide(ToDouble(a), ToDouble(b)));
}

Value Modulo(const Value& a, const Value& b) {
  if (a.IsString()) return PrintfFormat(a, b);
  if (!BothNumber(a, b)) {
    if (std::optional<Value> rest = ModuloTimeDelta(a, b)) return *rest;
    return ApplyOther("%", a, b);
  }
  if (!Truth(b)) {
    throw ZeroDivision(BothInteger(a, b) ? "integer modulo by zero" : "float modulo");
  }
  if (IsSmall(a) && IsSmall(b) && b.AsInt() != -1) {
    int64_t rest = a.AsInt() % b.AsInt();
    if (rest != 0 && (rest < 0) != (b.AsInt() < 0)) rest += b.AsInt();
    return Value(rest);
  }
  if (BothInteger(a, b)) return MakeInt(BigInt::Divide(ToBigInt(a), ToBigInt(b)).rest);
  return Value(FloatModulo(ToDouble(a), ToDouble(b)));
}

Value Power(const Value& a, const Value& b) {
  if (AnyComplex(a, b)) return PowerOfComplex(a, b);
  if (!BothNumber(a, b)) return ApplyOther("**", a, b, "** or pow()");
  const bool negative = IsSmall(b)    ? b.AsInt() < 0
                        : b.IsFloat() ? b.AsFloat() < 0
                                      : AsBigInt(b).negative();
  if (BothInteger(a, b) && !negative) return PowerOfIntegers(a, b);
  return PowerOfFloats(ToDouble(a), ToDouble(b));
}

Value Negate(const Value& a) {
  if (IsSmall(a) && a.AsInt() != INT64_MIN) return Value(-a.AsInt());
  if (IsInteger(a)) return MakeInt(ToBigInt(a).Negated());
  if (a.IsFloat()) return Value(-a.AsFloat());
  if (IsComplex(a)) {
    const auto& number = *static_cast<ComplexRep*>(a.payload());
    return MakeComplex(-number.real, -number.imaginary);
  }
  if (a.kind() == Kind::kTimeDelta) return *MultiplyTimeDelta(a, Value(-1));
  if (a.IsUndefined()) ThrowUndefined(a);
  throw Error(ErrorKind::kType,
              "bad operand type for unary -: '" + std::string(TypeNameInC(a)) + "'");
}

Value Positive(const Value& a) {
  if (a.IsBool()) return Value(a.AsInt());
  if (a.IsNumber() || IsComplex(a) || a.kind() == Kind::kTimeDelta) return a;
  if (a.IsUndefined()) ThrowUndefined(a);
  throw Error(ErrorKind::kType,
              "bad operand type for unary +: '" + std::string(TypeNameInC(a)) + "'");
}

}  // namespace scaffold
