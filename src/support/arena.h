// Arena: memory for objects that die together (syntax nodes).
//
// Only trivially destructible types: nothing is destroyed, the blocks are freed.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace scaffold {

class Arena {
 public:
  // `first_block` is the size of the first block of memory, which is taken when it is needed.
  explicit Arena(size_t first_block = 4096) : block_size_(first_block) {}
  ~Arena() {
    while (last_ != nullptr) ::operator delete(std::exchange(last_, last_->previous));
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <typename T, typename... A>
  T* New(A&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (Allocate(sizeof(T), alignof(T))) T{std::forward<A>(args)...};
  }
  // A copy of `items` that lives as long as the arena.
  template <typename T>
  std::span<T> Copy(const std::vector<T>& items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    T* data = static_cast<T*>(Allocate(items.size() * sizeof(T), alignof(T)));
    std::memcpy(static_cast<void*>(data), items.data(), items.size() * sizeof(T));
    return {data, items.size()};
  }
  // `count` value-initialised items.
  template <typename T>
  std::span<T> Make(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return {};
    T* data = static_cast<T*>(Allocate(count * sizeof(T), alignof(T)));
    for (size_t i = 0; i < count; ++i) new (data + i) T{};
    return {data, count};
  }
  std::string_view Copy(std::string_view text) {
    if (text.empty()) return {};
    char* data = static_cast<char*>(Allocate(text.size(), 1));
    std::memcpy(data, text.data(), text.size());
    return {data, text.size()};
  }
  void* Allocate(size_t size, size_t alignment) {
    const auto free = static_cast<size_t>(end_ - next_);
    const size_t padding = -reinterpret_cast<uintptr_t>(next_) & (alignment - 1);
    if (padding + size > free) return AllocateFromNewBlock(size);
    std::byte* memory = next_ + padding;
    next_ = memory + size;
    return memory;
  }

 private:
  struct alignas(std::max_align_t) Block {
    Block* previous;
  };

  void* AllocateFromNewBlock(size_t size) {
    const size_t capacity = sizeof(Block) + std::max(size, block_size_);
    auto* memory = static_cast<std::byte*>(::operator new(capacity));
    last_ = new (memory) Block{last_};
    block_size_ = 32768;
    next_ = memory + sizeof(Block) + size;
    end_ = memory + capacity;
    return memory + sizeof(Block);
  }

  Block* last_ = nullptr;
  std::byte* next_ = nullptr;  // the free part of the last block
  std::byte* end_ = nullptr;
  size_t block_size_;  // of the next block
};

}  // namespace scaffold
