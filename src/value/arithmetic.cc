// Python's arithmetic on Values.

#include <cmath>

#include "support/utf8.h"
#include "value/date_time.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/printf_format.h"

namespace scaffold {
namespace {

[[noreturn]] void Unsupported(std::string_view op, const Value& a, const Value& b) {
  if (a.IsUndefined()) ThrowUndefined(a);
  if (b.IsUndefined()) ThrowUndefined(b);
  throw Error(ErrorKind::kType, "unsupported operand type(s) for " + std::string(op) + ": '" +
                                    std::string(TypeName(a)) + "' and '" +
                                    std::string(TypeName(b)) + "'");
}

bool BothInteger(const Value& a, const Value& b) { return IsInteger(a) && IsInteger(b); }
bool BothNumber(const Value& a, const Value& b) { return a.IsNumber() && b.IsNumber(); }
bool IsSmall(const Value& value) { return value.IsInt() || value.IsBool(); }

using BigOperation = mp_err (*)(const mp_int*, const mp_int*, mp_int*);

Value ApplyBig(BigOperation operation, const Value& a, const Value& b) {
  BigInt result;
  if (operation(ToBigInt(a).get(), ToBigInt(b).get(), result.get()) != MP_OKAY) {
    throw Error(ErrorKind::kOverflow, "integer is too large");
  }
  return MakeInt(std::move(result));
}

void ChargeProduct(const Value& a, const Value& b) {
  const uint64_t bits =
      (IsSmall(a) ? 64 : ToBigInt(a).bits()) + (IsSmall(b) ? 64 : ToBigInt(b).bits());
  ChargeBytes(bits / 8);
}

Error ZeroDivision(const char* text) { return Error(ErrorKind::kZeroDivision, text); }

double PythonModulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest != 0) {
    if ((b < 0) != (rest < 0)) rest += b;
  } else {
    rest = std::copysign(0.0, b);
  }
  return rest;
}

double PythonFloor(double a, double b) {
  const double rest = PythonModulo(a, b);
  const double quotient = (a - rest) / b;
  if (quotient == 0) return std::copysign(0.0, a / b);
  double floored = std::floor(quotient);
  if (quotient - floored > 0.5) floored += 1;
  return floored;
}

struct Quotient {
  BigInt quotient, rest;
};

// Floored, as Python divides; libtommath truncates.
Quotient FloorDivideBig(const Value& a, const Value& b) {
  Quotient result;
  const BigInt divisor = ToBigInt(b);
  if (mp_div(ToBigInt(a).get(), divisor.get(), result.quotient.get(), result.rest.get()) !=
      MP_OKAY) {
    throw Error(ErrorKind::kOverflow, "integer is too large");
  }
  if (!mp_iszero(result.rest.get()) && result.rest.negative() != divisor.negative()) {
    if (mp_sub_d(result.quotient.get(), 1, result.quotient.get()) != MP_OKAY ||
        mp_add(result.rest.get(), divisor.get(), result.rest.get()) != MP_OKAY) {
      throw Error(ErrorKind::kOverflow, "integer is too large");
    }
  }
  return result;
}

Value Repeat(const Value& sequence, const Value& times) {
  int64_t count = 0;
  if (times.kind() == Kind::kBigInt) {
    if (!ToBigInt(times).negative()) {
      throw Error(ErrorKind::kOverflow, "cannot fit 'int' into an index-sized integer");
    }
  } else {
    count = std::max<int64_t>(0, times.AsInt());
  }
  if (sequence.IsSequence()) {
    const List& items = sequence.AsList();
    ChargeBytes(static_cast<uint64_t>(
        std::min(1e18, static_cast<double>(items.size()) * 16.0 * static_cast<double>(count))));
    List repeated;
    repeated.reserve(items.size() * static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) repeated.insert(repeated.end(), items.begin(), items.end());
    return sequence.IsList() ? Value(std::move(repeated)) : Value::Tuple(std::move(repeated));
  }
  const std::string& text = sequence.AsString();
  ChargeBytes(static_cast<uint64_t>(
      std::min(1e18, static_cast<double>(text.size()) * static_cast<double>(count))));
  std::string repeated;
  repeated.reserve(text.size() * static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) repeated += text;
  if (sequence.IsMarkup()) return Value::Markup(std::move(repeated));
  return sequence.IsString() ? Value(std::move(repeated)) : Value::Bytes(std::move(repeated));
}

bool IsRepeatable(const Value& value) {
  return value.IsString() || value.IsSequence() || value.kind() == Kind::kBytes;
}

