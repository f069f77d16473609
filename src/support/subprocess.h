// Subprocess: runs a program without a shell and collects what it prints.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/host.h"

namespace scaffold {

struct Command {
  std::vector<std::string> arguments;       // program first, looked up in PATH
  std::filesystem::path working_directory;  // empty: the host's
  std::map<std::string, std::string> extra_environment;
  std::string input;  // given on stdin unless inherit_stdin
  bool inherit_stdin = false;
  bool inherit_output = false;    // stdout and stderr go to ours; nothing is collected
  bool output_to_errors = false;  // of inherit_output: stdout goes to our stderr
};

struct CommandResult {
  int exit_status = 0;  // 128 + signal when killed by one
  std::string output;   // stdout
  std::string error_output;
};

// Throws Error(kIo) when the program cannot be started. A cancelled host ends the child
// (SIGTERM, then SIGKILL after a grace time) and throws Error(kInterrupted).
CommandResult RunCommand(const Host& host, const Command& command);

}  // namespace scaffold
