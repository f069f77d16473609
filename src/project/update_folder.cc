#include "project/update_folder.h"

#include <sys/stat.h>

#include <string>
#include <utility>
#include <vector>

#include "support/file.h"
#include "support/text.h"
#include "tree/apply_tree.h"
#include "tree/journal.h"
#include "tree/write_tree.h"
#include "vcs/git_program.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr char kStagingName[] = "update";
constexpr char kStagingBeside[] = ".scaffold-update";  // where git's folder is on another disk
constexpr char kPlaceFile[] = "place";
constexpr char kConflictsFile[] = "conflicts";
constexpr char kAbsent = '-';
constexpr char kFile = 'f';
constexpr char kExecutable = 'x';
constexpr char kLink = 'l';

bool OnSameFileSystem(const fs::path& a, const fs::path& b) {
  struct stat first = {}, second = {};
  return stat(a.c_str(), &first) == 0 && stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev;
}

// Index paths are relative to the top of the work tree, those of a plan to the destination.
std::vector<IndexConflict> FromTop(const WorkTree& work_tree,
                                   std::vector<IndexConflict> conflicts) {
  if (work_tree.prefix().empty()) return conflicts;
  for (IndexConflict& conflict : conflicts)
    conflict.path = work_tree.prefix() + "/" + conflict.path;
  return conflicts;
}

char KindOf(const std::optional<StageEntry>& entry) {
  if (!entry) return kAbsent;
  if (entry->symlink) return kLink;
  return entry->executable ? kExecutable : kFile;
}

std::string BlobName(size_t conflict, size_t stage) {
  return "stage-" + std::to_string(conflict) + "-" + std::to_string(stage);
}

std::vector<IndexConflict> ReadConflicts(const fs::path& staging) {
  const std::optional<std::string> text = ReadFileIfExists(staging / kConflictsFile);
  std::vector<IndexConflict> conflicts;
  if (!text || text->empty()) return conflicts;
  for (const std::string_view record : Split(*text, '\0')) {
    if (record.size() < 4 || !IsSafeTreePath(record.substr(3))) {
      throw Error(ErrorKind::kIo, "cannot read '" + (staging / kConflictsFile).string() +
                                      "': it is not of this version");
    }
    IndexConflict conflict;
    conflict.path = record.substr(3);
    std::optional<StageEntry>* const stages[] = {&conflict.base, &conflict.ours, &conflict.theirs};
    for (size_t stage = 0; stage < 3; ++stage) {
      if (record[stage] == kAbsent) continue;
      *stages[stage] = StageEntry{.bytes = ReadFile(staging / BlobName(conflicts.size(), stage)),
                                  .executable = record[stage] == kExecutable,
                                  .symlink = record[stage] == kLink};
    }
    conflicts.push_back(std::move(conflict));
  }
  return conflicts;
}

// The index was as HEAD is: an update begins with a clean tree.
void ForgetConflicts(const Host& host, const WorkTree& work_tree,
                     const std::vector<IndexConflict>& conflicts) {
  if (conflicts.empty()) return;
  std::vector<std::string> arguments = {"reset", "-q", "--"};
  for (const IndexConflict& conflict : conflicts) {
    arguments.push_back(":(top,literal)" + conflict.path);
  }
  GitProgram(host, GitTrust::kOwn).Run(work_tree.root(), arguments);
}

