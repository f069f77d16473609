// Appending that stops before a text grows beyond the limits.

#pragma once

#include <string>
#include <string_view>

#include "value/limits.h"

namespace scaffold {

// The whole text is charged when it becomes a value; this only keeps it from growing past the limit
// of a single value before that.
inline void AppendBounded(std::string* out, std::string_view part) {
  const uint64_t size = out->size() + part.size();
  if (size > CurrentLimits().single_value) ChargeBytes(size);
  out->append(part);
}

}  // namespace scaffold
