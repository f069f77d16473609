// LazyMapping: a mapping for templates whose values are made when they are first asked for.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

class LazyMapping : public Object {
 public:
  using Maker = std::function<Value()>;

  // Keys keep the order in which they are added. REQUIRES: not added before.
  void Add(std::string key, Value value);
  void AddLazy(std::string key, Maker maker);

  // Makes the value at the first call. A value that asks for itself throws kRecursion.
  std::optional<Value> Get(std::string_view key);
  const std::vector<std::string>& keys() const { return keys_; }

  std::string_view TypeName() const override { return "LazyDict"; }
  bool Truth() const override { return !keys_.empty(); }
  std::optional<size_t> Length() const override { return keys_.size(); }
  std::unique_ptr<Iterator> Iterate() override;
  std::optional<Value> GetAttr(std::string_view name) override;
  std::optional<Value> GetItem(const Value& key) override;
  bool IsSubscriptable() const override { return true; }
  std::optional<bool> Contains(const Value& key) const override;
  bool IsMapping() const override { return true; }

 private:
  struct Entry {
    Value value;
    Maker maker;  // empty once the value is there
    bool making = false;
  };
  std::vector<std::string> keys_;
  std::vector<Entry> entries_;  // beside keys_
};

// A function for templates.
using NativeFunction = std::function<Value(const Args& args)>;
Value MakeFunction(std::string name, NativeFunction function);

}  // namespace scaffold
