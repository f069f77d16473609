#include "jinja/base_state.h"

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

// The attributes that Jinja2's Undefined has itself.
std::optional<Value> UndefinedAttribute(const Value& undefined, std::string_view name) {
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

Value BaseState::GetAttr(const Value& object, std::string_view name) {
  if (object.IsUndefined()) {
    std::optional<Value> own = UndefinedAttribute(object, name);
    return own ? GuardAttribute(object, name, std::move(*own)) : UndefinedMember(object);
  }
  if (std::optional<Value> value = GetAttribute(object, name)) {
    return GuardAttribute(object, name, std::move(*value));
  }
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
    if (std::optional<Value> value = GetAttribute(object, name)) {
      return GuardAttribute(object, name, std::move(*value));
    }
  }
  return UndefinedItem(object, key);
}

// The `attr` filter: attributes only.
Value BaseState::GetAttrOnly(const Value& object, std::string_view name) {
  if (object.IsUndefined()) return UndefinedMember(object);
  if (std::optional<Value> value = GetAttribute(object, name)) {
    return GuardAttribute(object, name, std::move(*value));
  }
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
