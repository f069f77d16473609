// Checkouts from git repositories: which commit, its content, and what it is called.

#pragma once

#include <filesystem>
#include <string>

#include "source/checkout.h"

namespace scaffold {

struct GitSource {
  std::filesystem::path path;  // a local repository (a mirror for remote ones) or a git bundle
  std::string url;             // as the user knows it, for messages and relative submodules
  std::string folder;          // of the template inside the repository; may be empty
  bool own_work_tree = true;   // uncommitted changes of the repository at `path` count
};

// Fills everything of the Checkout but `source` and `path`.
Checkout CheckOutFromGit(const Host& host, const GitSource& source, const SourceRequest& request);

// Whether the file is a git bundle, by its first line.
bool IsGitBundle(const std::filesystem::path& path);

}  // namespace scaffold
