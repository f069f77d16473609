// Ansible's filters on lists, maps and truth.

#include <algorithm>

#include "extensions/ansible_filters.h"
#include "jinja/filters_support.h"
#include "support/text.h"
#include "value/operators.h"

namespace scaffold {
namespace {

using jinja::State;

Error FilterError(std::string message) {
  return Error(ErrorKind::kFilterArgument, std::move(message));
}

Value Bool(State& state, const Value& input, const BoundArgs&) {
  if (input.IsNone() || input.IsBool()) return input;
  if (input.IsString()) {
    const Value lower = jinja::CallPython(state, input, "lower");
    const std::string& text = lower.AsString();
    return Value(text == "yes" || text == "on" || text == "1" || text == "true");
  }
  return Value(Equal(input, Value(1)));
}

Value Ternary(State&, const Value& input, const BoundArgs& args) {
  const Value none_value = args.Or(3, Value());
  if (input.IsNone() && !none_value.IsNone()) return none_value;
  return Truth(input) ? *args[1] : *args[2];
}

Value Mandatory(State&, const Value& input, const BoundArgs& args) {
  if (!input.IsUndefined()) return input;
  const Value message = args.Or(1, Value());
  if (!message.IsNone()) throw FilterError(Str(message));
  const auto* missing = static_cast<const UndefinedRep*>(input.payload());
  const bool named = missing != nullptr && !missing->name.IsNone();
  const std::string name = named ? "\"" + Str(missing->name) + "\" " : "";
  throw FilterError("Mandatory variable " + name + " not defined.");
}

Value TypeDebug(State&, const Value& input, const BoundArgs&) { return Value(TypeName(input)); }

// What ends a list that is flattened.
bool IsNullLike(const Value& value) {
  return value.IsNone() ||
         (value.IsString() && (value.AsString() == "None" || value.AsString() == "null"));
}

bool IsNestedSequence(const Value& value) {
  return value.IsSequence() || value.kind() == Kind::kRange;
}

constexpr int kMaxDepth = 200;

[[noreturn]] void ThrowTooDeep() {
  throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded");
}

void FlattenInto(const Value& input, const Value& levels, int depth, List* out) {
  if (depth > kMaxDepth) ThrowTooDeep();
  auto items = Iterate(input);
  Value item;
  while (items->Next(&item)) {
    if (IsNullLike(item)) return;
    if (!IsNestedSequence(item)) {
      out->push_back(std::move(item));
    } else if (levels.IsNone()) {
      FlattenInto(item, levels, depth + 1, out);
    } else if (Compare(Comparison::kGreaterEqual, levels, Value(1))) {
      const Value fewer = Subtract(jinja::ToPythonInt(levels), Value(1));
      FlattenInto(item, fewer, depth + 1, out);
    } else {
      out->push_back(std::move(item));
    }
  }
}

Value Flatten(State&, const Value& input, const BoundArgs& args) {
  List out;
  FlattenInto(input, args.Or(1, Value()), 0, &out);
  return Value(std::move(out));
}

Value Extract(State&, const Value& input, const BoundArgs& args) {
  if (args[1]->IsUndefined()) ThrowUndefined(*args[1]);
  Value value = Subscript(*args[1], input);
  const Value more = args.Or(2, Value());
  if (more.IsNone()) return value;
  const List keys = more.IsList() ? more.AsList() : List{more};
  for (const Value& key : keys) {
    if (value.IsUndefined()) ThrowUndefined(value);
    try {
      value = Subscript(value, key);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kKey) throw;
      return Value::Undefined();
    }
  }
  return value;
}

Value AnsibleGroupBy(State& state, const Value& input, const BoundArgs& args) {
  const Value arguments[] = {*args[1]};
  const Value groups = state.CallFilter("groupby", input, Args{arguments, {}});
  List out;
  for (const Value& group : groups.AsList()) out.push_back(Value::Tuple(ToList(group)));
  return Value(std::move(out));
}

// --- combine

enum class ListMerge : uint8_t { kReplace, kKeep, kAppend, kPrepend, kAppendNew, kPrependNew };

ListMerge ToListMerge(const Value& name) {
  static constexpr std::string_view kNames[] = {"replace", "keep",      "append",
                                                "prepend", "append_rp", "prepend_rp"};
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (name.IsString() && name.AsString() == kNames[i]) return static_cast<ListMerge>(i);
  }
  throw FilterError(
      "merge_hash: 'list_merge' argument can only be equal to 'replace', 'keep', 'append', "
      "'prepend', 'append_rp' or 'prepend_rp'");
}

bool HasItem(const List& items, const Value& item) {
  return std::any_of(items.begin(), items.end(),
                     [&](const Value& other) { return Equal(item, other); });
}

List Without(const List& items, const List& others) {
  List kept;
  for (const Value& item : items) {
    if (!HasItem(others, item)) kept.push_back(item);
  }
  return kept;
}

Value MergeLists(const Value& low, const Value& high, ListMerge mode) {
  List first;
  List second;
  switch (mode) {
    case ListMerge::kReplace:
      return high;
    case ListMerge::kKeep:
      return low;
    case ListMerge::kAppend:
      first = low.AsList();
      second = high.AsList();
      break;
    case ListMerge::kPrepend:
      first = high.AsList();
      second = low.AsList();
      break;
    case ListMerge::kAppendNew:
      first = Without(low.AsList(), high.AsList());
      second = high.AsList();
      break;
    case ListMerge::kPrependNew:
      first = high.AsList();
      second = Without(low.AsList(), high.AsList());
      break;
  }
  first.insert(first.end(), second.begin(), second.end());
  return Value(std::move(first));
}

