// WorkTree: the git work tree that a project lies in, as `scaffold update` needs it.
//
// What git does slowly for one path goes through libgit2: a look into the index or the ignore
// rules. What libgit2 cannot read (SHA-256, split and sparse indexes, configuration of single work
// trees), or where it differs, goes through the git program. A repository of the user's own: its
// filters may run, as in any `git status`.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/host.h"
#include "vcs/history.h"

namespace scaffold {

// What a stage of the index says of a path.
struct StageEntry {
  std::string bytes;  // as a file has them: git's filters are applied; of a link, its target
  bool executable = false;
  bool symlink = false;
};

// A path that is unmerged in the index: stages 1 (base), 2 (ours), 3 (theirs); any may be absent.
struct IndexConflict {
  std::string path;  // relative to the work tree's root
  std::optional<StageEntry> base, ours, theirs;
};

class WorkTree {
 public:
  // The git work tree that holds `folder` (which may lie below its top, in a linked work tree or in
  // a submodule); nullopt when there is none, or it is bare. Throws Error(kGit) with git's words
  // when the repository is somebody else's or broken.
  static std::optional<WorkTree> Find(const Host& host, const std::filesystem::path& folder);
  ~WorkTree();
  WorkTree(WorkTree&&) noexcept;
  WorkTree& operator=(WorkTree&&) noexcept;

  const std::filesystem::path& root() const;  // canonical
  const std::string& prefix() const;          // of the folder below root: "" or "sub/dir"
  // A place for our own data in git's folder: `git rev-parse --git-path scaffold`, absolute. Each
  // linked work tree has its own. Not created.
  std::filesystem::path OwnFolder() const;
  std::optional<CommitId> Head() const;  // nullopt before the first commit

  // Whether `git status --porcelain -- FOLDER` would list anything: changed, staged, unmerged, or
  // untracked and not ignored, below the folder.
  bool IsDirty(const Host& host) const;
  // "rebase", "merge", "cherry-pick", "revert", "bisect", "am" while git is in the middle of one;
  // else empty.
  std::string OperationInProgress() const;

  // Paths are relative to the folder. Tracked paths are not ignored.
  bool Ignores(const std::string& path) const;
  // Those of `paths` that git ignores, in their order; with one process where git has to be asked.
  std::vector<std::string> Ignored(const std::vector<std::string>& paths) const;
  bool IsTracked(const std::string& path) const;
  // What the index has below the folder, sorted; submodules left out.
  std::vector<std::string> TrackedPaths() const;

  // Makes the paths unmerged in the index, in one atomic replacement of the index file; blobs are
  // written to the object database first. A conflict without any side changes nothing. Throws
  // Error(kGit), also while another git process holds the index.
  void RecordConflicts(const std::vector<IndexConflict>& conflicts) const;
  // The same with the new index growing in a folder of the caller's, on the file system of
  // OwnFolder(). After a kill RemoveStaleLock removes the lock that this leaves.
  void RecordConflicts(const std::vector<IndexConflict>& conflicts,
                       const std::filesystem::path& folder) const;
  void RemoveStaleLock() const;
  // Where core.fileMode is false git does not look at the files' own executable bits: those of
  // tracked paths are then set in the index, their content there stays. Paths are relative to the
  // folder. Does nothing elsewhere, and nothing without the git program.
  void SyncExecutableBits(const std::map<std::string, bool>& bits) const;

  struct Rep;

 private:
  explicit WorkTree(std::unique_ptr<Rep> rep);
  std::unique_ptr<Rep> rep_;
};

}  // namespace scaffold
