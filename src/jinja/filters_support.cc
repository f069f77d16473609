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
  if (fold_case && value.IsString()) return CallPython(state, value, "lower");
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
  explicit LazyIterator(std::function<bool(Value*)> next) : next_(std::move(next)) {}
  // As in Python, a generator that has raised or ended stays ended.
  bool Next(Value* out) override {
    if (!next_) return false;
    std::function<bool(Value*)> next = std::move(next_);
    next_ = nullptr;
    if (!next(out)) return false;
    next_ = std::move(next);
    return true;
  }

 private:
  std::function<bool(Value*)> next_;
};

}  // namespace

Value MakeLazy(std::string_view name, std::function<bool(Value*)> next) {
  return MakeGenerator(name, std::make_unique<LazyIterator>(std::move(next)));
}

bool Flag(const BoundArgs& args, size_t index, bool fallback) {
  return args.Has(index) ? Truth(*args[index]) : fallback;
}

namespace {

using Entries = std::vector<SortEntry>;
using Less = std::function<bool(const Value&, const Value&)>;

// CPython listobject.c count_run: the length of the run at `begin`; a descending one is reversed.
size_t TakeRun(Entries& entries, size_t begin, size_t end, const Less& less) {
  size_t next = begin + 1;
  if (next == end) return 1;
  const bool descending = less(entries[next].key, entries[begin].key);
  for (++next; next < end; ++next) {
    if (less(entries[next].key, entries[next - 1].key) != descending) break;
  }
  if (descending) {
    std::reverse(entries.begin() + static_cast<std::ptrdiff_t>(begin),
                 entries.begin() + static_cast<std::ptrdiff_t>(next));
  }
  return next - begin;
}

// CPython's binarysort: [begin, sorted) is in order already.
void InsertBinary(Entries& entries, size_t begin, size_t sorted, size_t end, const Less& less) {
  for (; sorted < end; ++sorted) {
    size_t low = begin;
    size_t high = sorted;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (less(entries[sorted].key, entries[middle].key)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    std::rotate(entries.begin() + static_cast<std::ptrdiff_t>(low),
                entries.begin() + static_cast<std::ptrdiff_t>(sorted),
                entries.begin() + static_cast<std::ptrdiff_t>(sorted + 1));
  }
}

// Merges [begin, middle) and [middle, end); does not rely on `less` being consistent.
void MergeRuns(Entries& entries, size_t begin, size_t middle, size_t end, const Less& less) {
  Entries left(std::make_move_iterator(entries.begin() + static_cast<std::ptrdiff_t>(begin)),
               std::make_move_iterator(entries.begin() + static_cast<std::ptrdiff_t>(middle)));
  size_t out = begin;
  size_t next = 0;
  while (next < left.size() && middle < end) {
    if (less(entries[middle].key, left[next].key)) {
      entries[out++] = std::move(entries[middle++]);
    } else {
      entries[out++] = std::move(left[next++]);
    }
  }
  while (next < left.size()) entries[out++] = std::move(left[next++]);
}

// Below 64 entries CPython's sort is one binary insertion sort; longer lists are merged from runs
// of 32 to 63 entries.
size_t MinimumRun(size_t size) {
  size_t carry = 0;
  while (size >= 64) {
    carry |= size & 1;
    size >>= 1;
  }
  return size + carry;
}

}  // namespace

void SortPython(Entries* entries, bool reverse, const Less& less) {
  if (entries->size() < 2) return;
  if (reverse) std::reverse(entries->begin(), entries->end());
  const size_t minimum = MinimumRun(entries->size());
  std::vector<size_t> bounds{0};
  while (bounds.back() < entries->size()) {
    const size_t begin = bounds.back();
    const size_t run = TakeRun(*entries, begin, entries->size(), less);
    const size_t end = std::max(begin + run, std::min(begin + minimum, entries->size()));
    InsertBinary(*entries, begin, begin + run, end, less);
    bounds.push_back(end);
  }
  while (bounds.size() > 2) {
    std::vector<size_t> merged{0};
    for (size_t i = 2; i < bounds.size(); i += 2) {
      MergeRuns(*entries, bounds[i - 2], bounds[i - 1], bounds[i], less);
      merged.push_back(bounds[i]);
    }
    if (bounds.size() % 2 == 0) merged.push_back(bounds.back());
    bounds = std::move(merged);
  }
  if (reverse) std::reverse(entries->begin(), entries->end());
}

}  // namespace scaffold::jinja
