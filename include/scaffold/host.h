// Host: everything of the process that an operation may depend on, in one struct.
//
// Below the command line nothing asks the process for its directory, environment, clock or umask,
// so that operations can run side by side in threads and tests can fix all of them.

#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "scaffold/error.h"

namespace scaffold {

struct Host {
  std::filesystem::path working_directory;  // absolute
  std::map<std::string, std::string> environment;
  mode_t umask = 022;
  std::filesystem::path temp_directory = "/tmp";
  std::function<int64_t()> now;                  // seconds since the epoch, UTC
  const std::atomic<bool>* cancelled = nullptr;  // set by Ctrl-C; may be null

  // The real process, read once at the edge.
  static Host FromProcess();

  std::optional<std::string> Variable(const std::string& name) const;
  std::filesystem::path HomeDirectory() const;  // $HOME, else the password database
  // Throws Error(kInterrupted) once `cancelled` is set.
  void CheckCancelled() const;
};

}  // namespace scaffold
