// ApplyTree: changes an existing directory as a Tree says, under a journal.
//
// All new bytes are staged on the same file system first, so that a full disk or a read-only place
// is found before anything changes; then files move into place one by one. An error undoes what was
// done.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "support/host.h"
#include "tree/staging_folder.h"
#include "tree/tree.h"

namespace scaffold {

struct TreeChanges {
  Tree writes;  // created, or put in the place of what is there
  // Files and links, done before the writes. Folders that are empty then go as well.
  std::vector<std::string> deletions;
  std::vector<std::string> emptied = {};  // folders that go when nothing is left in them
};

// Links in the way are replaced, never followed; links among the parents are followed only when
// they stay inside. Throws Error(kForbiddenPath) for a path that would leave the destination and
// Error(kIo) when a file stands where a folder must be, or a folder where a file must be; nothing
// is changed then. Finishes an interrupted run first.
void ApplyTree(const Host& host, const TreeChanges& changes,
               const std::filesystem::path& destination);

// The same with the new bytes in a staging folder of the caller's, which must lie on the file
// system of `destination`. The journal stays in it: EndJournal ends the run.
void ApplyTree(const Host& host, const TreeChanges& changes,
               const std::filesystem::path& destination, const StagingFolder& staging);

enum class Recovery : uint8_t {
  kNothing,
  kFinished,
  kUndone,
};

// Finishes what a killed run left half done in `destination`, and removes its staging folder. Files
// that somebody has edited since, and that had to make way, are in `destination`/scaffold-kept-N.
Recovery RecoverTree(const Host& host, const std::filesystem::path& destination);

// The same for a staging folder of a caller, who has locked it (LockLeftover) and removes it
// afterwards; either way forward, or back to what was there before the run. A run that was killed
// on its way back can only go on that way. What had to make way is what ReadKept gives.
enum class RecoveryWay : uint8_t { kFinish, kUndo };
Recovery RecoverTree(const Host& host, const std::filesystem::path& destination,
                     const std::filesystem::path& staging, RecoveryWay way);

// Files edited since the kill, which the recovery replaced; nullopt when there are none.
std::optional<Tree> ReadKept(const Host& host, const std::filesystem::path& staging);

// The name of the staging folder inside a destination.
inline constexpr char kApplyFolder[] = ".scaffold-apply";

}  // namespace scaffold
