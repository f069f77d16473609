// Journal: a list of steps that change a directory, all of them or none.
//
// The new files lie complete in a staging folder; the list is written there before the first step.
// What a step replaces moves into the staging folder, under a name that follows from the step's
// number. So after a kill the rest can be carried out, or what was done undone: each step can be
// done, or undone, twice. No file is ever seen truncated, since files only move.
//
// The journal's name says how far a run is: `journal` while it goes forward, `journal-undo` once
// it goes back (it never turns again), `journal-done` when it has come to an end and the rest is
// rubbish. Each change is one rename, which needs no space on the disk.

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
  // Fingerprints of what stood at the path and of what shall: what differs from both when a killed
  // run is recovered is somebody's edit. Empty: not known.
  std::string before = {}, after = {};
};

struct Journal {
  std::vector<Step> steps;
  bool undoing = false;
};

// From here on a kill leaves work that the next command finishes.
void WriteJournal(const StagingFolder& staging, const std::vector<Step>& steps);
// The point of no return: all steps are done, or all undone. Throws when that cannot be written.
void EndJournal(const std::filesystem::path& staging);
// Nullopt when the staging folder has none that waits: nothing outside it was touched, or all was
// brought to an end.
std::optional<Journal> ReadJournal(const std::filesystem::path& staging);
// The same question for one who has the folder open.
bool HasJournal(int staging);
// Whether the run has come to an end.
bool HasEnded(const std::filesystem::path& staging);
// The file that says so.
std::filesystem::path DoneMark(const std::filesystem::path& staging);

struct StepPlace {
  int staging;  // the open staging folder
  RootFolder* root;
  mode_t mode;              // of new directories
  bool recovering = false;  // somebody may have edited files since the kill
};

// Carries out the steps; when one fails, undoes those before it and throws. The journal stays as
// it is when all are done, has ended when all are undone, and waits (for UndoSteps) when something
// could not be put back.
void RunSteps(const std::vector<Step>& steps, const StepPlace& place);

// Puts back what the steps have changed so far, the latest first. Throws for the first thing that
// cannot be put back; the others are undone all the same.
void UndoSteps(const std::vector<Step>& steps, const StepPlace& place);

// The folder in the staging folder that holds, under their own paths, files that were edited after
// the kill and had to make way.
inline constexpr char kKeptFolder[] = "kept";

}  // namespace scaffold
