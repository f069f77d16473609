// UpdateFolder: scaffold's own folder inside git's, where an update is locked, staged and
// journalled, and where backups stay.

#pragma once

#include <filesystem>
#include <optional>

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
  // git's index. After a kill RecoverUpdate finishes or undoes it.
  void Apply(const Plan& plan) const;
  // A new folder with these files.
  std::filesystem::path Backup(const Tree& files) const;

 private:
  void WriteConflicts(const std::vector<IndexConflict>& conflicts) const;

  const Host& host_;
  const WorkTree& work_tree_;
  std::filesystem::path destination_;
  std::optional<StagingFolder> staging_;
};

// What a killed update left in the work tree, brought to an end either way.
UpdateRecovery RecoverUpdate(const Host& host, const WorkTree& work_tree, RecoveryWay way);

}  // namespace scaffold
