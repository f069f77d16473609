// A tuple whose items have names: time.struct_time and datetime.IsoCalendarDate.

#pragma once

#include <span>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// `type` and `names` must outlive the value (string literals).
Value MakeFieldTuple(std::string_view type, std::span<const std::string_view> names, List items);

}  // namespace scaffold