Value PowerOfIntegers(const Value& base, const Value& exponent) {
  if (exponent.kind() == Kind::kBigInt) {
    if (IsSmall(base) && (base.AsInt() == 0 || base.AsInt() == 1)) return base;
    throw Error(ErrorKind::kLimit, "value size limit exceeded");
  }
  const int64_t power = exponent.AsInt();
  const BigInt number = ToBigInt(base);
  if (number.bits() > 1) {
    ChargeBytes(static_cast<uint64_t>(
        std::min(1e18, static_cast<double>(number.bits()) * static_cast<double>(power) / 8)));
  }
  BigInt result;
  if (number.bits() <= 1) {
    const bool negative = number.negative() && power % 2 != 0;
    if (mp_iszero(number.get())) return Value(power == 0 ? 1 : 0);
    return Value(negative ? -1 : 1);
  }
  if (mp_expt_u32(number.get(), static_cast<uint32_t>(power), result.get()) != MP_OKAY) {
    throw Error(ErrorKind::kOverflow, "integer is too large");
  }
  return MakeInt(std::move(result));
}

}  // namespace

Value Add(const Value& a, const Value& b) {
  if (IsSmall(a) && IsSmall(b)) {
    int64_t sum = 0;
    if (!__builtin_add_overflow(a.AsInt(), b.AsInt(), &sum)) return Value(sum);
  }
  if (BothInteger(a, b)) return ApplyBig(mp_add, a, b);
  if (BothNumber(a, b)) return Value(ToDouble(a) + ToDouble(b));
  if (a.IsString() && b.IsString()) {
    if (a.IsMarkup() || b.IsMarkup()) return AddMarkup(a, b);
    ChargeBytes(a.AsString().size() + b.AsString().size());
    return Value(a.AsString() + b.AsString());
  }
  if (a.kind() == Kind::kBytes && b.kind() == Kind::kBytes) {
    return Value::Bytes(a.AsString() + b.AsString());
  }
  if (a.kind() == b.kind() && a.IsSequence()) {
    ChargeBytes((a.AsList().size() + b.AsList().size()) * sizeof(Value));
    List items = a.AsList();
    items.insert(items.end(), b.AsList().begin(), b.AsList().end());
    return a.IsList() ? Value(std::move(items)) : Value::Tuple(std::move(items));
  }
  if (std::optional<Value> time = AddDateTime(a, b)) return *time;
  if (a.IsUndefined()) ThrowUndefined(a);
  if (b.IsUndefined()) ThrowUndefined(b);
  if (a.IsString()) {
    throw Error(ErrorKind::kType,
                "can only concatenate str (not \"" + std::string(TypeName(b)) + "\") to str");
  }
  if (a.IsSequence()) {
    const std::string name(TypeName(a));
    throw Error(ErrorKind::kType, "can only concatenate " + name + " (not \"" +
                                      std::string(TypeName(b)) + "\") to " + name);
  }
  Unsupported("+", a, b);
}

Value Subtract(const Value& a, const Value& b) {
  if (IsSmall(a) && IsSmall(b)) {
    int64_t difference = 0;
    if (!__builtin_sub_overflow(a.AsInt(), b.AsInt(), &difference)) return Value(difference);
  }
  if (BothInteger(a, b)) return ApplyBig(mp_sub, a, b);
  if (BothNumber(a, b)) return Value(ToDouble(a) - ToDouble(b));
  if (std::optional<Value> time = SubtractDateTime(a, b)) return *time;
  if (a.kind() == Kind::kSet && b.kind() == Kind::kSet) {
    auto* result = new SetRep;
    for (const Dict::Entry& entry : static_cast<SetRep*>(a.payload())->items) {
      if (!Contains(b, entry.key)) result->items.Set(entry.key, Value());
    }
    return Value::Adopt(Kind::kSet, result);
  }
  Unsupported("-", a, b);
}

Value Multiply(const Value& a, const Value& b) {
  if (IsSmall(a) && IsSmall(b)) {
    int64_t product = 0;
    if (!__builtin_mul_overflow(a.AsInt(), b.AsInt(), &product)) return Value(product);
  }
  if (BothInteger(a, b)) {
    ChargeProduct(a, b);
    return ApplyBig(mp_mul, a, b);
  }
  if (BothNumber(a, b)) return Value(ToDouble(a) * ToDouble(b));
  if (IsRepeatable(a) && IsInteger(b)) return Repeat(a, b);
  if (IsRepeatable(b) && IsInteger(a)) return Repeat(b, a);
  if (a.IsUndefined()) ThrowUndefined(a);
  if (b.IsUndefined()) ThrowUndefined(b);
  if (IsRepeatable(a) || IsRepeatable(b)) {
    const Value& other = IsRepeatable(a) ? b : a;
    throw Error(ErrorKind::kType, "can't multiply sequence by non-int of type '" +
                                      std::string(TypeName(other)) + "'");
  }
  Unsupported("*", a, b);
}

