// Exit codes: the one list; docs/cli.md explains them.

#pragma once

#include "cli/program.h"
#include "scaffold/error.h"

namespace scaffold::cli {

enum class ExitCode : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,      // wrong command line, or `check-update --quiet` found an update
  kConflicts = 3,  // conflicts were left in the tree
  kUntrusted = 4,  // the template needs trust
  kInterrupted = 130,
};

ExitCode ExitCodeOf(ErrorKind kind, Program program = Program::kScaffold);

}  // namespace scaffold::cli
