// Limits: what a hostile template may cost, for the thread that renders it.
//
// Operators and methods that can make something huge out of something small ('a' * 10**12,
// 2**10**9,
// '%999999999d') charge the bytes they are about to make; a LimitScope, which the engine opens
// around each render, counts them. Without a scope the defaults apply to each single operation.

#pragma once

#include <cstddef>
#include <cstdint>

namespace scaffold {

struct Limits {
  uint64_t steps = 100'000'000;               // statements and expressions evaluated
  uint64_t bytes = uint64_t{1} << 30;         // bytes of values and output made in one render
  uint64_t single_value = uint64_t{1} << 28;  // bytes of one text, list or integer
  uint32_t depth = 200;                       // nested macro, include and expression levels
  uint32_t milliseconds = 60'000;             // of processor time
  uint32_t range = 100'000;                   // items of range() (Jinja2's sandbox: MAX_RANGE)
};

// Installs limits for this thread until the end of the scope; scopes nest, the inner one shares the
// counters of the outer one.
class LimitScope {
 public:
  explicit LimitScope(const Limits& limits);
  ~LimitScope();
  LimitScope(const LimitScope&) = delete;
  LimitScope& operator=(const LimitScope&) = delete;

 private:
  bool outermost_;
};

const Limits& CurrentLimits();
// Throws Error(kLimit, "...") that names the limit. Called before the memory is taken.
void ChargeBytes(uint64_t bytes);
void ChargeSteps(uint64_t steps);
// Reads the clock; called as well by what may take long in one step.
void CheckTime();

}  // namespace scaffold
