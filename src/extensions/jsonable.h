// Values that JSON has no form for, as pydantic writes them.

#pragma once

#include "scaffold/value.h"

namespace scaffold {

// The value with dates as ISO texts, sets and generators as lists, bytes as text, map-like objects
// as dicts. What pydantic does not know ends in the ValueError that Copier's `to_json` gives.
Value ToJsonable(const Value& value);

}  // namespace scaffold
