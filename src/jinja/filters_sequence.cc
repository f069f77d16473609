// Filters that take a sequence apart or put one together.

#include <random>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

// What reversed() gives: an iterator that ends once and for all.
class ReverseIterator : public Object {
 public:
  ReverseIterator(std::string_view type_name, List items)
      : type_name_(type_name), items_(std::move(items)) {}

  std::string_view TypeName() const override { return type_name_; }
  std::unique_ptr<Iterator> Iterate() override {
    ++refs;
    return std::make_unique<Cursor>(Value::FromObject(this), &items_);
  }

 private:
  class Cursor : public Iterator {
   public:
    Cursor(Value owner, List* items) : owner_(std::move(owner)), items_(items) {}
    bool Next(Value* out) override {
      if (items_->empty()) return false;
      *out = std::move(items_->back());
      items_->pop_back();
      return true;
    }

   private:
    Value owner_;
    List* items_;
  };

  std::string_view type_name_;
  List items_;
};

// The class of reversed(value), or empty when Python cannot reverse it.
std::string_view ReverseTypeName(const Value& value) {
  if (value.IsList()) return "list_reverseiterator";
  if (value.IsDict()) return "dict_reversekeyiterator";
  if (value.kind() == Kind::kRange) return "range_iterator";
  if (value.IsTuple() || value.IsString() || value.IsUndefined() || value.kind() == Kind::kBytes) {
    return "reversed";
  }
  if (Object* object = value.IsObject() ? value.AsObject() : nullptr) {
    if (object->TypeName() == "dict_keys") return "dict_reversekeyiterator";
    if (object->TypeName() == "dict_values") return "dict_reversevalueiterator";
    if (object->TypeName() == "dict_items") return "dict_reverseitemiterator";
    if (object->IsSubscriptable() && !object->IsMapping() && object->Length()) return "reversed";
  }
  return {};
}

Value Reverse(State&, const Value& input, const BoundArgs&) {
  if (input.IsString()) {
    return Subscript(input, MakeSlice(Value(), Value(), Value(-1)));
  }
  if (const std::string_view name = ReverseTypeName(input); !name.empty()) {
    return MakeObject<ReverseIterator>(name, ToList(input));
  }
  auto iterator = TryIterate(input);
  if (iterator == nullptr) throw Error(ErrorKind::kFilterArgument, "argument must be iterable");
  List items = ToList(input);
  return Value(
      List(std::make_move_iterator(items.rbegin()), std::make_move_iterator(items.rend())));
}

Value First(State& state, const Value& input, const BoundArgs&) {
  Value first;
  if (Iterate(input)->Next(&first)) return first;
  return state.UndefinedHint("No first item, sequence was empty.");
}

Value Last(State& state, const Value& input, const BoundArgs&) {
  if (ReverseTypeName(input).empty()) {
    throw Error(ErrorKind::kType,
                "'" + std::string(TypeName(input)) + "' object is not reversible");
  }
  if (input.IsSequence() && !input.AsList().empty()) return input.AsList().back();
  // Python's reversed() takes the characters by index: those of Markup are Markup.
  if (input.IsString() && Truth(input)) return Subscript(input, Value(-1));
  List items = ToList(input);
  if (!items.empty()) return items.back();
  return state.UndefinedHint("No last item, sequence was empty.");
}

Value Random(State& state, const Value& input, const BoundArgs&) {
  thread_local std::mt19937_64 engine(std::random_device{}());
  const size_t size = Length(input);
  if (size == 0) return state.UndefinedHint("No random item, sequence was empty.");
  std::uniform_int_distribution<size_t> distribution(0, size - 1);
  return Subscript(input, Value(distribution(engine)));
}

Value LengthOf(State&, const Value& input, const BoundArgs& args) {
  CheckSingleArgument("len", args, 1);
  return Value(Length(input));
}

Value ListOf(State&, const Value& input, const BoundArgs&) { return Value(ToList(input)); }

Value Batch(State&, const Value& input, const BoundArgs& args) {
  const Value line_count = *args[1];
  const Value fill = args.Or(2, Value());
  struct Work {
    std::unique_ptr<Iterator> items;
    List batch;
    bool done = false;
  };
  auto work = std::make_shared<Work>();  // std::function must be copyable
  return MakeLazy("do_batch", [input, line_count, fill, work](State&, Value* out) {
    if (work->done) return false;
    if (work->items == nullptr) work->items = Iterate(input);
    Value item;
    while (work->items->Next(&item)) {
      if (Equal(Value(work->batch.size()), line_count)) {
        *out = Value(std::move(work->batch));
        work->batch = {std::move(item)};
        return true;
      }
      work->batch.push_back(std::move(item));
    }
    work->done = true;
    if (work->batch.empty()) return false;
    const Value size(work->batch.size());
    if (!fill.IsNone() && Compare(Comparison::kLess, size, line_count)) {
      const Value more = Multiply(Value(List{fill}), Subtract(line_count, size));
      work->batch.insert(work->batch.end(), more.AsList().begin(), more.AsList().end());
    }
    *out = Value(std::move(work->batch));
    return true;
  });
}

