// ApplyTree: changes an existing directory as a Tree says, under a journal.
//
// All new bytes are staged on the same file system first, so that a full disk or a read-only place
// is found before anything changes; then files move into place one by one. An error undoes what was
// done.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/host.h"
#include "tree/tree.h"

namespace scaffold {

struct TreeChanges {
  Tree writes;                         // created, or put in the place of what is there
  std::vector<std::string> deletions;  // files and links; done before the writes
};

// Links in the way are replaced, never followed; links among the parents are followed only when
// they stay inside. Throws Error(kForbiddenPath) for a path that would leave the destination and
// Error(kIo) when a file stands where a folder must be, or a folder where a file must be; nothing
// is changed then. Finishes an interrupted run first.
void ApplyTree(const Host& host, const TreeChanges& changes,
               const std::filesystem::path& destination);

enum class Recovery : uint8_t { kNothing, kFinished };

// Finishes what a killed run left half done in `destination`, and removes its staging folder.
Recovery RecoverTree(const Host& host, const std::filesystem::path& destination);

// The name of the staging folder inside a destination.
inline constexpr char kApplyFolder[] = ".scaffold-apply";

}  // namespace scaffold
