// MakePlan: three trees become a plan.
//
// The invariant: every line that the user added or changed is afterwards in a file, between
// conflict markers, or in a backup.

#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.h"
#include "update/merge_entry.h"
#include "update/plan.h"
#include "vcs/similarity.h"

namespace scaffold {

// One file with `.rej`: the user's changes that fit, and those that do not.
struct AppliedChanges {
  std::string text;
  std::string rejected;  // the patch that did not fit; empty when all did
};

struct MergeInput {
  Tree base;
  Tree theirs;
  // What stands in the project at the paths of base and theirs, folders included; and whatever
  // stands in their way: files and links where a parent folder should be, and all content of a
  // folder that stands where a file should be.
  Tree ours;
  std::vector<Rename> renames;  // of rendered files, see MatchRenames
  // Folders of the project that are repositories of their own (submodules): nothing in them
  // changes.
  std::set<std::string, std::less<>> repositories;
  std::string answers_file;  // always the template's
  ConflictStyle style = ConflictStyle::kMerge;
  std::function<bool(std::string_view)> skip_if_exists;
  // Whether git ignores the path and does not track it: its absence says nothing of the user's
  // will.
  std::function<bool(const std::string&)> is_ignored;
  std::function<bool(const std::string&)> exists;  // on disk
  // Whether git has the path although it is not on disk (a sparse checkout); may be null.
  std::function<bool(const std::string&)> is_hidden;
  // Whether a folder of the project has nothing in it, on disk. May be null.
  std::function<bool(const std::string&)> is_empty;
  StructureCheck check;  // may be null
  // When set: changes of both sides to one file go through it, instead of into conflict markers.
  std::function<AppliedChanges(const std::string& path, const std::string& base,
                               const std::string& ours, const std::string& theirs)>
      apply_changes;
};

Plan MakePlan(MergeInput input);

}  // namespace scaffold
