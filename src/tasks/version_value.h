// A PEP 440 version as templates see it: the attributes of Python's packaging.version.Version.

#pragma once

#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// REQUIRES: `normalized` is a version in normal form ("1!2.0rc1.post3.dev4+local.5").
Value MakeVersionValue(std::string_view normalized);

}  // namespace scaffold
