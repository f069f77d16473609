// Parsing: argv to a command and its Options, by the table in flags.h.

#pragma once

#include <string>
#include <vector>

#include "cli/flags.h"

namespace scaffold::cli {

struct Invocation {
  CommandId command = CommandId::kNone;  // kNone: only --help or --version was given
  Options options;
};

// `arguments` without the program's name. Throws Error(kUsage) with a suggestion.
Invocation ParseArguments(const std::vector<std::string>& arguments,
                          Program program = Program::kScaffold);

}  // namespace scaffold::cli
