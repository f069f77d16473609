// Filters on numbers, and Python's conversions to int and float.

#include <array>
#include <cmath>
#include <cstdio>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

Value Abs(State&, const Value& input, const BoundArgs& args) {
  CheckSingleArgument("abs", args, 1);
  if (input.IsFloat()) return Value(std::fabs(input.AsFloat()));
  if (IsInteger(input)) {
    return Compare(Comparison::kLess, input, Value(0)) ? Negate(input) : Positive(input);
  }
  if (input.kind() == Kind::kTimeDelta) {
    return Compare(Comparison::kLess, input, Subtract(input, input)) ? Negate(input) : input;
  }
  if (input.kind() == Kind::kComplex) {
    return Value(std::hypot(ToPythonFloat(*GetAttribute(input, "real")),
                            ToPythonFloat(*GetAttribute(input, "imag"))));
  }
  throw Error(ErrorKind::kType,
              "bad operand type for abs(): '" + std::string(TypeName(input)) + "'");
}

bool IsConversionFailure(const Error& error) {
  return error.kind() == ErrorKind::kType || error.kind() == ErrorKind::kValue;
}

Value Int(State&, const Value& input, const BoundArgs& args) {
  try {
    if (input.IsString()) return ParsePythonInt(input, args.Or(2, Value(10)));
    return ToPythonInt(input);
  } catch (const Error& error) {
    if (!IsConversionFailure(error)) throw;
  }
  // Jinja2 filters.py do_int: "42.23"|int gives 42.
  try {
    return ToPythonInt(Value(ToPythonFloat(input)));
  } catch (const Error& error) {
    if (!IsConversionFailure(error) && error.kind() != ErrorKind::kOverflow) throw;
  }
  return args.Or(1, Value(0));
}

Value Float(State&, const Value& input, const BoundArgs& args) {
  try {
    return Value(ToPythonFloat(input));
  } catch (const Error& error) {
    if (!IsConversionFailure(error)) throw;
  }
  return args.Or(1, Value(0.0));
}

std::string OneDecimal(double number) {
  std::array<char, 400> text;
  const int size = std::snprintf(text.data(), text.size(), "%.1f", number);
  return std::string(text.data(), static_cast<size_t>(size));
}

Value FileSizeFormat(State&, const Value& input, const BoundArgs& args) {
  static constexpr double kDecimalUnits[] = {1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24, 1e27};
  static constexpr std::string_view kDecimalNames[] = {"kB", "MB", "GB", "TB",
                                                       "PB", "EB", "ZB", "YB"};
  static constexpr std::string_view kBinaryNames[] = {"KiB", "MiB", "GiB", "TiB",
                                                      "PiB", "EiB", "ZiB", "YiB"};
  const double bytes = ToPythonFloat(input);
  const bool binary = Flag(args, 1, false);
  const double base = binary ? 1024 : 1000;
  if (bytes == 1) return Value("1 Byte");
  if (bytes < base) return Value(Str(ToPythonInt(Value(bytes))) + " Bytes");
  size_t index = 0;
  double unit = 0;
  for (; index < std::size(kDecimalUnits); ++index) {
    unit = binary ? std::ldexp(1.0, static_cast<int>(10 * (index + 2))) : kDecimalUnits[index];
    if (bytes < unit) break;
  }
  index = std::min(index, std::size(kDecimalUnits) - 1);
  const std::string_view name = binary ? kBinaryNames[index] : kDecimalNames[index];
  return Value(OneDecimal(base * bytes / unit) + " " + std::string(name));
}

Value CeilOrFloor(const Value& value, bool ceil) {
  if (IsInteger(value)) return Positive(value);
  if (!value.IsFloat()) {
    throw Error(ErrorKind::kType, "must be real number, not " + std::string(TypeName(value)));
  }
  return ToPythonInt(Value(ceil ? std::ceil(value.AsFloat()) : std::floor(value.AsFloat())));
}

Value Round(State&, const Value& input, const BoundArgs& args) {
  const Value precision = args.Or(1, Value(0));
  const Value method = args.Or(2, "common");
  Hash(method);  // the look-up in Jinja2's set of methods
  if (Equal(method, Value("common"))) return RoundPython(input, precision);
  const bool ceil = Equal(method, Value("ceil"));
  if (!ceil && !Equal(method, Value("floor"))) {
    throw Error(ErrorKind::kFilterArgument, "method must be common, ceil or floor");
  }
  const Value scaled = Multiply(input, Power(Value(10), precision));
  const Value rounded = CeilOrFloor(scaled, ceil);
  return TrueDivide(rounded, Power(Value(10), precision));
}

constexpr FilterRow kFilters[] = {
    {"abs", Abs, "abs(x, /, *args, **kwargs)"},
    {"filesizeformat", FileSizeFormat, "do_filesizeformat(value, binary=False)"},
    {"float", Float, "do_float(value, default=0.0)"},
    {"int", Int, "do_int(value, default=0, base=10)"},
    {"round", Round, "do_round(value, precision=0, method='common')"},
};

}  // namespace

std::span<const FilterRow> NumberFilters() { return kFilters; }

}  // namespace scaffold::jinja
