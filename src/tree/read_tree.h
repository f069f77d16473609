// ReadTree: a directory of the disk as a Tree.
//
// Files come with their bytes and permission bits, symlinks as links (never followed), directories
// only when they are empty. Sockets, pipes and devices are no part of a tree and are left out.

#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "support/host.h"
#include "tree/tree.h"

namespace scaffold {

enum class GitFolder : uint8_t { kSkip, kRead };

struct ReadOptions {
  GitFolder git_folder = GitFolder::kSkip;  // `.git` at the top
  // Entries (and all below them) for which it returns true are left out; may be empty.
  std::function<bool(std::string_view path, EntryKind kind)> skip;
};

// Throws Error(kIo) for the first thing that cannot be read.
Tree ReadTree(const Host& host, const std::filesystem::path& root, const ReadOptions& options = {});

}  // namespace scaffold
