// Ref: a counted pointer to something of the running render. Counts are not atomic, as in Value.

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace scaffold::jinja {

struct Counted {
  uint32_t refs = 0;
};

template <typename T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(T* object) : object_(object) {
    if (object_ != nullptr) ++object_->refs;
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr && --object_->refs == 0) T::Delete(object_);
  }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }
  explicit operator bool() const { return object_ != nullptr; }
  friend bool operator==(const Ref& ref, std::nullptr_t) { return ref.object_ == nullptr; }

 private:
  T* object_ = nullptr;
};

}  // namespace scaffold::jinja
