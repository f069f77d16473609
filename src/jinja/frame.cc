#include "jinja/frame.h"

#include <algorithm>
#include <new>

namespace scaffold::jinja {

Frame* Frame::New(uint32_t count, Frame* parent) {
  void* memory = ::operator new(sizeof(Frame) + count * sizeof(Value));
  auto* frame = new (memory) Frame;
  frame->slots = reinterpret_cast<Value*>(static_cast<char*>(memory) + sizeof(Frame));
  static_assert(sizeof(Frame) % alignof(Value) == 0);
  frame->count = count;
  for (uint32_t i = 0; i < count; ++i) new (frame->slots + i) Value(MissingValue());
  frame->parent = parent;
  if (parent != nullptr) ++parent->refs;
  return frame;
}

void Frame::Delete(Frame* frame) {
  for (uint32_t i = 0; i < frame->count; ++i) frame->slots[i].~Value();
  Frame* parent = frame->parent;
  frame->~Frame();
  ::operator delete(frame);
  if (parent != nullptr && --parent->refs == 0) Delete(parent);
}

void Frame::Clear() {
  for (uint32_t i = 0; i < count; ++i) slots[i] = MissingValue();
}

ValueStack::~ValueStack() {
  for (const Block& block : blocks_) ::operator delete(block.values);
}

void ValueStack::NextBlock(size_t count) {
  (current_ == 0 ? first_used_ : blocks_[current_ - 1].used) = used_;
  // Blocks behind the current one are empty.
  if (current_ < blocks_.size() && blocks_[current_].capacity < count) {
    for (size_t i = current_; i < blocks_.size(); ++i) ::operator delete(blocks_[i].values);
    blocks_.resize(current_);
  }
  if (current_ == blocks_.size()) {
    const size_t capacity = std::max<size_t>(count, 4096);
    blocks_.push_back({static_cast<Value*>(::operator new(capacity * sizeof(Value))), capacity, 0});
  }
  block_ = blocks_[current_].values;
  capacity_ = blocks_[current_].capacity;
  used_ = 0;
  ++current_;
}

void ValueStack::PreviousBlock() {
  --current_;
  if (current_ == 0) {
    block_ = reinterpret_cast<Value*>(first_);
    capacity_ = kFirst;
    used_ = first_used_;
    return;
  }
  block_ = blocks_[current_ - 1].values;
  capacity_ = blocks_[current_ - 1].capacity;
  used_ = blocks_[current_ - 1].used;
}

}  // namespace scaffold::jinja
