#include "cli/exit_code.h"

namespace scaffold::cli {

ExitCode ExitCodeOf(ErrorKind kind, Program program) {
  if (kind == ErrorKind::kUsage) return ExitCode::kUsage;
  if (kind == ErrorKind::kUnsafe) return ExitCode::kUntrusted;
  if (kind == ErrorKind::kInterrupted) {
    return program == Program::kCopier ? ExitCode::kFailed : ExitCode::kInterrupted;
  }
  return ExitCode::kFailed;
}

}  // namespace scaffold::cli
