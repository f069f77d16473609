#include "value/limits.h"

#include <ctime>
#include <string>

#include "scaffold/error.h"

namespace scaffold {
namespace {

struct Usage {
  Limits limits;
  uint64_t bytes = 0;
  uint64_t steps = 0;
  uint64_t next_look = 0;  // the steps at which the clock is read again
  int64_t begin = -1;      // the thread's clock at the first look; asking it costs more than a
                           // short template
  int scopes = 0;
};

constexpr uint64_t kStepsBetweenLooks = 16'384;

thread_local Usage usage;

[[noreturn]] void ThrowLimit(std::string_view what, uint64_t limit, std::string_view unit = "") {
  throw Error(ErrorKind::kLimit, std::string(what) + " limit exceeded (" + std::to_string(limit) +
                                     std::string(unit) + ")")
      .WithHelp("the template asks for more than any honest template needs");
}

int64_t ThreadMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

LimitScope::LimitScope(const Limits& limits) : outermost_(usage.scopes == 0) {
  ++usage.scopes;
  if (!outermost_) return;
  usage.limits = limits;
  usage.bytes = 0;
  usage.steps = 0;
  usage.next_look = kStepsBetweenLooks;
  usage.begin = -1;
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
  if (usage.steps >= usage.next_look) CheckTime();
}

void CheckTime() {
  if (usage.scopes == 0) return;
  usage.next_look = usage.steps + kStepsBetweenLooks;
  const uint32_t limit = usage.limits.milliseconds;
  const int64_t now = ThreadMilliseconds();
  if (usage.begin < 0) usage.begin = now;
  if (now - usage.begin > limit) ThrowLimit("processor time", limit, " ms");
}

}  // namespace scaffold
