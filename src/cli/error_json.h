// An Error as JSON, for programs.

#pragma once

#include <string>

#include "scaffold/error.h"

namespace scaffold::cli {

// One line: {"error": {"type", "message", "file", "line", "column", "length", "source", "help",
// "notes"}}. `type` is Python's class, "Error" for what Python has no class for; the place is null
// where none is known, `help` where there is none.
std::string FormatErrorJson(const Error& error);

}  // namespace scaffold::cli
