// Resolver: which type the text of a plain scalar has in YAML 1.1, by PyYAML's patterns.

#pragma once

#include <string_view>

#include "yaml/node.h"

namespace scaffold::yaml {

Tag ResolveScalar(std::string_view text);

// The fields of a timestamp as they are written; empty where absent.
struct TimestampFields {
  std::string_view year, month, day, hour, minute, second, fraction;
  std::string_view zone;  // "Z", "+1", "-05:30"
};

// False when the text is no timestamp. Wider than ResolveScalar: a date may have one-digit parts.
bool MatchTimestamp(std::string_view text, TimestampFields* fields);

}  // namespace scaffold::yaml
