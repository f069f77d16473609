// IgnoreRules: which files of a tree `git add` would leave out.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "support/host.h"
#include "tree/tree.h"
#include "vcs/config.h"

namespace scaffold {

class IgnoreRules {
 public:
  // `folder` is a repository's top folder that holds `tree`.
  IgnoreRules(const Host& host, const GitConfig& config, const std::filesystem::path& folder,
              const Tree& tree);
  ~IgnoreRules();

  bool Ignores(const std::string& path) const;

 private:
  struct Rep;
  std::unique_ptr<Rep> rep_;  // null when there are no rules at all
};

}  // namespace scaffold
