// Loops: walking an iterable, and the `loop` object of a for statement.

#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "jinja/context.h"
#include "jinja/frame.h"
#include "jinja/nodes.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

class Evaluator;

// Walks any iterable; lists, tuples and ranges without an iterator object.
class Cursor {
 public:
  // TypeError when the value cannot be iterated.
  explicit Cursor(Value iterable);

  // False at the end.
  bool Next(Value* out) {
    switch (kind_) {
      case CursorKind::kList: {
        const List& items = iterable_.AsList();
        if (position_ >= items.size()) return false;
        *out = items[position_++];
        return true;
      }
      case CursorKind::kRange:
        if (left_ == 0) return false;
        --left_;
        *out = Value(number_);
        number_ =
            static_cast<int64_t>(static_cast<uint64_t>(number_) + static_cast<uint64_t>(step_));
        return true;
      case CursorKind::kIterator:
        return iterator_->Next(out);
    }
    return false;
  }
  const Value& iterable() const { return iterable_; }
  // Everything that is left, as a list that is walked from now on.
  size_t Materialize();

 private:
  enum class CursorKind : uint8_t { kList, kRange, kIterator };

  CursorKind kind_ = CursorKind::kIterator;
  Value iterable_;
  size_t position_ = 0;
  int64_t number_ = 0;
  int64_t step_ = 1;
  int64_t left_ = 0;
  std::unique_ptr<Iterator> iterator_;
};

// The items of a for statement, after its `if`.
class LoopItems {
 public:
  virtual ~LoopItems() = default;
  virtual bool Next(Value* out) = 0;
  // len() of the iterable; nullopt: the rest has to be counted.
  virtual std::optional<size_t> Length() = 0;
  // Turns what is left into a list; its size.
  virtual size_t Materialize() = 0;
};

// What calling `loop` runs again.
struct LoopRecursion {
  Evaluator* evaluator = nullptr;  // null: not a recursive loop
  const For* node = nullptr;
  const TemplateCode* code = nullptr;
  Ref<Frame> frame;  // of the function around the loop
  Ref<Context> context;
};

// The special variable `loop`.
class LoopContext final : public Object {
 public:
  LoopContext(std::unique_ptr<LoopItems> items, int64_t depth0, UndefinedPolicy policy)
      : items_(std::move(items)), depth0_(depth0), policy_(policy) {}

  void MakeRecursive(LoopRecursion recursion) { recursion_ = std::move(recursion); }
  // The loop is over: there is nothing to ask for items any more.
  void Detach() { items_.reset(); }
  // The next item; false at the end.
  bool Next(Value* out);
  // The attributes by number.
  Value Attribute(LoopAttribute attribute);

  std::string_view TypeName() const override { return "LoopContext"; }
  std::string_view ModuleName() const override { return "jinja2.runtime"; }
  std::string Repr() const override;
  bool IsCallable() const override { return true; }
  std::optional<size_t> Length() const override;
  std::unique_ptr<Iterator> Iterate() override;
  std::optional<Value> GetAttr(std::string_view name) override;
  Value Call(CallContext& context, const Args& args) override;

  Value Cycle(const Args& args) const;
  bool Changed(const Args& args);

 private:
  int64_t length() const;
  const Value* PeekNext();

  std::unique_ptr<LoopItems> items_;
  LoopRecursion recursion_;
  int64_t depth0_;
  UndefinedPolicy policy_;
  int64_t index0_ = -1;
  mutable int64_t length_ = -1;
  bool has_after_ = false;
  Value after_;
  Value current_;
  Value before_;
  std::optional<Value> last_changed_;
};

}  // namespace scaffold::jinja
