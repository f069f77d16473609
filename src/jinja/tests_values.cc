// Tests that ask what a value is.

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

bool IsBoolean(State&, const Value& input, const BoundArgs&) { return input.IsBool(); }

bool IsCallableValue(State&, const Value& input, const BoundArgs& args) {
  CheckSingleArgument("callable", args, 1);
  // jinja2.Undefined has a __call__ (which raises).
  return input.IsUndefined() || IsCallable(input);
}

bool IsDefined(State&, const Value& input, const BoundArgs&) { return !input.IsUndefined(); }
bool IsUndefinedValue(State&, const Value& input, const BoundArgs&) { return input.IsUndefined(); }

bool IsEscaped(State&, const Value& input, const BoundArgs&) { return HasHtml(input); }

bool IsTrue(State&, const Value& input, const BoundArgs&) {
  return input.IsBool() && input.AsBool();
}
bool IsFalse(State&, const Value& input, const BoundArgs&) {
  return input.IsBool() && !input.AsBool();
}

bool IsFilter(State& state, const Value& input, const BoundArgs&) {
  Hash(input);  // TypeError for what cannot be a key
  return input.IsString() && HasFilter(state, input.AsString());
}

bool IsTest(State& state, const Value& input, const BoundArgs&) {
  Hash(input);
  return input.IsString() && HasTest(state, input.AsString());
}

bool IsFloatValue(State&, const Value& input, const BoundArgs&) { return input.IsFloat(); }

bool IsIntegerValue(State&, const Value& input, const BoundArgs&) {
  return IsInteger(input) && !input.IsBool();
}

bool IsIterable(State&, const Value& input, const BoundArgs&) {
  return TryIterate(input) != nullptr;
}

bool IsLower(State& state, const Value& input, const BoundArgs&) {
  return CallPython(state, PlainStr(input), "islower").AsBool();
}

bool IsUpper(State& state, const Value& input, const BoundArgs&) {
  return CallPython(state, PlainStr(input), "isupper").AsBool();
}

bool IsMapping(State&, const Value& input, const BoundArgs&) {
  return input.IsDict() || (input.IsObject() && input.AsObject()->IsMapping());
}

bool IsNoneValue(State&, const Value& input, const BoundArgs&) { return input.IsNone(); }

bool IsNumberValue(State&, const Value& input, const BoundArgs&) {
  return input.IsNumber() || input.kind() == Kind::kComplex;
}

// Whether Python's class of the value has __len__ and __getitem__.
bool IsSequenceValue(State&, const Value& input, const BoundArgs&) {
  switch (input.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kBytes:
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kDict:
    case Kind::kRange:
      return true;
    case Kind::kUndefined:
      // A strict Undefined raises in len(), and the test swallows that.
      return UndefinedPolicyOf(input) != UndefinedPolicy::kStrict;
    case Kind::kObject:
      return input.AsObject()->Length().has_value() && input.AsObject()->IsSubscriptable();
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kSet:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      return false;
  }
  return false;
}

bool IsString(State&, const Value& input, const BoundArgs&) { return input.IsString(); }

constexpr TestRow kTests[] = {
    {"boolean", IsBoolean, "test_boolean(value)"},
    {"callable", IsCallableValue, "callable(obj, /, *args, **kwargs)"},
    {"defined", IsDefined, "test_defined(value)"},
    {"escaped", IsEscaped, "test_escaped(value)"},
    {"false", IsFalse, "test_false(value)"},
    {"filter", IsFilter, "test_filter(@env, value)"},
    {"float", IsFloatValue, "test_float(value)"},
    {"integer", IsIntegerValue, "test_integer(value)"},
    {"iterable", IsIterable, "test_iterable(value)"},
    {"lower", IsLower, "test_lower(value)"},
    {"mapping", IsMapping, "test_mapping(value)"},
    {"none", IsNoneValue, "test_none(value)"},
    {"number", IsNumberValue, "test_number(value)"},
    {"sequence", IsSequenceValue, "test_sequence(value)"},
    {"string", IsString, "test_string(value)"},
    {"test", IsTest, "test_test(@env, value)"},
    {"true", IsTrue, "test_true(value)"},
    {"undefined", IsUndefinedValue, "test_undefined(value)"},
    {"upper", IsUpper, "test_upper(value)"},
};

}  // namespace

std::span<const TestRow> ValueTests() { return kTests; }

}  // namespace scaffold::jinja
