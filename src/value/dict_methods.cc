// The methods of dict.

#include "value/arguments.h"
#include "value/dict_views.h"
#include "value/limits.h"
#include "value/method_tables.h"
#include "value/operators.h"

namespace scaffold {
namespace {

void ChargeEntries(size_t count) { ChargeBytes(count * sizeof(Dict::Entry)); }

Value DictClear(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "clear", args);
  // Swapped out first: an entry may own the dict.
  Dict old;
  std::swap(old, self.MutableDict());
  return Value();
}

Value DictCopy(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "copy", args);
  ChargeEntries(self.AsDict().size());
  return Value(self.AsDict());
}

Value DictFromKeys(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "fromkeys", args, 1, 2);
  const Value value = args.positional.size() > 1 ? args.positional[1] : Value();
  Dict dict;
  const std::unique_ptr<Iterator> keys = Iterate(args.positional[0]);
  for (Value key; keys->Next(&key);) {
    ChargeEntries(1);
    dict.Set(key, value);
  }
  return Value(std::move(dict));
}

Value FallbackArgument(const Args& args) {
  return args.positional.size() > 1 ? args.positional[1] : Value();
}

Value DictGet(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "get", args, 1, 2);
  const Value* found = self.AsDict().Find(args.positional[0]);
  return found == nullptr ? FallbackArgument(args) : *found;
}

Value DictItems(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "items", args);
  return MakeDictView(DictViewKind::kItems, self);
}
Value DictKeys(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "keys", args);
  return MakeDictView(DictViewKind::kKeys, self);
}
Value DictValues(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "values", args);
  return MakeDictView(DictViewKind::kValues, self);
}

Value DictPop(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "pop", args, 1, 2);
  const Value& key = args.positional[0];
  const Value* found = self.AsDict().Find(key);
  if (found != nullptr) {
    Value value = *found;
    self.MutableDict().Erase(key);
    return value;
  }
  if (args.positional.size() > 1) return args.positional[1];
  throw Error(ErrorKind::kKey, Repr(key));
}

Value DictPopItem(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "popitem", args);
  Dict& dict = self.MutableDict();
  if (dict.empty()) throw Error(ErrorKind::kKey, "'popitem(): dictionary is empty'");
  const Dict::Entry last = dict.entries().back();
  dict.Erase(last.key);
  return Value::Tuple({last.key, last.value});
}

Value DictSetDefault(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "setdefault", args, 1, 2);
  const Value& key = args.positional[0];
  if (const Value* found = self.AsDict().Find(key)) return *found;
  ChargeEntries(1);
  self.MutableDict().Set(key, FallbackArgument(args));
  return FallbackArgument(args);
}

void UpdateFromMapping(Dict* dict, const Value& mapping) {
  const List keys = ToList(mapping);
  for (const Value& key : keys) dict->Set(key, Subscript(mapping, key));
}

void UpdateFromPairs(Dict* dict, const Value& pairs) {
  const std::unique_ptr<Iterator> items = Iterate(pairs);
  Value item;
  for (size_t index = 0; items->Next(&item); ++index) {
    const std::string place = "dictionary update sequence element #" + std::to_string(index);
    if (TryIterate(item) == nullptr) {
      throw Error(ErrorKind::kType, "cannot convert " + place + " to a sequence");
    }
    const List pair = ToList(item);
    if (pair.size() != 2) {
      throw Error(ErrorKind::kValue,
                  place + " has length " + std::to_string(pair.size()) + "; 2 is required");
    }
    ChargeEntries(1);
    dict->Set(pair[0], pair[1]);
  }
}

Value DictUpdate(CallContext&, const Value& self, const Args& args) {
  if (args.positional.size() > 1) {
    throw Error(ErrorKind::kType, "update expected at most 1 argument, got " +
                                      std::to_string(args.positional.size()));
  }
  Dict& dict = self.MutableDict();
  if (!args.positional.empty()) {
    const Value& other = args.positional[0];
    // Python looks for a `keys` attribute, which an Undefined refuses.
    if (other.IsUndefined()) ThrowUndefined(other);
    if (other.IsDict()) {
      ChargeEntries(other.AsDict().size());
      const Dict copy = other.AsDict();  // a dict may update itself
      for (const Dict::Entry& entry : copy) dict.Set(entry.key, entry.value);
    } else if (other.IsObject() && other.AsObject()->IsMapping()) {
      UpdateFromMapping(&dict, other);
    } else {
      UpdateFromPairs(&dict, other);
    }
  }
  for (const NamedValue& named : args.named) dict.Set(named.name, named.value);
  return Value();
}

constexpr MethodRow kDictMethods[] = {
    {"clear", DictClear},   {"copy", DictCopy},       {"fromkeys", DictFromKeys},
    {"get", DictGet},       {"items", DictItems},     {"keys", DictKeys},
    {"pop", DictPop},       {"popitem", DictPopItem}, {"setdefault", DictSetDefault},
    {"update", DictUpdate}, {"values", DictValues},
};

}  // namespace

std::span<const MethodRow> DictMethods() { return kDictMethods; }

}  // namespace scaffold
