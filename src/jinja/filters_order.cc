// Filters that compare items: sorting, grouping, extremes and duplicates.

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/operators.h"
#include "value/sort.h"

namespace scaffold::jinja {
namespace {

bool Less(const Value& a, const Value& b) { return Compare(Comparison::kLess, a, b); }

// Sort keys of one attribute are lists of one element in Jinja2, and lists compare their elements
// for identity and equality first.
bool LessAsElement(const Value& a, const Value& b) {
  return !a.IsSame(b) && !Equal(a, b) && Less(a, b);
}

Value LowerIfText(State& state, const Value& value) {
  static const TextMethod lower("lower");
  return value.IsString() ? lower(state, value) : value;
}

Value ItemsOf(std::vector<SortEntry>& entries) {
  List items;
  items.reserve(entries.size());
  for (SortEntry& entry : entries) items.push_back(std::move(entry.item));
  return Value(std::move(items));
}

Value Sort(State& state, const Value& input, const BoundArgs& args) {
  const bool reverse = Flag(args, 1, false);
  const bool fold_case = !Flag(args, 2, false);
  const std::vector<AttributeGetter> getters = MakeAttributeGetters(args[3]);
  std::vector<SortEntry> entries;
  auto iterator = Iterate(input);
  Value item;
  while (iterator->Next(&item)) entries.push_back({Value(), std::move(item)});
  for (SortEntry& entry : entries) {
    if (getters.size() == 1) {
      entry.key = getters[0].Get(state, entry.item, fold_case);
      continue;
    }
    List keys;
    for (const AttributeGetter& getter : getters) {
      keys.push_back(getter.Get(state, entry.item, fold_case));
    }
    entry.key = Value(std::move(keys));
  }
  SortPython(&entries, reverse, getters.size() == 1 ? LessAsElement : Less);
  return ItemsOf(entries);
}

Value DictSort(State& state, const Value& input, const BoundArgs& args) {
  const bool fold_case = !Flag(args, 1, false);
  size_t position = 0;
  if (args.Has(2) && Equal(*args[2], Value("value"))) {
    position = 1;
  } else if (args.Has(2) && !Equal(*args[2], Value("key"))) {
    throw Error(ErrorKind::kFilterArgument, "You can only sort by either \"key\" or \"value\"");
  }
  std::vector<SortEntry> entries;
  for (Value& pair : ToList(CallPython(state, input, "items"))) {
    Value key = Subscript(pair, Value(position));
    if (fold_case) key = LowerIfText(state, key);
    entries.push_back({std::move(key), std::move(pair)});
  }
  SortPython(&entries, Flag(args, 3, false), Less);
  return ItemsOf(entries);
}

Value Unique(State&, const Value& input, const BoundArgs& args) {
  struct Work {
    std::unique_ptr<Iterator> items;
    Dict seen;
  };
  auto work = std::make_shared<Work>();
  const bool fold_case = !Flag(args, 1, false);
  return MakeLazy("sync_do_unique", [input, work, fold_case, getter = AttributeGetter(args[2])](
                                        State& state, Value* out) {
    if (work->items == nullptr) work->items = Iterate(input);
    Value item;
    while (work->items->Next(&item)) {
      const Value key = getter.Get(state, item, fold_case);
      if (work->seen.Find(key) != nullptr) continue;
      work->seen.Set(key, Value());
      *out = std::move(item);
      return true;
    }
    return false;
  });
}

Value Extreme(State& state, const Value& input, const BoundArgs& args, Comparison better) {
  auto iterator = Iterate(input);
  Value best;
  if (!iterator->Next(&best)) {
    return state.UndefinedHint("No aggregated item, sequence was empty.");
  }
  const bool fold_case = !Flag(args, 1, false);
  const AttributeGetter getter(args[2]);
  Value best_key = getter.Get(state, best, fold_case);
  Value item;
  while (iterator->Next(&item)) {
    Value key = getter.Get(state, item, fold_case);
    if (!Compare(better, key, best_key)) continue;
    best = std::move(item);
    best_key = std::move(key);
  }
  return best;
}

Value Min(State& state, const Value& input, const BoundArgs& args) {
  return Extreme(state, input, args, Comparison::kLess);
}

Value Max(State& state, const Value& input, const BoundArgs& args) {
  return Extreme(state, input, args, Comparison::kGreater);
}

// Jinja2's named tuple of `groupby`, which prints as a plain tuple.
Value MakeGroup(Value grouper, List items) {
  Value group = Value::Tuple({std::move(grouper), Value(std::move(items))});
  static_cast<ListRep*>(group.payload())->is_group = true;
  return group;
}

Value GroupBy(State& state, const Value& input, const BoundArgs& args) {
  const Value* fallback = args[2] != nullptr && !args[2]->IsNone() ? args[2] : nullptr;
  const bool fold_case = !Flag(args, 3, false);
  const AttributeGetter getter(args[1], fallback);
  std::vector<SortEntry> entries;
  auto iterator = Iterate(input);
  Value item;
  while (iterator->Next(&item)) entries.push_back({Value(), std::move(item)});
  for (SortEntry& entry : entries) entry.key = getter.Get(state, entry.item, fold_case);
  SortPython(&entries, false, Less);

  List groups;
  for (size_t begin = 0; begin < entries.size();) {
    const Value& key = entries[begin].key;
    List members;
    size_t end = begin;
    for (; end < entries.size(); ++end) {
      if (!key.IsSame(entries[end].key) && !Equal(key, entries[end].key)) break;
      members.push_back(entries[end].item);
    }
    // The group shows the key of its first member as it is, not its folded form.
    Value grouper = fold_case ? getter.Get(state, members[0], false) : key;
    groups.push_back(MakeGroup(std::move(grouper), std::move(members)));
    begin = end;
  }
  return Value(std::move(groups));
}

constexpr FilterRow kFilters[] = {
    {"dictsort", DictSort, "do_dictsort(value, case_sensitive=False, by='key', reverse=False)"},
    {"groupby", GroupBy,
     "sync_do_groupby(@environment, value, attribute, default=None, case_sensitive=False)"},
    {"max", Max, "do_max(@environment, value, case_sensitive=False, attribute=None)"},
    {"min", Min, "do_min(@environment, value, case_sensitive=False, attribute=None)"},
    {"sort", Sort,
     "do_sort(@environment, value, reverse=False, case_sensitive=False, attribute=None)"},
    {"unique", Unique, "sync_do_unique(@environment, value, case_sensitive=False, attribute=None)"},
};

}  // namespace

std::span<const FilterRow> OrderFilters() { return kFilters; }

}  // namespace scaffold::jinja