Value Slice(State&, const Value& input, const BoundArgs& args) {
  const Value slices = *args[1];
  const Value fill = args.Or(2, Value());
  struct Work {
    List items;
    int64_t slices = -1;  // -1: not begun
    int64_t per_slice = 0;
    int64_t with_extra = 0;
    int64_t number = 0;
    int64_t offset = 0;
  };
  auto work = std::make_shared<Work>();
  return MakeLazy("sync_do_slice", [input, slices, fill, work](State&, Value* out) {
    if (work->slices < 0) {
      work->items = ToList(input);
      const Value length(work->items.size());
      const Value per_slice = FloorDivide(length, slices);
      const Value with_extra = Modulo(length, slices);
      work->slices = std::max<int64_t>(ToIndex(slices), 0);
      work->per_slice = ToIndex(per_slice);
      work->with_extra = ToIndex(with_extra);
    }
    if (work->number >= work->slices) return false;
    const int64_t begin = work->offset + work->number * work->per_slice;
    const bool extra = work->number < work->with_extra;
    if (extra) ++work->offset;
    const int64_t end = work->offset + (work->number + 1) * work->per_slice;
    List slice(work->items.begin() + begin, work->items.begin() + end);
    if (!fill.IsNone() && !extra) slice.push_back(fill);
    ++work->number;
    *out = Value(std::move(slice));
    return true;
  });
}

// str.join of texts that are all str already.
std::string JoinTexts(const std::string& separator, const List& items) {
  std::string out;
  bool first = true;
  for (const Value& item : items) {
    const std::string& text = item.AsString();
    ChargeBytes(separator.size() + text.size());
    if (!first) out += separator;
    first = false;
    out += text;
  }
  return out;
}

// Jinja2's rules under autoescape: one Markup among separator and items makes the result Markup.
Value JoinEscaped(const Value& separator, List items) {
  if (!HasHtml(separator)) {
    bool escape = false;
    for (Value& item : items) {
      if (HasHtml(item)) {
        escape = true;
      } else {
        item = PlainStr(item);
      }
    }
    if (!escape) return Value(JoinTexts(TextOf(separator), items));
  }
  for (Value& item : items) item = EscapeMarkup(SoftStr(item));
  return Value::Markup(JoinTexts(EscapeMarkup(separator).AsString(), items));
}

Value JoinItems(State& state, const Value& input, const BoundArgs& args) {
  const Value separator = args.Or(1, "");
  const AttributeGetter getter(args[2]);
  const bool has_attribute = args.Has(2) && !args[2]->IsNone();
  auto iterator = Iterate(input);
  Value item;
  if (state.autoescape()) {
    List items;
    while (iterator->Next(&item)) {
      items.push_back(has_attribute ? getter.Get(state, item, false) : item);
    }
    return JoinEscaped(separator, std::move(items));
  }
  const std::string text = Str(separator);
  std::string out;
  bool first = true;
  while (iterator->Next(&item)) {
    if (has_attribute) item = getter.Get(state, item, false);
    const size_t before = out.size();
    if (!first) out += text;
    first = false;
    AppendStr(&out, item);
    ChargeBytes(out.size() - before);
  }
  return Value(std::move(out));
}

Value Sum(State& state, const Value& input, const BoundArgs& args) {
  const AttributeGetter getter(args[1]);
  const bool has_attribute = args.Has(1) && !args[1]->IsNone();
  auto iterator = Iterate(input);
  Value sum = args.Or(2, Value(0));
  if (sum.IsString()) {
    throw Error(ErrorKind::kType, "sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (sum.kind() == Kind::kBytes) {
    throw Error(ErrorKind::kType, "sum() can't sum bytes [use b''.join(seq) instead]");
  }
  Value item;
  while (iterator->Next(&item)) {
    sum = Add(sum, has_attribute ? getter.Get(state, item, false) : item);
  }
  return sum;
}

bool IsMapping(const Value& value) {
  return value.IsDict() || (value.IsObject() && value.AsObject()->IsMapping());
}

Value Items(State&, const Value& input, const BoundArgs&) {
  if (input.IsUndefined()) return MakeLazy("do_items", [](State&, Value*) { return false; });
  auto items = std::make_shared<std::unique_ptr<Iterator>>();
  return MakeLazy("do_items", [input, items](State& state, Value* out) {
    if (*items == nullptr) {
      if (!IsMapping(input)) {
        throw Error(ErrorKind::kType, "Can only get item pairs from a mapping.");
      }
      *items = Iterate(CallPython(state, input, "items"));
    }
    return (*items)->Next(out);
  });
}

constexpr FilterRow kFilters[] = {
    {"batch", Batch, "do_batch(value, linecount, fill_with=None)"},
    {"count", LengthOf, "len(obj, /, *args, **kwargs)"},
    {"first", First, "sync_do_first(@environment, seq)"},
    {"items", Items, "do_items(value)"},
    {"join", JoinItems, "sync_do_join(@eval_ctx, value, d='', attribute=None)"},
    {"last", Last, "do_last(@environment, seq)"},
    {"length", LengthOf, "len(obj, /, *args, **kwargs)"},
    {"list", ListOf, "sync_do_list(value)"},
    {"random", Random, "do_random(@context, seq)"},
    {"reverse", Reverse, "do_reverse(value)"},
    {"slice", Slice, "sync_do_slice(value, slices, fill_with=None)"},
    {"sum", Sum, "sync_do_sum(@environment, iterable, attribute=None, start=0)"},
};

}  // namespace

std::span<const FilterRow> SequenceFilters() { return kFilters; }

}  // namespace scaffold::jinja
