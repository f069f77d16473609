// Journal: a list of steps that change a directory, all of them or none.
//
// The new files lie complete in a staging folder; the list is written there before the first step.
// An error undoes the steps that were done. After a kill the next command carries out the rest:
// each step can be done twice, and no file is ever seen truncated, since files only move.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tree/root_folder.h"
#include "tree/staging_folder.h"

namespace scaffold {

struct Step {
  enum class Kind : char { kMakeDirectory = 'd', kMove = 'm', kDelete = 'x' };
  Kind kind = Kind::kMove;
  std::string path;    // in the root
  std::string staged;  // of kMove: name below the staging folder
};

// From here on a kill leaves work that the next command finishes.
void WriteJournal(const StagingFolder& staging, const std::vector<Step>& steps);
// Nullopt when the staging folder has none: nothing outside it was touched.
std::optional<std::vector<Step>> ReadJournal(const std::filesystem::path& staging);

// Carries out the steps; when one fails, undoes those before it and throws. `mode` is that of new
// directories. `staging` is the open staging folder.
void RunSteps(const std::vector<Step>& steps, int staging, RootFolder* root, mode_t mode);

}  // namespace scaffold
