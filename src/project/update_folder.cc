#include "project/update_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "project/update_commit.h"
#include "support/file.h"
#include "support/text.h"
#include "tree/apply_tree.h"
#include "tree/entry_writer.h"
#include "tree/journal.h"
#include "tree/read_tree.h"
#include "tree/write_tree.h"
#include "vcs/git_program.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr char kStagingName[] = "update";
constexpr char kStagingBeside[] = ".scaffold-update";  // where git's folder is on another disk
constexpr char kPlaceFile[] = "place";
constexpr char kBesideFile[] = "beside";  // where the files are staged, when not here
constexpr char kBranchFile[] = "branch";
constexpr char kBackupFolder[] = "backup";
constexpr char kBackupName[] = "backup-name";
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

// The index was as HEAD is: an update begins with a clean tree. Throws when git cannot do it.
void ForgetConflicts(const Host& host, const WorkTree& work_tree,
                     const std::vector<IndexConflict>& conflicts) {
  if (conflicts.empty()) return;
  std::vector<std::string> arguments = {"reset", "-q", "--"};
  for (const IndexConflict& conflict : conflicts) {
    arguments.push_back(":(top,literal)" + conflict.path);
  }
  GitProgram(host, GitTrust::kOwn).Output(work_tree.root(), arguments);
}

void RemoveAll(const fs::path& path) {
  std::error_code error;
  RemoveStagingFolder(path, &error);
  if (error) throw FileSystemError("remove", path, error.value());
}

fs::path NewBackupFolder(const fs::path& own) {
  std::error_code error;
  fs::path folder;
  for (size_t number = 1; number == 1 || fs::exists(folder, error); ++number) {
    folder = own / ("backup-" + std::to_string(number));
  }
  return folder;
}

// The backups of a plan lie complete in the folder `own` before the first step, with the name they
// are to have; then they only move.
void StageBackup(const Host& host, const Tree& files, const StagingFolder& own) {
  if (files.empty()) return;
  WriteFile(own.path() / kBackupName, NewBackupFolder(own.path().parent_path()).string());
  MakeDirectory(own.directory().get(), kBackupFolder, own.mask(), own.path() / kBackupFolder);
  WriteEntries(host, files, OpenDirectory(own.path() / kBackupFolder), own.mask(),
               own.path() / kBackupFolder, nullptr);
}

// Empty when there is none. May be called again.
fs::path PublishBackup(const fs::path& own) {
  const std::optional<std::string> name = ReadFileIfExists(own / kBackupName);
  if (!name) return {};
  const fs::path folder = own.parent_path() / fs::path(*name).filename();
  if (rename((own / kBackupFolder).c_str(), folder.c_str()) != 0 && errno != ENOENT) {
    throw FileSystemError("create", folder, errno);
  }
  return folder;
}

// Once it is published, it is no longer in `own`.
void WithdrawBackup(const fs::path& own) {
  const std::optional<std::string> name = ReadFileIfExists(own / kBackupName);
  std::error_code error;
  if (!name || fs::exists(own / kBackupFolder, error)) return;
  RemoveAll(own.parent_path() / fs::path(*name).filename());
}

UpdateRecovery What(Recovery recovery) {
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

// A git that a killed run was about to start holds its lock until it has become git.
Descriptor LockSoon(const fs::path& folder) {
  constexpr int kAttempts = 50;
  constexpr useconds_t kPauseMicroseconds = 20'000;
  std::error_code error;
  for (int attempt = 1;; ++attempt) {
    Descriptor lock = LockLeftover(folder);
    const bool is_there = fs::is_directory(fs::symlink_status(folder, error));
    if (lock.valid() || !is_there || attempt == kAttempts) return lock;
    usleep(kPauseMicroseconds);
  }
}

// A path below the work tree's top that a file of the folder `own` names; the top without it.
fs::path NamedPlace(const WorkTree& work_tree, const fs::path& file) {
  const std::string place = ReadFileIfExists(file).value_or("");
  if (place.empty()) return work_tree.root();
  if (!IsSafeTreePath(place)) {
    throw Error(ErrorKind::kForbiddenPath, "\"" + place + "\" is forbidden");
  }
  return work_tree.root() / place;
}

void AddBackup(const fs::path& folder, const Tree& files, RecoveredUpdate* recovered) {
  UpdateBackup& backup = recovered->backups.emplace_back(UpdateBackup{folder, {}});
  for (const auto& [path, entry] : files) backup.paths.push_back(path);
}

// After the files: git's index and HEAD, and what must be found later.
void RecoverRest(const Host& host, const WorkTree& work_tree, const fs::path& own,
                 const fs::path& staging, RecoveredUpdate* recovered) {
  const std::vector<IndexConflict> conflicts = ReadConflicts(own);
  if (recovered->what == UpdateRecovery::kUndone) {
    ForgetConflicts(host, work_tree, conflicts);
    LeaveNewBranch(host, work_tree, own / kBranchFile);
    WithdrawBackup(own);
  } else {
    if (!conflicts.empty()) work_tree.RecordConflicts(conflicts, own);
    const fs::path backup = PublishBackup(own);
    if (!backup.empty()) {
      AddBackup(backup, ReadTree(host, backup, {.git_folder = GitFolder::kRead, .skip = {}}),
                recovered);
    }
  }
  if (const std::optional<Tree> kept = ReadKept(host, staging)) {
    const fs::path folder = NewBackupFolder(own.parent_path());
    WriteNewTree(host, *kept, folder);
    AddBackup(folder, *kept, recovered);
  }
}

}  // namespace

