// The inside of WorkTree, for the files of this module that implement it.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "vcs/git_program.h"
#include "vcs/libgit2.h"
#include "vcs/user_config.h"
#include "vcs/work_tree.h"

namespace scaffold {

struct WorkTree::Rep {
  explicit Rep(const Host& host) : program(host, GitTrust::kOwn) {}

  GitProgram program;
  std::filesystem::path root;
  std::string prefix;
  std::filesystem::path git_directory;  // of this work tree, canonical
  UserConfig config;                    // outlives `repository`, which reads it
  git::RepositoryHandle repository;     // null: only the git program reads it

  std::filesystem::path folder() const { return prefix.empty() ? root : root / prefix; }
  // `path` of the folder, relative to the root.
  std::string FromRoot(const std::string& path) const {
    return prefix.empty() ? path : prefix + "/" + path;
  }
  // The index as it is on disk now. REQUIRES: repository.
  git::IndexHandle ReadIndex() const;
  // The same of the git program: what it lists for these options, ended by NUL each.
  // The paths are relative to the folder.
  std::vector<std::string> ListFiles(std::vector<std::string> arguments) const;
  // Whether several files have ignore patterns and some take others back: libgit2 forgets a "!"
  // that takes back what another file says. REQUIRES: repository.
  bool HasEntangledIgnores(git_index* index) const;
};

}  // namespace scaffold
