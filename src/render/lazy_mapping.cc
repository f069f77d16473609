#include "render/lazy_mapping.h"

#include <algorithm>
#include <utility>

#include "value/signature.h"

namespace scaffold {
namespace {

class FunctionValue : public Object {
 public:
  FunctionValue(std::string name, NativeFunction function)
      : name_(std::move(name)), function_(std::move(function)) {}
  std::string_view TypeName() const override { return "function"; }
  std::string Repr() const override { return "<function " + name_ + ">"; }
  bool IsCallable() const override { return true; }
  Value Call(CallContext&, const Args& args) override { return function_(args); }

 private:
  std::string name_;
  NativeFunction function_;
};

class KeyIterator : public Iterator {
 public:
  explicit KeyIterator(std::vector<std::string> keys) : keys_(std::move(keys)) {}
  bool Next(Value* out) override {
    if (next_ == keys_.size()) return false;
    *out = Value(keys_[next_++]);
    return true;
  }

 private:
  std::vector<std::string> keys_;
  size_t next_ = 0;
};

List Keys(const LazyMapping& mapping) {
  List keys;
  for (const std::string& key : mapping.keys()) keys.emplace_back(key);
  return keys;
}

List Values(LazyMapping* mapping) {
  List values;
  for (const std::string& key : mapping->keys()) values.push_back(*mapping->Get(key));
  return values;
}

List Items(LazyMapping* mapping) {
  List items;
  for (const std::string& key : mapping->keys()) {
    items.push_back(Value::Tuple({Value(key), *mapping->Get(key)}));
  }
  return items;
}

Value GetOrDefault(LazyMapping* mapping, const Args& args) {
  static const Signature kSignature("get(self, key, default=None)");
  const Value self;
  const BoundArgs bound = kSignature.Bind(&self, args);
  if (std::optional<Value> found = mapping->GetItem(*bound[1])) return *std::move(found);
  return bound.Or(2, Value());
}

}  // namespace

void LazyMapping::Add(std::string key, Value value) {
  keys_.push_back(std::move(key));
  entries_.push_back({.value = std::move(value), .maker = {}});
}

void LazyMapping::AddLazy(std::string key, Maker maker) {
  keys_.push_back(std::move(key));
  entries_.push_back({.value = {}, .maker = std::move(maker)});
}

std::optional<Value> LazyMapping::Get(std::string_view key) {
  const auto found = std::find(keys_.begin(), keys_.end(), key);
  if (found == keys_.end()) return std::nullopt;
  Entry& entry = entries_[static_cast<size_t>(found - keys_.begin())];
  if (!entry.maker) return entry.value;
  if (entry.making) {
    throw Error(ErrorKind::kRecursion, "'" + std::string(key) + "' needs itself to be made");
  }
  entry.making = true;
  try {
    entry.value = entry.maker();
  } catch (Error&) {
    entry.making = false;
    throw;
  }
  entry.making = false;
  entry.maker = nullptr;
  return entry.value;
}

std::unique_ptr<Iterator> LazyMapping::Iterate() { return std::make_unique<KeyIterator>(keys_); }

std::optional<Value> LazyMapping::GetAttr(std::string_view name) {
  if (name != "get" && name != "items" && name != "keys" && name != "values") return std::nullopt;
  ++refs;  // the function keeps the mapping alive
  const Value self = Value::FromObject(this);
  return MakeFunction(std::string(name), [self, name = std::string(name)](const Args& args) {
    auto* mapping = self.ObjectAs<LazyMapping>();
    if (name == "get") return GetOrDefault(mapping, args);
    if (name == "items") return Value(Items(mapping));
    return Value(name == "keys" ? Keys(*mapping) : Values(mapping));
  });
}

std::optional<Value> LazyMapping::GetItem(const Value& key) {
  return key.IsString() ? Get(key.AsString()) : std::nullopt;
}

std::optional<bool> LazyMapping::Contains(const Value& key) const {
  return key.IsString() && std::find(keys_.begin(), keys_.end(), key.AsString()) != keys_.end();
}

Value MakeFunction(std::string name, NativeFunction function) {
  return MakeObject<FunctionValue>(std::move(name), std::move(function));
}

}  // namespace scaffold
