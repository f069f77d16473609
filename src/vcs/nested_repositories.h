// NestedRepositories: what of a tree a commit cannot hold because git keeps its own data there.
//
// git records a repository inside of another one as a link to a commit that nobody else can fetch,
// or refuses it; a first commit leaves it out and says so.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace scaffold {

class NestedRepositories {
 public:
  // `folder` holds `tree`.
  NestedRepositories(const std::filesystem::path& folder, const Tree& tree);

  // Their folders, relative to the tree.
  const std::vector<std::string>& folders() const { return folders_; }
  // Whether `path` lies in one of them, or in any `.git`.
  bool Holds(std::string_view path) const;

 private:
  std::vector<std::string> folders_;
};

}  // namespace scaffold