[[noreturn]] void ThrowNotDicts(const Value& low, const Value& high) {
  throw FilterError("failed to combine variables, expected dicts but got a '" +
                    std::string(TypeName(low)) + "' and a '" + std::string(TypeName(high)) +
                    "': \n" + Str(low) + "\n" + Str(high));
}

Value MergeDicts(const Value& low, const Value& high, bool recursive, ListMerge mode, int depth) {
  if (depth > kMaxDepth) ThrowTooDeep();
  if (!low.IsDict() || !high.IsDict()) ThrowNotDicts(low, high);
  Dict merged = low.AsDict();
  if (low.AsDict().empty() || (!recursive && mode == ListMerge::kReplace)) {
    for (const Dict::Entry& entry : high.AsDict()) merged.Set(entry.key, entry.value);
    return Value(std::move(merged));
  }
  for (const Dict::Entry& entry : high.AsDict()) {
    const Value* old = low.AsDict().Find(entry.key);
    if (old != nullptr && old->IsDict() && entry.value.IsDict()) {
      merged.Set(entry.key, recursive ? MergeDicts(*old, entry.value, recursive, mode, depth + 1)
                                      : entry.value);
    } else if (old != nullptr && old->IsList() && entry.value.IsList()) {
      merged.Set(entry.key, MergeLists(*old, entry.value, mode));
    } else {
      merged.Set(entry.key, entry.value);
    }
  }
  return Value(std::move(merged));
}

void CheckDefined(const Value& value, int depth) {
  if (depth > kMaxDepth) ThrowTooDeep();
  if (value.IsDict()) {
    for (const Dict::Entry& entry : value.AsDict()) CheckDefined(entry.value, depth + 1);
  } else if (value.IsList()) {
    for (const Value& item : value.AsList()) CheckDefined(item, depth + 1);
  } else if (value.IsUndefined()) {
    throw FilterError(Str(value) + " is undefined");
  }
}

Value Combine(State&, const Value& input, const BoundArgs& args) {
  Value recursive(false);
  Value list_merge("replace");
  for (const NamedValue& argument : args.kwargs()) {
    if (argument.name == "recursive") {
      recursive = argument.value;
    } else if (argument.name == "list_merge") {
      list_merge = argument.value;
    } else {
      throw FilterError("'recursive' and 'list_merge' are the only valid keyword arguments");
    }
  }
  List given{input};
  given.insert(given.end(), args.varargs().begin(), args.varargs().end());
  List terms;
  FlattenInto(Value(std::move(given)), Value(1), 0, &terms);
  for (const Value& term : terms) CheckDefined(term, 0);
  if (terms.empty()) return Value(Dict());
  if (terms.size() == 1) return terms[0];
  // Merged from the last one down, which shows in the order of joined lists.
  Value merged = terms.back();
  for (size_t i = terms.size() - 1; i-- > 0;) {
    merged = MergeDicts(terms[i], merged, Truth(recursive), ToListMerge(list_merge), 0);
  }
  return merged;
}

// --- subelements

List PathOf(const Value& subelements) {
  if (subelements.IsList()) return subelements.AsList();
  if (!subelements.IsString()) throw FilterError("subelements must be a list or a string");
  List path;
  for (const std::string_view part : Split(subelements.AsString(), '.')) path.emplace_back(part);
  return path;
}

// The list at `path` below `element`; nullopt when it is missing and may be.
std::optional<Value> FollowPath(const Value& element, const List& path, bool skip_missing) {
  Value values = element;
  for (size_t i = 0; i < path.size(); ++i) {
    if (!values.IsDict()) {
      throw FilterError("the key " + Str(path[i]) + " should point to a dictionary, got \"" +
                        Str(values) + "\"");
    }
    const Value* found = values.AsDict().Find(path[i]);
    if (found == nullptr) {
      if (skip_missing) return std::nullopt;
      throw FilterError("could not find " + Repr(path[i]) + " key in iterated item " +
                        Repr(values));
    }
    values = Value(*found);
  }
  return values;
}

Value Subelements(State&, const Value& input, const BoundArgs& args) {
  List elements;
  if (input.IsDict()) {
    for (const Dict::Entry& entry : input.AsDict()) elements.push_back(entry.value);
  } else if (input.IsList()) {
    elements = input.AsList();
  } else {
    throw FilterError("obj must be a list of dicts or a nested dict");
  }
  const List path = PathOf(*args[1]);
  const bool skip_missing = jinja::Flag(args, 2, false);
  List pairs;
  for (const Value& element : elements) {
    const std::optional<Value> values = FollowPath(element, path, skip_missing);
    if (!values) continue;
    if (!values->IsList()) {
      throw FilterError("the key " + Repr(path.back()) + " should point to a list, got " +
                        Repr(*values));
    }
    for (const Value& value : values->AsList()) pairs.push_back(Value::Tuple({element, value}));
  }
  return Value(std::move(pairs));
}

constexpr jinja::FilterRow kFilters[] = {
    {"ans_groupby", AnsibleGroupBy, "do_groupby(@environment, value, attribute)"},
    {"bool", Bool, "to_bool(a)"},
    {"combine", Combine, "combine(*terms, **kwargs)"},
    {"extract", Extract, "extract(item, container, morekeys=None)"},
    {"flatten", Flatten, "flatten(mylist, levels=None)"},
    {"mandatory", Mandatory, "mandatory(a, msg=None)"},
    {"subelements", Subelements, "subelements(obj, subelements, skip_missing=False)"},
    {"ternary", Ternary, "ternary(value, true_val, false_val, none_val=None)"},
    {"type_debug", TypeDebug, "<lambda>(o)"},
};

}  // namespace

std::span<const jinja::FilterRow> AnsibleDataFilters() { return kFilters; }

}  // namespace scaffold
