// Tests that compare a value with another one.

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

bool ModuloEquals(const Value& value, const Value& number, int rest) {
  return Equal(Modulo(value, number), Value(rest));
}

bool IsDivisibleBy(State&, const Value& input, const BoundArgs& args) {
  return ModuloEquals(input, *args[1], 0);
}

bool IsEven(State&, const Value& input, const BoundArgs&) {
  return ModuloEquals(input, Value(2), 0);
}

bool IsOdd(State&, const Value& input, const BoundArgs&) {
  return ModuloEquals(input, Value(2), 1);
}

bool IsIn(State&, const Value& input, const BoundArgs& args) { return Contains(*args[1], input); }

bool IsSameAs(State&, const Value& input, const BoundArgs& args) { return input.IsSame(*args[1]); }

// The second operand of Python's operator.NAME; other counts have texts of their own.
const Value& Operand(std::string_view name, const BoundArgs& args) {
  if (!args.kwargs().empty()) {
    throw Error(ErrorKind::kType,
                "_operator." + std::string(name) + "() takes no keyword arguments");
  }
  if (args.varargs().size() != 1) {
    throw Error(ErrorKind::kType, std::string(name) + " expected 2 arguments, got " +
                                      std::to_string(1 + args.varargs().size()));
  }
  return args.varargs()[0];
}

bool IsEqual(State&, const Value& input, const BoundArgs& args) {
  return Equal(input, Operand("eq", args));
}

bool IsNotEqual(State&, const Value& input, const BoundArgs& args) {
  return !Equal(input, Operand("ne", args));
}

bool IsLess(State&, const Value& input, const BoundArgs& args) {
  return Compare(Comparison::kLess, input, Operand("lt", args));
}

bool IsLessOrEqual(State&, const Value& input, const BoundArgs& args) {
  return Compare(Comparison::kLessEqual, input, Operand("le", args));
}

bool IsGreater(State&, const Value& input, const BoundArgs& args) {
  return Compare(Comparison::kGreater, input, Operand("gt", args));
}

bool IsGreaterOrEqual(State&, const Value& input, const BoundArgs& args) {
  return Compare(Comparison::kGreaterEqual, input, Operand("ge", args));
}

constexpr std::string_view kEqual = "eq(a, /, *args, **kwargs)";
constexpr std::string_view kNotEqual = "ne(a, /, *args, **kwargs)";
constexpr std::string_view kLess = "lt(a, /, *args, **kwargs)";
constexpr std::string_view kLessOrEqual = "le(a, /, *args, **kwargs)";
constexpr std::string_view kGreater = "gt(a, /, *args, **kwargs)";
constexpr std::string_view kGreaterOrEqual = "ge(a, /, *args, **kwargs)";

constexpr TestRow kTests[] = {
    {"!=", IsNotEqual, kNotEqual},
    {"<", IsLess, kLess},
    {"<=", IsLessOrEqual, kLessOrEqual},
    {"==", IsEqual, kEqual},
    {">", IsGreater, kGreater},
    {">=", IsGreaterOrEqual, kGreaterOrEqual},
    {"divisibleby", IsDivisibleBy, "test_divisibleby(value, num)"},
    {"eq", IsEqual, kEqual},
    {"equalto", IsEqual, kEqual},
    {"even", IsEven, "test_even(value)"},
    {"ge", IsGreaterOrEqual, kGreaterOrEqual},
    {"greaterthan", IsGreater, kGreater},
    {"gt", IsGreater, kGreater},
    {"in", IsIn, "test_in(value, seq)"},
    {"le", IsLessOrEqual, kLessOrEqual},
    {"lessthan", IsLess, kLess},
    {"lt", IsLess, kLess},
    {"ne", IsNotEqual, kNotEqual},
    {"odd", IsOdd, "test_odd(value)"},
    {"sameas", IsSameAs, "test_sameas(value, other)"},
};

}  // namespace

std::span<const TestRow> ComparisonTests() { return kTests; }

}  // namespace scaffold::jinja
