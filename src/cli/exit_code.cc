#include "cli/exit_code.h"

namespace scaffold::cli {

ExitCode ExitCodeOf(ErrorKind kind) {
  if (kind == ErrorKind::kUsage) return ExitCode::kUsage;
  if (kind == ErrorKind::kUnsafe) return ExitCode::kUntrusted;
  if (kind == ErrorKind::kInterrupted) return ExitCode::kInterrupted;
  return ExitCode::kFailed;
}

}  // namespace scaffold::cli
