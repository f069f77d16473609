// Python's ascii(): repr() with everything beyond ASCII escaped.

#pragma once

#include <string>

#include "scaffold/value.h"

namespace scaffold {

std::string AsciiRepr(const Value& value);

}  // namespace scaffold