Value TrueDivide(const Value& a, const Value& b) {
  if (!BothNumber(a, b)) Unsupported("/", a, b);
  if (!Truth(b)) {
    throw ZeroDivision(BothInteger(a, b) ? "division by zero" : "float division by zero");
  }
  if (a.kind() == Kind::kBigInt && IsInteger(b)) {
    // Scaled so that the quotient of two huge integers does not overflow on the way.
    const Quotient parts = FloorDivideBig(a, b);
    if (mp_iszero(parts.rest.get())) return Value(ToDouble(MakeInt(parts.quotient)));
  }
  return Value(ToDouble(a) / ToDouble(b));
}

Value FloorDivide(const Value& a, const Value& b) {
  if (!BothNumber(a, b)) Unsupported("//", a, b);
  if (!Truth(b)) {
    throw ZeroDivision(BothInteger(a, b) ? "integer division or modulo by zero"
                                         : "float floor division by zero");
  }
  if (IsSmall(a) && IsSmall(b) && b.AsInt() != -1) {
    int64_t quotient = a.AsInt() / b.AsInt();
    if (a.AsInt() % b.AsInt() != 0 && (a.AsInt() < 0) != (b.AsInt() < 0)) --quotient;
    return Value(quotient);
  }
  if (BothInteger(a, b)) return MakeInt(FloorDivideBig(a, b).quotient);
  return Value(PythonFloor(ToDouble(a), ToDouble(b)));
}

Value Modulo(const Value& a, const Value& b) {
  if (a.IsString()) return PrintfFormat(a, b);
  if (!BothNumber(a, b)) Unsupported("%", a, b);
  if (!Truth(b)) {
    throw ZeroDivision(BothInteger(a, b) ? "integer modulo by zero" : "float modulo");
  }
  if (IsSmall(a) && IsSmall(b) && b.AsInt() != -1) {
    int64_t rest = a.AsInt() % b.AsInt();
    if (rest != 0 && (rest < 0) != (b.AsInt() < 0)) rest += b.AsInt();
    return Value(rest);
  }
  if (BothInteger(a, b)) return MakeInt(FloorDivideBig(a, b).rest);
  return Value(PythonModulo(ToDouble(a), ToDouble(b)));
}

Value Power(const Value& a, const Value& b) {
  if (!BothNumber(a, b)) Unsupported("** or pow()", a, b);
  const bool integers = BothInteger(a, b);
  const bool negative_power = IsSmall(b) ? b.AsInt() < 0 : ToDouble(b) < 0;
  if (integers && !negative_power) return PowerOfIntegers(a, b);
  const double base = ToDouble(a);
  const double exponent = ToDouble(b);
  if (base == 0 && exponent < 0) {
    throw ZeroDivision("0.0 cannot be raised to a negative power");
  }
  if (base < 0 && exponent != std::floor(exponent) && std::isfinite(exponent)) {
    auto* number = new ComplexRep;
    const double size = std::pow(-base, exponent);
    number->real = size * std::cos(exponent * M_PI);
    number->imaginary = size * std::sin(exponent * M_PI);
    return Value::Adopt(Kind::kComplex, number);
  }
  const double result = std::pow(base, exponent);
  if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent)) {
    throw Error(ErrorKind::kOverflow, "(34, 'Numerical result out of range')");
  }
  return Value(result);
}

Value Negate(const Value& a) {
  if (IsSmall(a) && a.AsInt() != INT64_MIN) return Value(-a.AsInt());
  if (IsInteger(a)) return ApplyBig(mp_sub, Value(0), a);
  if (a.IsFloat()) return Value(-a.AsFloat());
  if (a.IsUndefined()) ThrowUndefined(a);
  throw Error(ErrorKind::kType, "bad operand type for unary -: '" + std::string(TypeName(a)) + "'");
}

Value Positive(const Value& a) {
  if (a.IsBool()) return Value(a.AsInt());
  if (a.IsNumber()) return a;
  if (a.IsUndefined()) ThrowUndefined(a);
  throw Error(ErrorKind::kType, "bad operand type for unary +: '" + std::string(TypeName(a)) + "'");
}

}  // namespace scaffold
