// ApplyPatch: changes of one text carried over to another, as `git apply --reject` does it.

#pragma once

#include <string>

#include "support/host.h"

namespace scaffold {

struct PatchedText {
  std::string text;      // with all changes that fit
  std::string rejected;  // the others, as git writes them to a .rej file; empty when all fit
};

struct PatchRequest {
  std::string path;    // a Tree path: names the file in the rejected changes
  std::string before;  // the changes are those from `before` to `after`
  std::string after;
  std::string target;  // what they are applied to
};

// With `context` lines that must be the same around each change. Needs the git program: throws
// Error(kGit) without it.
PatchedText ApplyPatch(const Host& host, const PatchRequest& request, int context);

}  // namespace scaffold
