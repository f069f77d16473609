// Attributes of the built-in types, bound methods and type objects.

#include "value/date_time.h"
#include "value/methods.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold {
namespace {

class BoundMethod : public Object {
 public:
  BoundMethod(Value self, std::string_view name, MethodFunction function)
      : self_(std::move(self)), name_(name), function_(function) {}
  std::string_view TypeName() const override { return "builtin_function_or_method"; }
  std::string Repr() const override {
    char address[32];
    std::snprintf(address, sizeof(address), "%p", static_cast<const void*>(self_.payload()));
    return "<built-in method " + name_ + " of " + std::string(scaffold::TypeName(self_)) +
           " object at " + address + ">";
  }
  bool IsCallable() const override { return true; }
  Value Call(CallContext& context, const Args& args) override {
    return function_(context, self_, args);
  }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "__name__") return Value(name_);
    return std::nullopt;
  }

 private:
  Value self_;
  std::string name_;
  MethodFunction function_;
};

// What `x.__class__` gives: only its names can be seen.
class TypeObject : public Object {
 public:
  explicit TypeObject(const Value& instance)
      : name_(scaffold::TypeName(instance)), qualified_(QualifiedTypeName(instance)) {}
  std::string_view TypeName() const override { return "type"; }
  std::string Repr() const override { return "<class '" + qualified_ + "'>"; }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "__name__" || name == "__qualname__") return Value(name_);
    if (name == "__module__") {
      return name_ == qualified_ ? Value("builtins")
                                 : Value(qualified_.substr(0, qualified_.rfind('.')));
    }
    return std::nullopt;
  }
  std::optional<bool> Equals(const Value& other) const override {
    const auto* type = other.ObjectAs<TypeObject>();
    return type != nullptr && type->qualified_ == qualified_;
  }
  bool IsCallable() const override { return true; }

 private:
  std::string name_;
  std::string qualified_;
};

std::optional<Value> NumberAttribute(const Value& value, std::string_view name) {
  if (value.kind() == Kind::kComplex) {
    const auto& number = *static_cast<ComplexRep*>(value.payload());
    if (name == "real") return Value(number.real);
    if (name == "imag") return Value(number.imaginary);
    return std::nullopt;
  }
  const bool real = value.IsFloat();
  if (name == "real") return Positive(value);
  if (name == "imag") return real ? Value(0.0) : Value(0);
  if (name == "numerator" && !real) return Positive(value);
  if (name == "denominator" && !real) return Value(1);
  return std::nullopt;
}

std::optional<Value> RangeAttribute(const RangeRep& range, std::string_view name) {
  if (name == "start") return Value(range.start);
  if (name == "stop") return Value(range.stop);
  if (name == "step") return Value(range.step);
  return std::nullopt;
}

std::optional<Value> GroupAttribute(const Value& pair, std::string_view name) {
  if (name == "grouper") return pair.AsList()[0];
  if (name == "list") return pair.AsList()[1];
  return std::nullopt;
}

std::optional<Value> DataAttribute(const Value& value, std::string_view name) {
  if (value.IsTuple() && static_cast<const ListRep*>(value.payload())->is_group) {
    return GroupAttribute(value, name);
  }
  if (value.IsNumber() || value.kind() == Kind::kComplex) return NumberAttribute(value, name);
  if (value.kind() == Kind::kRange) {
    return RangeAttribute(*static_cast<RangeRep*>(value.payload()), name);
  }
  if (value.kind() >= Kind::kDate && value.kind() <= Kind::kTimeDelta) {
    return DateTimeAttribute(value, name);
  }
  return std::nullopt;
}

}  // namespace

Value MakeBoundMethod(Value self, std::string_view name, MethodFunction function) {
  return MakeObject<BoundMethod>(std::move(self), name, function);
}

std::optional<Value> GetAttribute(const Value& value, std::string_view name) {
  if (value.IsUndefined()) {
    // Python's protocols probe for such names.
    const bool probe = name.starts_with("__") && name.ends_with("__");
    if (!probe && !IsChainable(value)) ThrowUndefined(value);
    if (!probe) return value;
  } else if (value.IsObject()) {
    if (std::optional<Value> attribute = value.AsObject()->GetAttr(name)) return attribute;
  } else {
    if (std::optional<Value> attribute = DataAttribute(value, name)) return attribute;
    if (MethodFunction function = FindMethod(value, name)) {
      return MakeBoundMethod(value, name, function);
    }
  }
  if (name == "__class__") return MakeObject<TypeObject>(value);
  return std::nullopt;
}

std::optional<Value> CallMethod(CallContext& context, const Value& value, std::string_view name,
                                const Args& args) {
  if (!value.IsObject()) {
    if (MethodFunction function = FindMethod(value, name)) return function(context, value, args);
  }
  const std::optional<Value> attribute = GetAttribute(value, name);
  if (!attribute) return std::nullopt;
  return context.Call(*attribute, args);
}

bool IsCallable(const Value& value) { return value.IsObject() && value.AsObject()->IsCallable(); }

}  // namespace scaffold
