// The result of an update on a branch of its own, and committed.

#pragma once

#include <string>

#include "support/host.h"
#include "vcs/work_tree.h"

namespace scaffold {

// Throws Error(kUsage) when it is no name for a branch, Error(kGit) when there is one already.
void CheckNewBranch(const Host& host, const WorkTree& work_tree, const std::string& branch);
// The same, and switches to it. `state` is a file that is written first, for LeaveNewBranch.
void SwitchToNewBranch(const Host& host, const WorkTree& work_tree, const std::string& branch,
                       const std::filesystem::path& state);
// Takes SwitchToNewBranch back, which may have been killed in the middle; nothing without `state`.
void LeaveNewBranch(const Host& host, const WorkTree& work_tree,
                    const std::filesystem::path& state);

// Commits all that differs in the work tree's folder, hooks included; returns the commit's id,
// empty when nothing differs. Throws Error(kGit).
std::string CommitUpdate(const Host& host, const WorkTree& work_tree, const std::string& message);

}  // namespace scaffold
