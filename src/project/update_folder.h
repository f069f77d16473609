// UpdateFolder: scaffold's own folder inside git's, where an update is locked, staged and
// journalled, and where backups stay.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "scaffold/update.h"
#include "tree/staging_folder.h"
#include "update/plan.h"
#include "vcs/work_tree.h"

namespace scaffold {

class UpdateFolder {
 public:
  // Takes the lock: throws Error(kUser) while another update of the same work tree lives. A killed
  // one must have been recovered before. `destination` is the work tree's folder.
  UpdateFolder(const Host& host, const WorkTree& work_tree, std::filesystem::path destination);

  // Writes and deletes what the plan says, all or nothing, and makes the conflicts unmerged in
  // git's index; on a new branch when one is named. After a kill RecoverUpdate finishes or undoes
  // it. Returns the folder with the plan's backups; empty when it has none.
  std::filesystem::path Apply(const Plan& plan, const std::optional<std::string>& branch);

 private:
  const StagingFolder& staging() const { return beside_ ? *beside_ : *own_; }
  void MakeStaging();
  void WriteConflicts(const std::vector<IndexConflict>& conflicts) const;
  std::filesystem::path Write(const Plan& plan);

  const Host& host_;
  const WorkTree& work_tree_;
  std::filesystem::path destination_;
  std::optional<StagingFolder> own_;
  // For the files, where git's folder is on another file system. Removed before own_, which names
  // it.
  std::optional<StagingFolder> beside_;
};

// What a killed update left in the work tree (of whatever folder of it), brought to an end either
// way. Throws Error(kUser) when the update is still running.
RecoveredUpdate RecoverUpdate(const Host& host, const WorkTree& work_tree, RecoveryWay way);

}  // namespace scaffold
