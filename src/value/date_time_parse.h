// date.fromisoformat and its like: the ISO 8601 forms that Python 3.11 reads.

#pragma once

#include <optional>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// REQUIRES: kind is kDate, kDateTime or kTime. nullopt when malformed; ValueError for fields out of
// range.
std::optional<Value> ParseIsoFormat(Kind kind, std::string_view text);

}  // namespace scaffold
