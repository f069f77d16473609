// The manual page, made from the table of flags.

#pragma once

#include <string>

namespace scaffold::cli {

// scaffold(1), in the man macros of roff.
std::string FormatManual();

}  // namespace scaffold::cli
