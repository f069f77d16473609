// The methods of set.

#include "value/arguments.h"
#include "value/limits.h"
#include "value/method_tables.h"
#include "value/operators.h"
#include "value/sets.h"

namespace scaffold {
namespace {

// A set of the items of any iterable.
Value SetFrom(const Value& iterable) {
  Value set = MakeSet();
  const std::unique_ptr<Iterator> items = Iterate(iterable);
  for (Value item; items->Next(&item);) {
    ChargeBytes(sizeof(Dict::Entry));
    SetItems(set).Set(item, Value());
  }
  return set;
}

Value CopyOf(const Value& set) { return SetFrom(set); }

void AddAll(const Value& set, const Value& added) {
  for (const Dict::Entry& entry : SetItems(added)) SetItems(set).Set(entry.key, Value());
}

// The items of `set` that are, or are not, in `other`.
Value Filter(const Value& set, const Value& other, bool keep_shared) {
  Value result = MakeSet();
  for (const Dict::Entry& entry : SetItems(set)) {
    const bool shared = SetItems(other).Find(entry.key) != nullptr;
    if (shared == keep_shared) SetItems(result).Set(entry.key, Value());
  }
  return result;
}

void Assign(const Value& set, const Value& from) { SetItems(set) = SetItems(from); }

Value Union(const Value& self, std::span<const Value> others) {
  Value result = CopyOf(self);
  for (const Value& other : others) AddAll(result, SetFrom(other));
  return result;
}
Value Intersection(const Value& self, std::span<const Value> others) {
  Value result = CopyOf(self);
  for (const Value& other : others) result = Filter(result, SetFrom(other), true);
  return result;
}
Value Difference(const Value& self, std::span<const Value> others) {
  Value result = CopyOf(self);
  for (const Value& other : others) result = Filter(result, SetFrom(other), false);
  return result;
}
Value SymmetricDifference(const Value& self, const Value& iterable) {
  const Value other = SetFrom(iterable);
  Value result = Filter(self, other, false);
  AddAll(result, Filter(other, self, false));
  return result;
}

Value SetAdd(CallContext&, const Value& self, const Args& args) {
  ChargeBytes(sizeof(Dict::Entry));
  SetItems(self).Set(OneArgument(self, "add", args), Value());
  return Value();
}
Value SetClear(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "clear", args);
  SetItems(self).Clear();
  return Value();
}
Value SetCopy(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "copy", args);
  return CopyOf(self);
}
Value SetDiscard(CallContext&, const Value& self, const Args& args) {
  SetItems(self).Erase(OneArgument(self, "discard", args));
  return Value();
}
Value SetRemove(CallContext&, const Value& self, const Args& args) {
  const Value& item = OneArgument(self, "remove", args);
  if (!SetItems(self).Erase(item)) throw Error(ErrorKind::kKey, Repr(item));
  return Value();
}
Value SetPop(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "pop", args);
  if (SetItems(self).empty()) throw Error(ErrorKind::kKey, "'pop from an empty set'");
  Value item = SetItems(self).entries().front().key;
  SetItems(self).Erase(item);
  return item;
}

Value SetUnion(CallContext&, const Value& self, const Args& args) {
  CheckNoKeywords(self, "union", args);
  return Union(self, args.positional);
}
Value SetUpdate(CallContext&, const Value& self, const Args& args) {
  CheckNoKeywords(self, "update", args);
  Assign(self, Union(self, args.positional));
  return Value();
}
Value SetIntersection(CallContext&, const Value& self, const Args& args) {
  CheckNoKeywords(self, "intersection", args);
  return Intersection(self, args.positional);
}
Value SetIntersectionUpdate(CallContext&, const Value& self, const Args& args) {
  CheckNoKeywords(self, "intersection_update", args);
  Assign(self, Intersection(self, args.positional));
  return Value();
}
Value SetDifference(CallContext&, const Value& self, const Args& args) {
  CheckNoKeywords(self, "difference", args);
  return Difference(self, args.positional);
}
Value SetDifferenceUpdate(CallContext&, const Value& self, const Args& args) {
  CheckNoKeywords(self, "difference_update", args);
  Assign(self, Difference(self, args.positional));
  return Value();
}
Value SetSymmetricDifference(CallContext&, const Value& self, const Args& args) {
  return SymmetricDifference(self, OneArgument(self, "symmetric_difference", args));
}
Value SetSymmetricDifferenceUpdate(CallContext&, const Value& self, const Args& args) {
  Assign(self, SymmetricDifference(self, OneArgument(self, "symmetric_difference_update", args)));
  return Value();
}

Value SetIsDisjoint(CallContext&, const Value& self, const Args& args) {
  const Value other = SetFrom(OneArgument(self, "isdisjoint", args));
  return Value(SetItems(Filter(self, other, true)).empty());
}
Value SetIsSubset(CallContext&, const Value& self, const Args& args) {
  const Value other = SetFrom(OneArgument(self, "issubset", args));
  return Value(CompareSets(Comparison::kLessEqual, self, other));
}
Value SetIsSuperset(CallContext&, const Value& self, const Args& args) {
  const Value other = SetFrom(OneArgument(self, "issuperset", args));
  return Value(CompareSets(Comparison::kGreaterEqual, self, other));
}

constexpr MethodRow kSetMethods[] = {
    {"add", SetAdd},
    {"clear", SetClear},
    {"copy", SetCopy},
    {"difference", SetDifference},
    {"difference_update", SetDifferenceUpdate},
    {"discard", SetDiscard},
    {"intersection", SetIntersection},
    {"intersection_update", SetIntersectionUpdate},
    {"isdisjoint", SetIsDisjoint},
    {"issubset", SetIsSubset},
    {"issuperset", SetIsSuperset},
    {"pop", SetPop},
    {"remove", SetRemove},
    {"symmetric_difference", SetSymmetricDifference},
    {"symmetric_difference_update", SetSymmetricDifferenceUpdate},
    {"union", SetUnion},
    {"update", SetUpdate},
};

}  // namespace

std::span<const MethodRow> SetMethods() { return kSetMethods; }

}  // namespace scaffold