UpdateRecovery RecoverIn(const Host& host, const WorkTree& work_tree, const fs::path& staging,
                         RecoveryWay way) {
  const Descriptor leftover = LockLeftover(staging);
  if (!leftover.valid()) return UpdateRecovery::kNothing;
  const std::string place = ReadFileIfExists(staging / kPlaceFile).value_or("");
  if (!place.empty() && !IsSafeTreePath(place)) {
    throw Error(ErrorKind::kForbiddenPath, "\"" + place + "\" is forbidden");
  }
  const fs::path destination = place.empty() ? work_tree.root() : work_tree.root() / place;
  const Recovery recovery = RecoverTree(host, destination, staging, way);
  if (recovery != Recovery::kNothing) {
    const std::vector<IndexConflict> conflicts = ReadConflicts(staging);
    if (way == RecoveryWay::kUndo) {
      ForgetConflicts(host, work_tree, conflicts);
    } else if (!conflicts.empty()) {
      work_tree.RecordConflicts(host, conflicts);
    }
  }
  RemoveJournal(staging);
  std::error_code error;
  fs::remove_all(staging, error);
  if (error) throw FileSystemError("remove", staging, error.value());
  switch (recovery) {
    case Recovery::kNothing:
      return UpdateRecovery::kNothing;
    case Recovery::kFinished:
      return UpdateRecovery::kFinished;
    case Recovery::kUndone:
      return UpdateRecovery::kUndone;
  }
  return UpdateRecovery::kNothing;
}

fs::path FolderInTree(const WorkTree& work_tree) {
  return work_tree.prefix().empty() ? work_tree.root() : work_tree.root() / work_tree.prefix();
}

}  // namespace

UpdateFolder::UpdateFolder(const Host& host, const WorkTree& work_tree, fs::path destination)
    : host_(host), work_tree_(work_tree), destination_(std::move(destination)) {
  const fs::path own = work_tree.OwnFolder();
  std::error_code error;
  fs::create_directories(own, error);
  if (error) throw FileSystemError("create", own, error.value());
  if (OnSameFileSystem(own, destination_)) {
    staging_.emplace(host, own, kStagingName, destination_, Sharing::kExclusive);
  } else {
    staging_.emplace(host, destination_, kStagingBeside, destination_, Sharing::kExclusive);
  }
  WriteFile(staging_->path() / kPlaceFile, work_tree.prefix());
}

void UpdateFolder::WriteConflicts(const std::vector<IndexConflict>& conflicts) const {
  std::string text;
  for (size_t i = 0; i < conflicts.size(); ++i) {
    const IndexConflict& conflict = conflicts[i];
    if (i > 0) text += '\0';
    const std::optional<StageEntry>* const stages[] = {&conflict.base, &conflict.ours,
                                                       &conflict.theirs};
    for (size_t stage = 0; stage < 3; ++stage) {
      text += KindOf(*stages[stage]);
      if (*stages[stage]) {
        WriteFile(staging_->path() / BlobName(i, stage), (*stages[stage])->bytes);
      }
    }
    text += conflict.path;
  }
  WriteFile(staging_->path() / kConflictsFile, text);
}

void UpdateFolder::Apply(const Plan& plan) const {
  const std::vector<IndexConflict> conflicts = FromTop(work_tree_, plan.conflicts);
  WriteConflicts(conflicts);
  ApplyTree(host_, plan.changes, destination_, *staging_);
  try {
    if (!conflicts.empty()) work_tree_.RecordConflicts(host_, conflicts);
  } catch (const Error&) {
    RecoverTree(host_, destination_, staging_->path(), RecoveryWay::kUndo);
    RemoveJournal(staging_->path());
    throw;
  }
  RemoveJournal(staging_->path());
}

fs::path UpdateFolder::Backup(const Tree& files) const {
  std::error_code error;
  fs::path folder;
  for (size_t number = 1; number == 1 || fs::exists(folder, error); ++number) {
    folder = work_tree_.OwnFolder() / ("backup-" + std::to_string(number));
  }
  WriteNewTree(host_, files, folder);
  return folder;
}

UpdateRecovery RecoverUpdate(const Host& host, const WorkTree& work_tree, RecoveryWay way) {
  const UpdateRecovery recovery =
      RecoverIn(host, work_tree, work_tree.OwnFolder() / kStagingName, way);
  if (recovery != UpdateRecovery::kNothing) return recovery;
  return RecoverIn(host, work_tree, FolderInTree(work_tree) / kStagingBeside, way);
}

}  // namespace scaffold
