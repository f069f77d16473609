// CreateInitialCommit: `git init`, `git add` and `git commit` for a project that was just rendered.
//
// The objects of the whole tree go into one pack and the index is built from the Tree, which costs
// a fraction of what the git program needs. Whatever only the git program can do (hooks, signing,
// filters, line end conversion, other object formats) is left to it, so that the result is what
// the user's configuration asks for.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/host.h"
#include "tree/entry_writer.h"
#include "tree/tree.h"

namespace scaffold {

struct InitialCommit {
  bool committed = false;  // false: no identity is configured; the repository is there all the same
  std::string branch;
};

// Initialises `folder`, which holds `tree`. `stamps` (of files just written; may be null) save a
// stat for each file. Ignored files stay out of the commit. Throws Error(kGit).
InitialCommit CreateInitialCommit(const Host& host, const std::filesystem::path& folder,
                                  const Tree& tree, const std::string& message,
                                  const std::vector<FileStamp>* stamps);

}  // namespace scaffold
