#include "jinja/base_state.h"

#include <algorithm>

#include "jinja/sandbox.h"
#include "scaffold/error.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

// The positional arguments of a function that was added to the environment: the value comes first.
List WithInput(const Value& input, const Args& args) {
  List positional;
  positional.reserve(args.positional.size() + 1);
  positional.push_back(input);
  positional.insert(positional.end(), args.positional.begin(), args.positional.end());
  return positional;
}

// What Python finds in the class of Jinja2's Undefined, so that asking for it is no use of the
// value.
constexpr std::string_view kUndefinedClassAttributes[] = {
    "__add__",          "__aiter__",     "__bool__",
    "__call__",         "__complex__",   "__delattr__",
    "__dir__",          "__div__",       "__doc__",
    "__eq__",           "__float__",     "__floordiv__",
    "__format__",       "__ge__",        "__getattr__",
    "__getattribute__", "__getitem__",   "__getstate__",
    "__gt__",           "__hash__",      "__init__",
    "__int__",          "__iter__",      "__init_subclass__",
    "__le__",           "__len__",       "__lt__",
    "__mod__",          "__module__",    "__mul__",
    "__ne__",           "__neg__",       "__new__",
    "__pos__",          "__pow__",       "__radd__",
    "__rdiv__",         "__reduce__",    "__reduce_ex__",
    "__repr__",         "__rfloordiv__", "__rmod__",
    "__rmul__",         "__rpow__",      "__rsub__",
    "__rtruediv__",     "__setattr__",   "__sizeof__",
    "__slots__",        "__str__",       "__sub__",
    "__subclasshook__", "__truediv__",   "_fail_with_undefined_error"};

// The attributes that Jinja2's Undefined has itself. Those of the class are forbidden by the
// sandbox; without one `__class__` alone is there.
std::optional<Value> UndefinedAttribute(const Value& undefined, std::string_view name,
                                        Sandbox sandbox) {
  if (name == "__class__") return GetAttribute(undefined, name);
  if (sandbox != Sandbox::kOff &&
      std::find(std::begin(kUndefinedClassAttributes), std::end(kUndefinedClassAttributes), name) !=
          std::end(kUndefinedClassAttributes)) {
    return undefined;
  }
  if (!name.starts_with("_undefined_")) return std::nullopt;
  static const UndefinedRep kEmpty;
  const auto* rep = static_cast<const UndefinedRep*>(undefined.payload());
  if (rep == nullptr) rep = &kEmpty;
  if (name == "_undefined_name") return rep->name;
  if (name == "_undefined_hint") return rep->hint.empty() ? Value() : Value(rep->hint);
  if (name == "_undefined_message") return Value(UndefinedMessage(undefined));
  if (name == "_undefined_obj" && rep->has_object) return rep->object;
  return std::nullopt;
}

// A chainable undefined answers attributes and items with itself, the others fail.
Value UndefinedMember(const Value& undefined) {
  const auto* rep = static_cast<const UndefinedRep*>(undefined.payload());
  if (rep != nullptr && rep->policy == UndefinedPolicy::kChainable) return undefined;
  ThrowUndefined(undefined);
}

}  // namespace

BaseState::BaseState(Environment& environment)
    : environment_(environment),
      rep_(environment.rep()),
      policy_(rep_.options.undefined),
      sandbox_(rep_.options.sandbox) {}

Value BaseState::GuardAttribute(const Value& object, std::string_view name, Value value) {
  if (sandbox_ == Sandbox::kOff) return value;
  if (std::optional<Value> format = WrapStrFormat(*this, object, name)) return std::move(*format);
  if (IsSafeAttribute(sandbox_, object, name)) return value;
  return UnsafeUndefined(policy_, object, name);
}

// The attribute as the sandbox lets it be seen. It forbids some that this engine does not even
// have.
std::optional<Value> BaseState::FindAttribute(const Value& object, std::string_view name) {
  if (std::optional<Value> value = GetAttribute(object, name)) {
    return GuardAttribute(object, name, std::move(*value));
  }
  if (sandbox_ != Sandbox::kOff && name.starts_with("__") && IsSpecialMethod(object, name)) {
    return UnsafeUndefined(policy_, object, name);
  }
  return std::nullopt;
}

Value BaseState::GetAttr(const Value& object, std::string_view name) {
  if (object.IsUndefined()) {
    std::optional<Value> own = UndefinedAttribute(object, name, sandbox_);
    return own ? GuardAttribute(object, name, std::move(*own)) : UndefinedMember(object);
  }
  if (std::optional<Value> value = FindAttribute(object, name)) return std::move(*value);
  if (object.IsDict()) {
    if (const Value* item = object.AsDict().Find(name)) return *item;
  } else if (std::optional<Value> item = TrySubscript(object, Value(name))) {
    return std::move(*item);
  }
  return UndefinedItem(object, Value(name));
}

Value BaseState::GetItem(const Value& object, const Value& key) {
  if (object.IsUndefined()) return UndefinedMember(object);
  if (std::optional<Value> item = TrySubscript(object, key)) return std::move(*item);
  if (key.IsString()) {
    const std::string& name = key.AsString();
    if (std::optional<Value> value = FindAttribute(object, name)) return std::move(*value);
  }
  return UndefinedItem(object, key);
}

// The `attr` filter: attributes only.
Value BaseState::GetAttrOnly(const Value& object, std::string_view name) {
  if (object.IsUndefined()) return GetAttr(object, name);
  if (std::optional<Value> value = FindAttribute(object, name)) return std::move(*value);
  return UndefinedItem(object, Value(name));
}

Value BaseState::Apply(const FilterRef& filter, const Value& input, const Args& args) {
  if (filter.function != nullptr) {
    return filter.function(*this, input, filter.signature->Bind(&input, args));
  }
  return (*filter.custom)(*this, Args{WithInput(input, args), args.named});
}

bool BaseState::Apply(const TestRef& test, const Value& input, const Args& args) {
  if (test.function != nullptr) {
    return test.function(*this, input, test.signature->Bind(&input, args));
  }
  return Truth((*test.custom)(*this, Args{WithInput(input, args), args.named}));
}

Value BaseState::CallFilter(std::string_view name, const Value& input, const Args& args) {
  const FilterRef filter = rep_.FindFilter(name);
  if (!filter.found()) {
    throw Error(ErrorKind::kTemplateRuntime, "No filter named " + Repr(Value(name)) + ".");
  }
  return Apply(filter, input, args);
}

bool BaseState::CallTest(std::string_view name, const Value& input, const Args& args) {
  const TestRef test = rep_.FindTest(name);
  if (!test.found()) {
    throw Error(ErrorKind::kTemplateRuntime, "No test named " + Repr(Value(name)) + ".");
  }
  return Apply(test, input, args);
}

Value BaseState::Undefined(std::string_view name) { return MakeUndefined(policy_, name); }

Value BaseState::UndefinedHint(std::string hint) {
  return MakeUndefinedHint(policy_, std::move(hint));
}

Value BaseState::UndefinedItem(const Value& object, const Value& name) {
  return MakeUndefinedItem(policy_, object, name);
}

}  // namespace scaffold::jinja
