// InlineVector: a list whose first N items need no memory of their own.
//
// For the lists that every compilation needs and that nearly always stay short. Only trivially
// copyable types.

#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>

#include "support/arena.h"

namespace scaffold::jinja {

template <typename T, size_t N>
class InlineVector {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  InlineVector() : data_(reinterpret_cast<T*>(first_)) {}
  InlineVector(const InlineVector&) = delete;
  InlineVector& operator=(const InlineVector&) = delete;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t index) { return data_[index]; }
  const T& operator[](size_t index) const { return data_[index]; }
  T& back() { return data_[size_ - 1]; }
  void push_back(const T& item) {
    if (size_ == capacity_) {
      const T copy = item;  // may be one of ours
      Grow();
      new (data_ + size_++) T(copy);
      return;
    }
    new (data_ + size_++) T(item);
  }
  void pop_back() { --size_; }
  void clear() { size_ = 0; }
  // REQUIRES: size <= size().
  void Truncate(size_t size) { size_ = size; }
  std::span<T> CopyTo(Arena* arena) const {
    if (size_ == 0) return {};
    T* copy = static_cast<T*>(arena->Allocate(size_ * sizeof(T), alignof(T)));
    std::memcpy(static_cast<void*>(copy), data_, size_ * sizeof(T));
    return {copy, size_};
  }

 private:
  void Grow() {
    const size_t capacity = capacity_ * 2;
    auto more = std::make_unique_for_overwrite<std::byte[]>(capacity * sizeof(T));
    std::memcpy(more.get(), data_, size_ * sizeof(T));
    more_ = std::move(more);
    data_ = reinterpret_cast<T*>(more_.get());
    capacity_ = capacity;
  }

  T* data_;
  size_t size_ = 0;
  size_t capacity_ = N;
  std::unique_ptr<std::byte[]> more_;
  alignas(T) std::byte first_[N * sizeof(T)];
};

}  // namespace scaffold::jinja
