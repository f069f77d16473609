// Time zones by name, from the system's zone files.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

struct ZoneOffset {
  int32_t seconds = 0;  // east of UTC
  std::string name;     // "CET"
};

// What a time zone expression of the arrow library ("utc", "local", "+02:00", "Europe/Berlin")
// means at a moment (seconds since the epoch); nullopt when there is no such zone.
std::optional<ZoneOffset> FindZoneOffset(std::string_view expression, int64_t moment);

}  // namespace scaffold
