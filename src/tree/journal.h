// Journal: a list of steps that change a directory, all of them or none.
//
// The new files lie complete in a staging folder; the list is written there before the first step.
// What a step replaces moves into the staging folder, under a name that follows from the step's
// number. So after a kill the rest can be carried out, or what was done undone: each step can be
// done, or undone, twice. No file is ever seen truncated, since files only move.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tree/root_folder.h"
#include "tree/staging_folder.h"

namespace scaffold {

struct Step {
  enum class Kind : char {
    kMakeDirectory = 'd',
    kMove = 'm',
    kDelete = 'x',
    kRemoveDirectory = 'r',  // when it is empty
  };
  Kind kind = Kind::kMove;
  std::string path;    // in the root
  std::string staged;  // of kMove: name below the staging folder
};

// From here on a kill leaves work that the next command finishes.
void WriteJournal(const StagingFolder& staging, const std::vector<Step>& steps);
// The point of no return: all steps are done, or all undone, and the rest is rubbish.
void RemoveJournal(const std::filesystem::path& staging);
// Nullopt when the staging folder has none: nothing outside it was touched.
std::optional<std::vector<Step>> ReadJournal(const std::filesystem::path& staging);

// Carries out the steps; when one fails, undoes those before it and throws. `mode` is that of new
// directories. `staging` is the open staging folder.
void RunSteps(const std::vector<Step>& steps, int staging, RootFolder* root, mode_t mode);

// Puts back what the steps have changed so far, the latest first. Throws for the first thing that
// cannot be put back; the others are undone all the same.
void UndoSteps(const std::vector<Step>& steps, int staging, RootFolder* root, mode_t mode);

}  // namespace scaffold
