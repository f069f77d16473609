#include "jinja/globals.h"

#include "jinja/filters_support.h"
#include "jinja/lipsum.h"
#include "jinja/native_function.h"
#include "scaffold/error.h"
#include "value/limits.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

// A class that templates call: range, dict, cycler, joiner, namespace.
class ClassObject final : public Object {
 public:
  using Construct = Value (*)(CallContext& context, const Args& args);

  ClassObject(std::string_view name, std::string_view printed, Construct construct)
      : name_(name), printed_(printed), construct_(construct) {}

  std::string_view TypeName() const override { return "type"; }
  std::string Repr() const override { return "<class '" + std::string(printed_) + "'>"; }
  bool IsCallable() const override { return true; }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "__name__") return Value(name_);
    return std::nullopt;
  }
  Value Call(CallContext& context, const Args& args) override { return construct_(context, args); }

 private:
  std::string_view name_;
  std::string_view printed_;
  Construct construct_;
};

Value MakeRange(CallContext&, const Args& args) {
  if (!args.named.empty()) throw Error(ErrorKind::kType, "range() takes no keyword arguments");
  const size_t count = args.positional.size();
  if (count == 0) throw Error(ErrorKind::kType, "range expected at least 1 argument, got 0");
  if (count > 3) {
    throw Error(ErrorKind::kType,
                "range expected at most 3 arguments, got " + std::to_string(count));
  }
  auto* range = new RangeRep;
  Value result = Value::Adopt(Kind::kRange, range);
  if (count == 1) {
    range->stop = ToIndex(args.positional[0]);
    return result;
  }
  range->start = ToIndex(args.positional[0]);
  range->stop = ToIndex(args.positional[1]);
  if (count == 3) range->step = ToIndex(args.positional[2]);
  if (range->step == 0) throw Error(ErrorKind::kValue, "range() arg 3 must not be zero");
  return result;
}

Value MakeSafeRange(CallContext& context, const Args& args) {
  if (!args.named.empty()) {
    throw Error(ErrorKind::kType, "safe_range() got an unexpected keyword argument " +
                                      Repr(Value(args.named[0].name)));
  }
  Value range = MakeRange(context, args);
  const int64_t limit = CurrentLimits().range;
  if (static_cast<const RangeRep*>(range.payload())->size() > limit) {
    throw Error(ErrorKind::kOverflow,
                "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" +
                    std::to_string(limit) + ").");
  }
  return range;
}

Value MakeDict(CallContext& context, const Args& args) {
  if (args.positional.size() > 1) {
    throw Error(ErrorKind::kType,
                "dict expected at most 1 argument, got " + std::to_string(args.positional.size()));
  }
  Value dict{Dict()};
  CallMethod(context, dict, "update", args);
  return dict;
}

Value MakeNamespace(CallContext& context, const Args& args) {
  const Value attributes = MakeDict(context, args);
  return MakeObject<Namespace>(attributes.AsDict());
}

class Cycler final : public Object {
 public:
  explicit Cycler(List items) : items_(std::move(items)) {}

  std::string_view TypeName() const override { return "Cycler"; }
  std::string_view ModuleName() const override { return "jinja2.utils"; }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "current") return items_[position_];
    if (name == "pos") return Value(position_);
    if (name == "items") return Value::Tuple(items_);
    if (name != "next" && name != "__next__" && name != "reset") return std::nullopt;
    ++refs;
    const Value self = Value::FromObject(this);
    const bool is_reset = name == "reset";
    return MakeFunction(std::string(name), [self, is_reset](CallContext&, const Args&) {
      auto* cycler = static_cast<Cycler*>(self.AsObject());
      return is_reset ? cycler->Reset() : cycler->Next();
    });
  }

 private:
  Value Next() {
    Value current = items_[position_];
    position_ = (position_ + 1) % items_.size();
    return current;
  }
  Value Reset() {
    position_ = 0;
    return Value();
  }

  List items_;
  size_t position_ = 0;
};

Value MakeCycler(CallContext&, const Args& args) {
  if (!args.named.empty()) {
    throw Error(ErrorKind::kType, "Cycler.__init__() got an unexpected keyword argument " +
                                      Repr(Value(args.named[0].name)));
  }
  if (args.positional.empty()) {
    throw Error(ErrorKind::kRuntime, "at least one item has to be provided");
  }
  return MakeObject<Cycler>(List(args.positional.begin(), args.positional.end()));
}

class Joiner final : public Object {
 public:
  explicit Joiner(Value separator) : separator_(std::move(separator)) {}

  std::string_view TypeName() const override { return "Joiner"; }
  std::string_view ModuleName() const override { return "jinja2.utils"; }
  bool IsCallable() const override { return true; }
  std::optional<Value> GetAttr(std::string_view name) override {
    if (name == "sep") return separator_;
    if (name == "used") return Value(used_);
    return std::nullopt;
  }
  Value Call(CallContext&, const Args&) override {
    if (used_) return separator_;
    used_ = true;
    return Value("");
  }

 private:
  Value separator_;
  bool used_ = false;
};

Value MakeJoiner(CallContext&, const Args& args) {
  static const Signature signature("Joiner.__init__(self, sep)");
  const Value self;
  Args defaulted = args;
  const Value comma(", ");
  if (args.positional.empty() && args.named.empty()) defaulted.positional = {&comma, 1};
  return MakeObject<Joiner>(*signature.Bind(&self, defaulted)[1]);
}

Value CallLipsum(CallContext&, const Args& args) {
  static const Signature signature("generate_lorem_ipsum(n=5, html=True, min=20, max=100)");
  const BoundArgs bound = signature.Bind(nullptr, args);
  return GenerateLoremIpsum(ToIndex(bound.Or(0, Value(5))), Truth(bound.Or(1, Value(true))),
                            ToIndex(bound.Or(2, Value(20))), ToIndex(bound.Or(3, Value(100))));
}

}  // namespace

std::string Namespace::Repr() const {
  return "<Namespace " + scaffold::Repr(Value(attributes_)) + ">";
}

std::optional<Value> Namespace::GetAttr(std::string_view name) {
  const Value* found = attributes_.Find(name);
  return found == nullptr ? std::nullopt : std::optional<Value>(*found);
}

void AddDefaultGlobals(Dict* globals, Sandbox sandbox) {
  globals->Set("range", sandbox == Sandbox::kOff
                            ? MakeObject<ClassObject>("range", "range", MakeRange)
                            : MakeFunction("safe_range", MakeSafeRange));
  globals->Set("dict", MakeObject<ClassObject>("dict", "dict", MakeDict));
  globals->Set("lipsum", MakeFunction("generate_lorem_ipsum", CallLipsum));
  globals->Set("cycler", MakeObject<ClassObject>("Cycler", "jinja2.utils.Cycler", MakeCycler));
  globals->Set("joiner", MakeObject<ClassObject>("Joiner", "jinja2.utils.Joiner", MakeJoiner));
  globals->Set("namespace",
               MakeObject<ClassObject>("Namespace", "jinja2.utils.Namespace", MakeNamespace));
}

}  // namespace scaffold::jinja
