// dict.keys(), dict.values() and dict.items(): live views of a dict.

#pragma once

#include <cstdint>
#include <optional>

#include "scaffold/value.h"

namespace scaffold {

enum class DictViewKind : uint8_t { kKeys, kValues, kItems };

// REQUIRES: dict is a kDict.
Value MakeDictView(DictViewKind kind, const Value& dict);

}  // namespace scaffold
