#include "jinja/filters_support.h"

#include <algorithm>
#include <limits>

#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold::jinja {

Value SoftStr(const Value& value) { return value.IsString() ? value : Value(Str(value)); }

Value PlainStr(const Value& value) {
  return value.kind() == Kind::kString ? value : Value(Str(value));
}

std::string TextOf(const Value& value) { return value.IsString() ? value.AsString() : Str(value); }

Value TextLike(const Value& like, std::string text) {
  return like.IsMarkup() ? Value::Markup(std::move(text)) : Value(std::move(text));
}

UndefinedPolicy UndefinedPolicyOf(const Value& undefined) {
  const Payload* payload = undefined.payload();
  return payload == nullptr ? UndefinedPolicy::kDefault
                            : static_cast<const UndefinedRep*>(payload)->policy;
}

bool HasHtml(const Value& value) {
  return value.IsMarkup() ||
         (value.IsUndefined() && UndefinedPolicyOf(value) == UndefinedPolicy::kChainable);
}

Value CallPython(State& state, const Value& value, std::string_view name,
                 std::span<const Value> positional) {
  if (value.IsUndefined()) ThrowUndefined(value);
  if (auto result = CallMethod(state, value, name, Args{positional, {}})) return *result;
  throw Error(ErrorKind::kAttribute, "'" + std::string(TypeName(value)) +
                                         "' object has no attribute '" + std::string(name) + "'");
}

TextMethod::TextMethod(std::string_view name)
    : name_(name),
      of_str_(FindMethod(Value(""), name)),
      of_markup_(FindMethod(Value::Markup(""), name)) {}

Value TextMethod::operator()(State& state, const Value& value,
                             std::span<const Value> positional) const {
  if (value.kind() == Kind::kString) return of_str_(state, value, Args{positional, {}});
  if (value.IsMarkup()) return of_markup_(state, value, Args{positional, {}});
  return CallPython(state, value, name_, positional);
}

bool IsReWord(char32_t c) {
  return c == '_' || IsAlpha(c) || IsDecimal(c) || IsDigit(c) || IsNumeric(c);
}

int64_t ToIndex(const Value& value) {
  if (value.IsInt() || value.IsBool()) return value.AsInt();
  if (value.kind() == Kind::kBigInt) {
    throw Error(ErrorKind::kOverflow, "Python int too large to convert to C ssize_t");
  }
  throw Error(ErrorKind::kType,
              "'" + std::string(TypeName(value)) + "' object cannot be interpreted as an integer");
}

void CheckSingleArgument(std::string_view function, const BoundArgs& args, size_t varargs_index) {
  const std::string name(function);
  if (!args.kwargs().empty()) {
    throw Error(ErrorKind::kType, name + "() takes no keyword arguments");
  }
  if (!args.varargs().empty()) {
    throw Error(ErrorKind::kType, name + "() takes exactly one argument (" +
                                      std::to_string(varargs_index + args.varargs().size()) +
                                      " given)");
  }
}

AttributeGetter::AttributeGetter(const Value* attribute, const Value* fallback) {
  if (fallback != nullptr) fallback_ = *fallback;
  if (attribute == nullptr || attribute->IsNone()) return;
  if (!attribute->IsString()) {
    parts_.push_back(*attribute);
    return;
  }
  const std::string& path = attribute->AsString();
  size_t begin = 0;
  while (true) {
    const size_t end = std::min(path.find('.', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    const bool digits = !part.empty() && std::all_of(part.begin(), part.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    parts_.push_back(digits ? ParsePythonInt(Value(part), Value(10)) : Value(part));
    if (end == path.size()) return;
    begin = end + 1;
  }
}

Value AttributeGetter::Get(State& state, const Value& item, bool fold_case) const {
  Value value = item;
  for (const Value& part : parts_) {
    value = state.GetItem(value, part);
    if (!fallback_.IsNone() && value.IsUndefined()) value = fallback_;
  }
  static const TextMethod lower("lower");
  if (fold_case && value.IsString()) return lower(state, value);
  return value;
}

std::vector<AttributeGetter> MakeAttributeGetters(const Value* attribute) {
  std::vector<AttributeGetter> getters;
  if (attribute == nullptr || !attribute->IsString()) {
    getters.emplace_back(attribute);
    return getters;
  }
  const std::string& names = attribute->AsString();
  size_t begin = 0;
  while (true) {
    const size_t end = std::min(names.find(',', begin), names.size());
    const Value name(names.substr(begin, end - begin));
    getters.emplace_back(&name);
    if (end == names.size()) return getters;
    begin = end + 1;
  }
}

KeptArgs::KeptArgs(const BoundArgs& args)
    : positional(args.varargs().begin(), args.varargs().end()) {
  for (const NamedValue& argument : args.kwargs()) {
    named.emplace_back(std::string(argument.name), argument.value);
  }
}

std::vector<NamedValue> KeptArgs::Named() const {
  std::vector<NamedValue> views;
  for (const auto& [name, value] : named) views.push_back({name, value});
  return views;
}

namespace {

class LazyIterator : public Iterator {
 public:
  explicit LazyIterator(LazyFunction next) : next_(std::move(next)) {}
  // As in Python, a generator that has raised or ended stays ended.
  bool Next(Value* out) override {
    if (!next_) return false;
    State* state = State::Current();
    if (state == nullptr) {
      throw Error(ErrorKind::kRuntime, "a generator is used outside of a render");
    }
    LazyFunction next = std::move(next_);
    next_ = nullptr;
    if (!next(*state, out)) return false;
    next_ = std::move(next);
    return true;
  }

 private:
  LazyFunction next_;
};

}  // namespace

Value MakeLazy(std::string_view name, LazyFunction next) {
  return MakeGenerator(name, std::make_unique<LazyIterator>(std::move(next)));
}

bool Flag(const BoundArgs& args, size_t index, bool fallback) {
  return args.Has(index) ? Truth(*args[index]) : fallback;
}

}  // namespace scaffold::jinja
