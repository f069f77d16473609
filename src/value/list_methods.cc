// The methods of list, tuple and range.

#include <algorithm>

#include "value/arguments.h"
#include "value/limits.h"
#include "value/method_tables.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/sort.h"

namespace scaffold {
namespace {

bool SameItem(const Value& a, const Value& b) { return a.IsSame(b) || Equal(a, b); }

void ChargeItems(size_t count) { ChargeBytes(count * sizeof(Value)); }

Value ListAppend(CallContext&, const Value& self, const Args& args) {
  const Value& item = OneArgument(self, "append", args);
  ChargeItems(1);
  self.MutableList().push_back(item);
  return Value();
}

Value ListClear(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "clear", args);
  List().swap(self.MutableList());
  return Value();
}

Value ListCopy(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "copy", args);
  ChargeItems(self.AsList().size());
  return Value(self.AsList());
}

Value SequenceCount(CallContext&, const Value& self, const Args& args) {
  const Value& item = OneArgument(self, "count", args);
  const List& items = self.AsList();
  return Value(static_cast<int64_t>(std::count_if(
      items.begin(), items.end(), [&](const Value& other) { return SameItem(other, item); })));
}

Value ListExtend(CallContext&, const Value& self, const Args& args) {
  // The copy lets a list extend itself.
  List added = ToList(OneArgument(self, "extend", args));
  ChargeItems(added.size());
  List& items = self.MutableList();
  items.insert(items.end(), added.begin(), added.end());
  return Value();
}

Value SequenceIndex(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "index", args, 1, 3);
  const List& items = self.AsList();
  const auto bound = [&](size_t at, int64_t fallback) {
    return args.positional.size() > at ? StrictBoundArgument(args.positional[at]) : fallback;
  };
  size_t index = ClampIndex(bound(1, 0), items.size());
  const size_t stop = ClampIndex(bound(2, INT64_MAX), items.size());
  for (; index < stop; ++index) {
    if (SameItem(items[index], args.positional[0])) return Value(index);
  }
  throw Error(ErrorKind::kValue, self.IsTuple() ? "tuple.index(x): x not in tuple"
                                                : Repr(args.positional[0]) + " is not in list");
}

Value ListInsert(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "insert", args, 2, 2);
  List& items = self.MutableList();
  const size_t index = ClampIndex(IndexArgument(args.positional[0]), items.size());
  ChargeItems(1);
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), args.positional[1]);
  return Value();
}

Value ListPop(CallContext&, const Value& self, const Args& args) {
  CheckCount(self, "pop", args, 0, 1);
  List& items = self.MutableList();
  int64_t index = args.positional.empty() ? -1 : IndexArgument(args.positional[0]);
  if (items.empty()) throw Error(ErrorKind::kIndex, "pop from empty list");
  const auto size = static_cast<int64_t>(items.size());
  if (index < 0) index += size;
  if (index < 0 || index >= size) throw Error(ErrorKind::kIndex, "pop index out of range");
  Value item = items[static_cast<size_t>(index)];
  items.erase(items.begin() + index);
  return item;
}

Value ListRemove(CallContext&, const Value& self, const Args& args) {
  const Value& item = OneArgument(self, "remove", args);
  List& items = self.MutableList();
  for (size_t i = 0; i < items.size(); ++i) {
    if (!SameItem(items[i], item)) continue;
    const Value removed = items[i];  // may own the list
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    return Value();
  }
  throw Error(ErrorKind::kValue, "list.remove(x): x not in list");
}

Value ListReverse(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "reverse", args);
  std::reverse(self.MutableList().begin(), self.MutableList().end());
  return Value();
}

Value ListSort(CallContext& context, const Value& self, const Args& args) {
  const KeywordArguments given("sort", {"key", "reverse"}, args, 2);
  const bool reverse = given[1] != nullptr && IntArgument(*given[1]) != 0;
  const bool by_key = given[0] != nullptr && !given[0]->IsNone();
  std::vector<SortEntry> entries;
  ChargeBytes(self.AsList().size() * sizeof(SortEntry));
  // Copied first: a key function may change the list.
  for (const Value& item : self.AsList()) entries.push_back({Value(), item});
  for (SortEntry& entry : entries) {
    entry.key = by_key ? context.Call(*given[0], {.positional = {&entry.item, 1}}) : entry.item;
  }
  SortPython(&entries, reverse);
  List sorted;
  sorted.reserve(entries.size());
  for (SortEntry& entry : entries) sorted.push_back(std::move(entry.item));
  self.MutableList() = std::move(sorted);
  return Value();
}

const RangeRep& RangeOf(const Value& self) { return *static_cast<RangeRep*>(self.payload()); }

// The index of an item that equals `wanted`, or -1.
int64_t FindInRange(const RangeRep& range, const Value& wanted) {
  if (wanted.IsFloat()) {
    const double number = wanted.AsFloat();
    const auto whole = static_cast<int64_t>(number);
    const bool exact = number > -9e18 && number < 9e18 && static_cast<double>(whole) == number;
    return exact ? FindInRange(range, Value(whole)) : -1;
  }
  if (!wanted.IsInt() && !wanted.IsBool()) return -1;
  const int64_t distance = wanted.AsInt() - range.start;
  if (distance % range.step != 0) return -1;
  const int64_t index = distance / range.step;
  return index >= 0 && index < range.size() ? index : -1;
}

Value RangeCount(CallContext&, const Value& self, const Args& args) {
  return Value(FindInRange(RangeOf(self), OneArgument(self, "count", args)) >= 0 ? 1 : 0);
}

Value RangeIndex(CallContext&, const Value& self, const Args& args) {
  const Value& wanted = OneArgument(self, "index", args);
  const int64_t index = FindInRange(RangeOf(self), wanted);
  if (index >= 0) return Value(index);
  throw Error(ErrorKind::kValue, IsInteger(wanted) ? Repr(wanted) + " is not in range"
                                                   : "sequence.index(x): x not in sequence");
}

constexpr MethodRow kListMethods[] = {
    {"append", ListAppend},   {"clear", ListClear},   {"copy", ListCopy},
    {"count", SequenceCount}, {"extend", ListExtend}, {"index", SequenceIndex},
    {"insert", ListInsert},   {"pop", ListPop},       {"remove", ListRemove},
    {"reverse", ListReverse}, {"sort", ListSort},
};
constexpr MethodRow kTupleMethods[] = {{"count", SequenceCount}, {"index", SequenceIndex}};
constexpr MethodRow kRangeMethods[] = {{"count", RangeCount}, {"index", RangeIndex}};

}  // namespace

std::span<const MethodRow> ListMethods() { return kListMethods; }
std::span<const MethodRow> TupleMethods() { return kTupleMethods; }
std::span<const MethodRow> RangeMethods() { return kRangeMethods; }

}  // namespace scaffold
