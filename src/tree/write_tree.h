// WriteNewTree: a Tree becomes a new directory, all at once.
//
// Everything is written into a staging folder beside the destination, which one rename then moves
// to its place: whenever the program is killed, the destination is absent or complete. The next run
// for the same destination removes what a killed one left.

#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "support/host.h"
#include "tree/entry_writer.h"
#include "tree/tree.h"

namespace scaffold {

struct StagedTree {
  std::filesystem::path path;  // the staging folder, complete but for what the callback adds
  const std::vector<FileStamp>& stamps;
};

struct WriteOptions {
  // Runs when every entry is written and before anything appears at the destination; what it adds
  // (a git repository) appears with the rest. When it throws, nothing is left. May be empty.
  std::function<void(const StagedTree&)> before_publish;
};

// REQUIRES: the destination does not exist or is an empty directory; else Error(kUser). Missing
// parents are created. An empty directory that must stay itself (it is the host's working
// directory, a mount point, or its parent is not ours to change) gets the entries moved in one by
// one, under a journal that the next command finishes.
void WriteNewTree(const Host& host, const Tree& tree, const std::filesystem::path& destination,
                  const WriteOptions& options = {});

// Whether WriteNewTree would take it: absent, or an empty directory.
bool IsNewDestination(const Host& host, const std::filesystem::path& destination);

}  // namespace scaffold
