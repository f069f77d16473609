#include "value/limits.h"

#include <string>

#include "scaffold/error.h"

namespace scaffold {
namespace {

struct Usage {
  Limits limits;
  uint64_t bytes = 0;
  uint64_t steps = 0;
  int scopes = 0;
};

thread_local Usage usage;

[[noreturn]] void ThrowLimit(std::string_view what, uint64_t limit) {
  throw Error(ErrorKind::kLimit,
              std::string(what) + " limit exceeded (" + std::to_string(limit) + ")")
      .WithHelp("the template asks for more than any honest template needs");
}

}  // namespace

LimitScope::LimitScope(const Limits& limits) : outermost_(usage.scopes == 0) {
  ++usage.scopes;
  if (!outermost_) return;
  usage.limits = limits;
  usage.bytes = 0;
  usage.steps = 0;
}

LimitScope::~LimitScope() {
  --usage.scopes;
  if (outermost_) usage.limits = Limits{};
}

const Limits& CurrentLimits() { return usage.limits; }

void ChargeBytes(uint64_t bytes) {
  if (bytes > usage.limits.single_value) ThrowLimit("value size", usage.limits.single_value);
  if (usage.scopes == 0) return;
  usage.bytes += bytes;
  if (usage.bytes > usage.limits.bytes) ThrowLimit("memory", usage.limits.bytes);
}

void ChargeSteps(uint64_t steps) {
  if (usage.scopes == 0) return;
  usage.steps += steps;
  if (usage.steps > usage.limits.steps) ThrowLimit("step", usage.limits.steps);
}

}  // namespace scaffold
