// CreateInitialCommit: `git init`, `git add` and `git commit` for a project that was just rendered.
//
// The objects of the whole tree go into one pack and the index is built from the Tree, which costs
// a fraction of what the git program needs. Whatever only the git program can do (hooks, signing,
// filters, line end conversion, other object formats) is left to it, so that the result is what
// the user's configuration asks for.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "support/host.h"
#include "tree/entry_writer.h"
#include "tree/tree.h"

namespace scaffold {

enum class CommitOutcome : uint8_t {
  kCommitted,
  kNothingLeft,  // the repository was there, and everything in it is committed
  kNoIdentity,   // nobody is configured to be the author; the repository is there all the same
  kRefused,      // a hook, the signing or a filter said no; what could be staged is
};

struct InitialCommit {
  CommitOutcome outcome = CommitOutcome::kNoIdentity;
  std::string branch;                // "HEAD" when an existing repository is on none
  std::vector<std::string> ignored;  // files that git's rules keep out
  std::vector<std::string> nested;   // folders left out because they are repositories themselves
  std::string refusal;               // of kRefused: all that git and its hooks said
};

// Throws what CreateInitialCommit would for this message and for the name of the first branch, so
// that it is known before any work is done.
void CheckInitialCommit(const Host& host, const std::string& message);

// Initialises `folder`, which holds `tree`, unless it is a repository already: then what is not yet
// committed is, on top of what is there. `stamps` (of files just written; may be null) save a stat
// for each file. Ignored files stay out of the commit. Throws Error(kGit).
InitialCommit CreateInitialCommit(const Host& host, const std::filesystem::path& folder,
                                  const Tree& tree, const std::string& message,
                                  const std::vector<FileStamp>* stamps);

}  // namespace scaffold