UpdateFolder::UpdateFolder(const Host& host, const WorkTree& work_tree, fs::path destination)
    : host_(host), work_tree_(work_tree), destination_(std::move(destination)) {
  const fs::path own = work_tree.OwnFolder();
  std::error_code error;
  fs::create_directories(own, error);
  if (!error && !fs::is_directory(own)) error = std::make_error_code(std::errc::not_a_directory);
  if (error) throw FileSystemError("create", own, error.value());
  own_.emplace(host, own, kStagingName, destination_, Sharing::kExclusive);
}

// Files can be renamed into place from here.
void UpdateFolder::MakeStaging() {
  WriteFile(own_->path() / kPlaceFile, work_tree_.prefix());
  if (OnSameFileSystem(own_->path(), destination_)) return;
  std::string place = kStagingBeside;
  fs::path parent = work_tree_.root();
  // The project may be on yet another file system than the work tree's top.
  if (!OnSameFileSystem(parent, destination_)) {
    parent = destination_;
    place = work_tree_.prefix() + "/" + place;
  }
  WriteFileAtomically(own_->path() / kBesideFile, place);
  beside_.emplace(host_, parent, kStagingBeside, destination_, Sharing::kExclusive);
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
        WriteFile(own_->path() / BlobName(i, stage), (*stages[stage])->bytes);
      }
    }
    text += conflict.path;
  }
  WriteFile(own_->path() / kConflictsFile, text);
}

fs::path UpdateFolder::Apply(const Plan& plan, const std::optional<std::string>& branch) {
  MakeStaging();
  const fs::path branch_file = own_->path() / kBranchFile;
  try {
    if (branch) SwitchToNewBranch(host_, work_tree_, *branch, branch_file);
    return Write(plan);
  } catch (const Error&) {
    // What could not be put back stays for the next run, on its branch.
    if (!HasJournal(staging().directory().get())) LeaveNewBranch(host_, work_tree_, branch_file);
    throw;
  }
}

fs::path UpdateFolder::Write(const Plan& plan) {
  const std::vector<IndexConflict> conflicts = FromTop(work_tree_, plan.conflicts);
  WriteConflicts(conflicts);
  StageBackup(host_, plan.backups, *own_);
  ApplyTree(host_, plan.changes, destination_, staging());
  fs::path backup;
  bool recorded = false;
  try {
    if (!conflicts.empty()) work_tree_.RecordConflicts(conflicts, own_->path());
    recorded = true;
    backup = PublishBackup(own_->path());
    EndJournal(staging().path());
  } catch (const Error&) {
    RecoverTree(host_, destination_, staging().path(), RecoveryWay::kUndo);
    if (recorded) ForgetConflicts(host_, work_tree_, conflicts);
    std::error_code ignored;
    if (!backup.empty()) fs::remove_all(backup, ignored);
    EndJournal(staging().path());
    throw;
  }
  return backup;
}

RecoveredUpdate RecoverUpdate(const Host& host, const WorkTree& work_tree, RecoveryWay way) {
  RecoveredUpdate recovered;
  const fs::path own = work_tree.OwnFolder() / kStagingName;
  const Descriptor leftover = LockSoon(own);
  std::error_code error;
  if (!leftover.valid()) {
    if (!fs::is_directory(fs::symlink_status(own, error))) return recovered;
    throw Error(ErrorKind::kUser,
                "another update of '" + work_tree.root().string() + "' is running")
        .WithHelp("wait until it has ended");
  }
  work_tree.RemoveStaleLock();
  const fs::path destination = NamedPlace(work_tree, own / kPlaceFile);
  const bool is_beside = fs::exists(own / kBesideFile, error);
  const fs::path staging = is_beside ? NamedPlace(work_tree, own / kBesideFile) : own;
  // It will be removed: nothing but a folder that only we make.
  if (is_beside && staging.filename() != kStagingBeside) {
    throw Error(ErrorKind::kForbiddenPath, "\"" + staging.string() + "\" is forbidden");
  }
  if (fs::is_directory(fs::symlink_status(staging, error))) {
    recovered.what = What(RecoverTree(host, destination, staging, way));
    if (recovered.what != UpdateRecovery::kNothing) {
      RecoverRest(host, work_tree, own, staging, &recovered);
      EndJournal(staging);
    } else if (!HasEnded(staging)) {
      LeaveNewBranch(host, work_tree, own / kBranchFile);
    }
    if (is_beside) RemoveAll(staging);
  }
  RemoveAll(own);
  return recovered;
}

}  // namespace scaffold
