#include "tree/apply_tree.h"

#include <cerrno>
#include <set>

#include "tree/entry_writer.h"
#include "tree/journal.h"
#include "tree/root_folder.h"
#include "tree/staging_folder.h"
#include "tree/write_tree.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

// Works out the steps, and finds every clash before anything is touched.
class Planner {
 public:
  Planner(const TreeChanges& changes, RootFolder* root) : changes_(changes), root_(root) {}

  std::vector<Step> Plan() {
    for (const std::string& path : changes_.deletions) {
      CheckPath(path);
      deleted_.insert(path);
      steps_.push_back({.kind = Step::Kind::kDelete, .path = path, .staged = {}});
    }
    PlanEmptiedFolders();
    size_t number = 0;
    for (const auto& [path, entry] : changes_.writes) {
      CheckPath(path);
      PlanParents(path);
      if (entry.kind == EntryKind::kDirectory) {
        PlanFolder(path);
      } else {
        PlanMove(path, std::to_string(number));
      }
      ++number;
    }
    return std::move(steps_);
  }

 private:
  void CheckPath(const std::string& path) const {
    if (IsSafeTreePath(path)) return;
    throw Error(ErrorKind::kForbiddenPath, "\"" + path + "\" is forbidden");
  }

  // The deepest first; those that get content again stay.
  void PlanEmptiedFolders() {
    for (const std::string& path : changes_.deletions) PlanEmptiedParents(path);
    for (const std::string& folder : changes_.emptied) {
      CheckPath(folder);
      PlanEmptiedParents(folder + "/");
    }
    for (auto folder = emptied_.rbegin(); folder != emptied_.rend(); ++folder) {
      steps_.push_back({.kind = Step::Kind::kRemoveDirectory, .path = *folder, .staged = {}});
    }
  }

  void PlanEmptiedParents(const std::string& path) {
    for (size_t slash = path.rfind('/'); slash != std::string::npos && slash > 0;
         slash = path.rfind('/', slash - 1)) {
      const std::string folder = path.substr(0, slash);
      const auto next = changes_.writes.entries().lower_bound(folder + "/");
      if (next != changes_.writes.end() && next->first.starts_with(folder + "/")) break;
      emptied_.insert(folder);
    }
  }

  void PlanParents(const std::string& path) {
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      PlanFolder(path.substr(0, slash));
    }
  }

  void PlanFolder(const std::string& path) {
    if (!folders_.insert(path).second) return;
    struct stat status = {};
    if (!Exists(path, &status)) {
      steps_.push_back({.kind = Step::Kind::kMakeDirectory, .path = path, .staged = {}});
      made_.insert(path);
      return;
    }
    if (S_ISDIR(status.st_mode)) return;
    if (!S_ISLNK(status.st_mode)) {
      throw FileSystemError("create folder", root_->path() / path, EEXIST);
    }
    // A link to a folder inside serves; this throws for any other.
    if (root_->OpenParent(path + "/x") < 0) {
      throw FileSystemError("create folder", root_->path() / path, EEXIST);
    }
  }

  void PlanMove(const std::string& path, std::string staged) {
    struct stat status = {};
    if (Exists(path, &status) && S_ISDIR(status.st_mode) && !emptied_.contains(path)) {
      throw FileSystemError("write", root_->path() / path, EISDIR);
    }
    steps_.push_back({.kind = Step::Kind::kMove, .path = path, .staged = std::move(staged)});
  }

  bool Exists(const std::string& path, struct stat* status) {
    const size_t slash = path.rfind('/');
    if (slash != std::string::npos && made_.contains(path.substr(0, slash))) return false;
    return !deleted_.contains(path) && root_->Status(path, status);
  }

  const TreeChanges& changes_;
  RootFolder* root_;
  std::set<std::string, std::less<>> deleted_;
  std::set<std::string, std::less<>> emptied_;  // folders, unless something else is in them
  std::set<std::string, std::less<>> folders_;
  std::set<std::string, std::less<>> made_;
  std::vector<Step> steps_;
};

void Stage(const Host& host, const TreeChanges& changes, const StagingFolder& staging,
           const fs::path& destination) {
  size_t number = 0;
  for (const auto& [path, entry] : changes.writes) {
    host.CheckCancelled();
    const std::string name = std::to_string(number++);
    if (entry.kind == EntryKind::kDirectory) continue;
    WriteEntry(staging.directory().get(), name.c_str(), entry, staging.mask(), destination / path);
  }
}

}  // namespace

void ApplyTree(const Host& host, const TreeChanges& changes, const fs::path& destination) {
  std::error_code error;
  if (fs::symlink_status(destination, error).type() == fs::file_type::not_found) {
    return WriteNewTree(host, changes.writes, destination);
  }
  RecoverTree(host, destination);
  if (changes.writes.empty() && changes.deletions.empty() && changes.emptied.empty()) return;
  const StagingFolder staging(host, destination, kApplyFolder, destination, Sharing::kExclusive);
  ApplyTree(host, changes, destination, staging);
  RemoveJournal(staging.path());
}

void ApplyTree(const Host& host, const TreeChanges& changes, const fs::path& destination,
               const StagingFolder& staging) {
  RootFolder root(destination);
  const std::vector<Step> steps = Planner(changes, &root).Plan();
  if (steps.empty()) return;
  Stage(host, changes, staging, destination);
  WriteJournal(staging, steps);
  RunSteps(steps, staging.directory().get(), &root, staging.mask().directory_mode());
}

Recovery RecoverTree(const Host& host, const fs::path& destination, const fs::path& staging,
                     RecoveryWay way) {
  const std::optional<std::vector<Step>> steps = ReadJournal(staging);
  if (!steps) return Recovery::kNothing;
  const Descriptor folder = OpenDirectory(staging);
  RootFolder root(destination);
  const mode_t mode = 0777 & ~host.umask;
  if (way == RecoveryWay::kUndo) {
    UndoSteps(*steps, folder.get(), &root, mode);
    return Recovery::kUndone;
  }
  RunSteps(*steps, folder.get(), &root, mode);
  return Recovery::kFinished;
}

Recovery RecoverTree(const Host& host, const fs::path& destination) {
  const fs::path path = destination / kApplyFolder;
  const Descriptor leftover = LockLeftover(path);
  if (!leftover.valid()) return Recovery::kNothing;
  const Recovery result = RecoverTree(host, destination, path, RecoveryWay::kFinish);
  RemoveJournal(path);
  std::error_code error;
  fs::remove_all(path, error);
  if (error) throw FileSystemError("remove", path, error.value());
  return result;
}

}  // namespace scaffold
