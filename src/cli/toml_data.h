// TOML text to Values, with the types that Python's tomllib gives.

#pragma once

#include "scaffold/value.h"
#include "support/source.h"

namespace scaffold::cli {

// Throws Error(kConfig) with the place. The text must be UTF-8.
Value LoadToml(const Source& source);

}  // namespace scaffold::cli
