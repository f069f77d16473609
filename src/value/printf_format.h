// `format % values` for str and Markup, as Python's str.__mod__ does it.

#pragma once

#include "scaffold/value.h"

namespace scaffold {

// REQUIRES: format is kString or kMarkup. Markup escapes what it puts in.
Value PrintfFormat(const Value& format, const Value& values);

}  // namespace scaffold
