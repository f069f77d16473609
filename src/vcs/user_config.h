// UserConfig: the host's git configuration for a repository that libgit2 opened.
//
// libgit2 itself would take it from the process's environment, and it does not know all of git's
// places: GIT_CONFIG_COUNT, and the default files of ignore patterns and attributes.

#pragma once

#include <filesystem>

#include "support/host.h"
#include "vcs/libgit2.h"

namespace scaffold {

class UserConfig {
 public:
  UserConfig() = default;
  ~UserConfig();
  UserConfig(const UserConfig&) = delete;
  UserConfig& operator=(const UserConfig&) = delete;

  // Makes `repository` use it. REQUIRES: called once; this object outlives `repository`.
  void Give(const Host& host, git_repository* repository);
  const std::filesystem::path& ignore_file() const { return ignore_file_; }

 private:
  std::filesystem::path ignore_file_;
  int overrides_ = -1;  // a file in memory that libgit2 looks at again and again
};

}  // namespace scaffold
