#include "jinja/loop.h"

#include "jinja/evaluator.h"
#include "jinja/native_function.h"
#include "scaffold/error.h"
#include "value/operators.h"

namespace scaffold::jinja {

Cursor::Cursor(Value iterable) : iterable_(std::move(iterable)) {
  if (iterable_.IsSequence()) {
    kind_ = CursorKind::kList;
  } else if (iterable_.kind() == Kind::kRange) {
    const auto* range = static_cast<const RangeRep*>(iterable_.payload());
    kind_ = CursorKind::kRange;
    number_ = range->start;
    step_ = range->step;
    left_ = range->size();
  } else {
    iterator_ = scaffold::Iterate(iterable_);
  }
}

size_t Cursor::Materialize() {
  List rest;
  Value item;
  while (Next(&item)) rest.push_back(item);
  const size_t size = rest.size();
  iterable_ = Value(std::move(rest));
  kind_ = CursorKind::kList;
  position_ = 0;
  return size;
}

bool LoopContext::Next(Value* out) {
  if (has_after_) {
    *out = std::move(after_);
    has_after_ = false;
  } else if (items_ == nullptr || !items_->Next(out)) {
    return false;
  }
  ++index0_;
  before_ = std::move(current_);
  current_ = *out;
  return true;
}

int64_t LoopContext::length() const {
  if (length_ >= 0) return length_;
  if (items_ == nullptr) return index0_ + 1;
  if (std::optional<size_t> length = items_->Length()) {
    length_ = static_cast<int64_t>(*length);
  } else {
    length_ = static_cast<int64_t>(items_->Materialize()) + index0_ + 1 + (has_after_ ? 1 : 0);
  }
  return length_;
}

const Value* LoopContext::PeekNext() {
  if (!has_after_) has_after_ = items_ != nullptr && items_->Next(&after_);
  return has_after_ ? &after_ : nullptr;
}

Value LoopContext::Attribute(LoopAttribute attribute) {
  switch (attribute) {
    case LoopAttribute::kNone:
      break;
    case LoopAttribute::kIndex:
      return Value(index0_ + 1);
    case LoopAttribute::kIndex0:
      return Value(index0_);
    case LoopAttribute::kRevindex:
      return Value(length() - index0_);
    case LoopAttribute::kRevindex0:
      return Value(length() - index0_ - 1);
    case LoopAttribute::kFirst:
      return Value(index0_ == 0);
    case LoopAttribute::kLast:
      return Value(PeekNext() == nullptr);
    case LoopAttribute::kLength:
      return Value(length());
    case LoopAttribute::kDepth:
      return Value(depth0_ + 1);
    case LoopAttribute::kDepth0:
      return Value(depth0_);
    case LoopAttribute::kPrevitem:
      if (index0_ == 0) return MakeUndefinedHint(policy_, "there is no previous item");
      return before_;
    case LoopAttribute::kNextitem:
      if (const Value* next = PeekNext()) return *next;
      return MakeUndefinedHint(policy_, "there is no next item");
  }
  return Value();
}

std::string LoopContext::Repr() const {
  return "<LoopContext " + std::to_string(index0_ + 1) + "/" + std::to_string(length()) + ">";
}

std::optional<size_t> LoopContext::Length() const { return static_cast<size_t>(length()); }

// Iterating over `loop` advances it and gives (item, loop).
std::unique_ptr<Iterator> LoopContext::Iterate() {
  class Items final : public Iterator {
   public:
    explicit Items(LoopContext* loop) : loop_(loop) {
      ++loop->refs;
      self_ = Value::FromObject(loop);
    }
    bool Next(Value* out) override {
      Value item;
      if (!loop_->Next(&item)) return false;
      *out = Value::Tuple({item, self_});
      return true;
    }

   private:
    LoopContext* loop_;
    Value self_;
  };
  return std::make_unique<Items>(this);
}

std::optional<Value> LoopContext::GetAttr(std::string_view name) {
  static constexpr struct {
    std::string_view name;
    LoopAttribute attribute;
  } kRows[] = {{"index", LoopAttribute::kIndex},       {"index0", LoopAttribute::kIndex0},
               {"revindex", LoopAttribute::kRevindex}, {"revindex0", LoopAttribute::kRevindex0},
               {"first", LoopAttribute::kFirst},       {"last", LoopAttribute::kLast},
               {"length", LoopAttribute::kLength},     {"depth", LoopAttribute::kDepth},
               {"depth0", LoopAttribute::kDepth0},     {"previtem", LoopAttribute::kPrevitem},
               {"nextitem", LoopAttribute::kNextitem}};
  for (const auto& row : kRows) {
    if (row.name == name) return Attribute(row.attribute);
  }
  if (name != "cycle" && name != "changed") return std::nullopt;
  ++refs;
  const Value self = Value::FromObject(this);
  if (name == "cycle") {
    return MakeFunction("cycle", [self](CallContext&, const Args& args) {
      return static_cast<LoopContext*>(self.AsObject())->Cycle(args);
    });
  }
  return MakeFunction("changed", [self](CallContext&, const Args& args) {
    return Value(static_cast<LoopContext*>(self.AsObject())->Changed(args));
  });
}

Value LoopContext::Cycle(const Args& args) const {
  if (args.positional.empty()) throw Error(ErrorKind::kType, "no items for cycling given");
  return args.positional[static_cast<size_t>(index0_) % args.positional.size()];
}

bool LoopContext::Changed(const Args& args) {
  Value value = Value::Tuple(List(args.positional.begin(), args.positional.end()));
  if (last_changed_ && Equal(*last_changed_, value)) return false;
  last_changed_ = std::move(value);
  return true;
}

Value LoopContext::Call(CallContext&, const Args& args) {
  if (args.positional.size() != 1 || !args.named.empty()) {
    throw Error(ErrorKind::kType,
                args.positional.empty()
                    ? "LoopContext.__call__() missing 1 required positional argument: 'iterable'"
                    : "LoopContext.__call__() takes 2 positional arguments but " +
                          std::to_string(args.positional.size() + 1) + " were given");
  }
  if (recursion_.evaluator == nullptr) {
    throw Error(ErrorKind::kType,
                "The loop must have the 'recursive' marker to be called recursively.");
  }
  return recursion_.evaluator->CallRecursiveLoop(recursion_, args.positional[0], depth0_ + 1);
}

}  // namespace scaffold::jinja
