// The index and the tree objects of a first commit, built from a Tree.

#pragma once

#include <filesystem>
#include <vector>

#include "tree/entry_writer.h"
#include "tree/tree.h"
#include "vcs/ignore_rules.h"
#include "vcs/pack_writer.h"

namespace scaffold {

struct FirstIndex {
  const std::filesystem::path& folder;  // a repository's top folder that holds `tree`
  const Tree& tree;
  const std::vector<FileStamp>* stamps;  // of the tree's files and links in order; may be null
  const IgnoreRules& ignored;
};

// Writes `folder`/.git/index with all files that are not ignored; blobs and trees go to `pack`.
// Returns the id of the top tree.
ObjectId WriteIndex(const FirstIndex& first, PackWriter* pack);

}  // namespace scaffold
