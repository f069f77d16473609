// RecursionGuard: deep nesting ends in Python's RecursionError instead of a stack overflow.

#pragma once

#include <string>

#include "scaffold/error.h"

namespace scaffold {

class RecursionGuard {
 public:
  // `action` ends the message: "in comparison", "while getting the repr of an object".
  explicit RecursionGuard(const char* action) {
    if (++depth_ <= kMaxDepth) return;
    --depth_;
    throw Error(ErrorKind::kRecursion, std::string("maximum recursion depth exceeded ") + action);
  }
  ~RecursionGuard() { --depth_; }
  RecursionGuard(const RecursionGuard&) = delete;
  RecursionGuard& operator=(const RecursionGuard&) = delete;

 private:
  static constexpr int kMaxDepth = 900;  // CPython's recursion limit is 1,000 frames
  static inline thread_local int depth_ = 0;
};

}  // namespace scaffold
