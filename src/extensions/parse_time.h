// datetime.strptime.

#pragma once

#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// A datetime; throws ValueError with Python's texts.
Value ParseDateTime(std::string_view text, std::string_view format);

// time.strftime of a moment in local time. OverflowError when the system cannot tell its date.
std::string FormatLocalTime(std::string_view format, int64_t seconds);

}  // namespace scaffold
