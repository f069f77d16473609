// Error reports: an Error laid out for a person.

#pragma once

#include <string>

#include "scaffold/error.h"

namespace scaffold {

enum class ColorMode : uint8_t { kNever, kAlways };

// "error: MESSAGE", then place, source line with carets, help and notes, each when there; ends with
// a newline. Untrusted control characters are escaped.
std::string FormatError(const Error& error, ColorMode color = ColorMode::kNever);

}  // namespace scaffold
