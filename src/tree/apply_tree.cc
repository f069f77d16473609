#include "tree/apply_tree.h"

#include <cerrno>
#include <set>

#include "support/file.h"
#include "tree/entry_writer.h"
#include "tree/fingerprint.h"
#include "tree/journal.h"
#include "tree/read_tree.h"
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
      steps_.push_back(
          {.kind = Step::Kind::kDelete, .path = path, .staged = {}, .before = Now(path)});
    }
    PlanEmptiedFolders();
    size_t number = 0;
    for (const auto& [path, entry] : changes_.writes) {
      CheckPath(path);
      PlanParents(path);
      if (entry.kind == EntryKind::kDirectory) {
        PlanFolder(path);
      } else {
        PlanMove(path, std::to_string(number), entry);
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
      steps_.push_back({.kind = Step::Kind::kRemoveDirectory,
                        .path = *folder,
                        .staged = {},
                        .before = Now(*folder)});
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

  void PlanMove(const std::string& path, std::string staged, const TreeEntry& entry) {
    struct stat status = {};
    if (Exists(path, &status) && S_ISDIR(status.st_mode) && !emptied_.contains(path)) {
      throw FileSystemError("write", root_->path() / path, EISDIR);
    }
    steps_.push_back({.kind = Step::Kind::kMove,
                      .path = path,
                      .staged = std::move(staged),
                      .before = Exists(path, &status) ? Now(path) : kNothingThere,
                      .after = Fingerprint(entry)});
  }

  std::string Now(const std::string& path) {
    const int parent = root_->OpenParent(path);
    return parent < 0 ? kNothingThere : Fingerprint(parent, LastPart(path));
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

// Files that were edited since the kill stay in the destination, in a folder of their own.
void PublishKept(const Host& host, const fs::path& staging, const fs::path& destination) {
  const std::optional<Tree> kept = ReadKept(host, staging);
  if (!kept) return;
  std::error_code error;
  fs::path folder;
  for (int number = 1; number == 1 || fs::exists(fs::symlink_status(folder, error)); ++number) {
    folder = destination / ("scaffold-kept-" + std::to_string(number));
  }
  WriteNewTree(host, *kept, folder);
}

}  // namespace

std::optional<Tree> ReadKept(const Host& host, const fs::path& staging) {
  std::error_code error;
  const fs::path folder = staging / kKeptFolder;
  if (!fs::is_directory(folder, error)) return std::nullopt;
  Tree kept = ReadTree(host, folder, {.git_folder = GitFolder::kRead, .skip = {}});
  if (kept.empty()) return std::nullopt;
  return kept;
}

void ApplyTree(const Host& host, const TreeChanges& changes, const fs::path& destination) {
  std::error_code error;
  if (fs::symlink_status(destination, error).type() == fs::file_type::not_found) {
    return WriteNewTree(host, changes.writes, destination);
  }
  RecoverTree(host, destination);
  if (changes.writes.empty() && changes.deletions.empty() && changes.emptied.empty()) return;
  const StagingFolder staging(host, destination, kApplyFolder, destination, Sharing::kExclusive);
  ApplyTree(host, changes, destination, staging);
  EndJournal(staging.path());
}

void ApplyTree(const Host& host, const TreeChanges& changes, const fs::path& destination,
               const StagingFolder& staging) {
  RootFolder root(destination);
  const std::vector<Step> steps = Planner(changes, &root).Plan();
  Stage(host, changes, staging, destination);
  WriteJournal(staging, steps);
  RunSteps(steps, {.staging = staging.directory().get(),
                   .root = &root,
                   .mode = staging.mask().directory_mode()});
}

Recovery RecoverTree(const Host& host, const fs::path& destination, const fs::path& staging,
                     RecoveryWay way) {
  const std::optional<Journal> journal = ReadJournal(staging);
  if (!journal) return Recovery::kNothing;
  const Descriptor folder = OpenDirectory(staging);
  RootFolder root(destination);
  const StepPlace place = {.staging = folder.get(),
                           .root = &root,
                           .mode = static_cast<mode_t>(0777 & ~host.umask),
                           .recovering = true};
  if (way == RecoveryWay::kUndo || journal->undoing) {
    UndoSteps(journal->steps, place);
    return Recovery::kUndone;
  }
  RunSteps(journal->steps, place);
  return Recovery::kFinished;
}

Recovery RecoverTree(const Host& host, const fs::path& destination) {
  const fs::path path = destination / kApplyFolder;
  const Descriptor leftover = LockLeftover(path);
  if (!leftover.valid()) return Recovery::kNothing;
  const Recovery result = RecoverTree(host, destination, path, RecoveryWay::kFinish);
  PublishKept(host, path, destination);
  EndJournal(path);
  std::error_code error;
  RemoveStagingFolder(path, &error);
  if (error) throw FileSystemError("remove", path, error.value());
  return result;
}

}  // namespace scaffold
