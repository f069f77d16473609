// Run: the whole program, from arguments to exit code.

#pragma once

#include <string>
#include <vector>

#include "cli/program.h"
#include "cli/streams.h"
#include "scaffold/host.h"

namespace scaffold::cli {

// The process's own arguments, streams, signals and environment.
int Run(int argc, char** argv);

// The same without the process, for tests; returns the exit code. `arguments` lacks the program's
// name.
int RunWith(const Host& host, const Streams& streams, const std::vector<std::string>& arguments,
            Program program = Program::kScaffold);

}  // namespace scaffold::cli
