// The index and the tree objects of a first commit, built from a Tree.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tree/entry_writer.h"
#include "tree/tree.h"
#include "vcs/ignore_rules.h"
#include "vcs/nested_repositories.h"
#include "vcs/pack_writer.h"

namespace scaffold {

struct FirstIndex {
  const std::filesystem::path& folder;  // a repository's top folder that holds `tree`
  const Tree& tree;
  const std::vector<FileStamp>* stamps;  // of the tree's files and links in order; may be null
  const IgnoreRules& ignored;
  const NestedRepositories& nested;
};

// Writes `folder`/.git/index with all files that git takes; blobs and trees go to `pack`, the
// paths that the rules ignore to `left_out`. Returns the id of the top tree.
ObjectId WriteIndex(const FirstIndex& first, PackWriter* pack, std::vector<std::string>* left_out);

}  // namespace scaffold
