// Frame: the variables of one call of a template function, and the memory they live in.

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "jinja/ref.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// The marker of a slot without a value; no value of a template is equal to it.
inline Value MissingValue() { return Value::Adopt(Kind::kUndefined, nullptr); }
inline bool IsMissing(const Value& value) {
  return value.kind() == Kind::kUndefined && value.payload() == nullptr;
}

// Frames of functions that contain other functions are counted, because closures may keep them; the
// others live on the value stack.
struct Frame : Counted {
  Value* slots = nullptr;
  uint32_t count = 0;
  Frame* parent = nullptr;

  static Frame* New(uint32_t count, Frame* parent);
  static void Delete(Frame* frame);
  // Drops all values, which breaks the circles between frames and macros.
  void Clear();
};

// Values with stack discipline, at addresses that stay.
class ValueStack {
 public:
  ValueStack() = default;
  ValueStack(const ValueStack&) = delete;
  ValueStack& operator=(const ValueStack&) = delete;
  ~ValueStack();

  // Memory for `count` values, not constructed yet.
  Value* Allocate(size_t count) {
    if (used_ + count > capacity_) NextBlock(count);
    Value* values = block_ + used_;
    used_ += count;
    return values;
  }
  // REQUIRES: the last allocation that is still there; its values are destroyed already.
  void Release(Value* values) {
    if (values == block_ && current_ > 0) {
      PreviousBlock();
    } else {
      used_ = static_cast<size_t>(values - block_);
    }
  }

 private:
  struct Block {
    Value* values;
    size_t capacity;
    size_t used;  // when a later block is current
  };

  void NextBlock(size_t count);
  void PreviousBlock();

  static constexpr size_t kFirst = 64;  // enough for most templates, so they need no more memory

  Value* block_ = reinterpret_cast<Value*>(first_);
  size_t used_ = 0;
  size_t capacity_ = kFirst;
  size_t current_ = 0;     // 0 while `first_` is in use, else 1 + the index of the block in use
  size_t first_used_ = 0;  // of `first_`, when a later block is current
  std::vector<Block> blocks_;
  alignas(Value) std::byte first_[kFirst * sizeof(Value)];
};

// Some values on the stack until the end of a C++ scope.
class StackValues {
 public:
  StackValues(ValueStack* stack, size_t capacity)
      : stack_(stack), values_(stack->Allocate(capacity)) {}
  ~StackValues() {
    for (size_t i = size_; i-- > 0;) values_[i].~Value();
    stack_->Release(values_);
  }
  StackValues(const StackValues&) = delete;
  StackValues& operator=(const StackValues&) = delete;

  void Push(Value value) {
    new (values_ + size_) Value(std::move(value));
    ++size_;
  }
  Value* data() const { return values_; }
  size_t size() const { return size_; }
  Value& operator[](size_t index) const { return values_[index]; }

 private:
  ValueStack* stack_;
  Value* values_;
  size_t size_ = 0;
};

}  // namespace scaffold::jinja
