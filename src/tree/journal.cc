#include "tree/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "support/file.h"
#include "support/text.h"
#include "tree/tree.h"

namespace scaffold {
namespace {

constexpr std::string_view kHeader = "scaffold journal 1";
constexpr std::string_view kName = "journal";

class StepRunner {
 public:
  StepRunner(int staging, RootFolder* root, mode_t mode)
      : staging_(staging), root_(root), mode_(mode) {}

  void Do(const Step& step, size_t number) {
    const int parent = root_->OpenParent(step.path);
    const bool removes =
        step.kind == Step::Kind::kDelete || step.kind == Step::Kind::kRemoveDirectory;
    if (parent < 0 && removes) return;
    if (parent < 0) throw Failure(step, ENOENT);
    switch (step.kind) {
      case Step::Kind::kMakeDirectory:
        return MakeDirectory(step, parent, number);
      case Step::Kind::kMove:
        return Move(step, parent, number);
      case Step::Kind::kDelete:
        return PutAside(step, parent, number);
      case Step::Kind::kRemoveDirectory:
        return RemoveDirectory(step, parent, number);
    }
  }

  void Undo(const Step& step, size_t number) {
    const std::string backup = BackupName(number);
    const int parent = root_->OpenParent(step.path);
    const char* name = LastPart(step.path);
    if (parent < 0) {
      if (IsStaged(backup)) throw Failure(step, ENOENT);
      return;
    }
    switch (step.kind) {
      case Step::Kind::kMakeDirectory:
        if (IsStaged(backup)) unlinkat(parent, name, AT_REMOVEDIR);
        return;
      case Step::Kind::kRemoveDirectory:
        if (!IsStaged(backup)) return;
        if (mkdirat(parent, name, mode_) != 0 && errno != EEXIST) throw Failure(step, errno);
        fchmodat(parent, name, mode_, 0);
        return;
      case Step::Kind::kDelete:
        return PutBack(step, parent, backup);
      case Step::Kind::kMove:
        if (IsStaged(backup)) return PutBack(step, parent, backup);
        if (IsStaged(step.staged)) return;
        if (renameat(parent, name, staging_, step.staged.c_str()) != 0 && errno != ENOENT) {
          throw Failure(step, errno);
        }
        return;
    }
  }

 private:
  static std::string BackupName(size_t number) { return "old-" + std::to_string(number); }

  bool IsStaged(const std::string& name) const {
    return faccessat(staging_, name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
  }

  Error Failure(const Step& step, int error_number) const {
    std::string_view verb = "write";
    if (step.kind == Step::Kind::kMakeDirectory) verb = "create folder";
    if (step.kind == Step::Kind::kDelete) verb = "delete";
    if (step.kind == Step::Kind::kRemoveDirectory) verb = "delete folder";
    return FileSystemError(verb, root_->path() / step.path, error_number);
  }

  // Remembers that a step on a folder was ours: a folder cannot be kept as a backup.
  void Mark(size_t number) {
    const Descriptor mark(
        openat(staging_, BackupName(number).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  }

  void MakeDirectory(const Step& step, int parent, size_t number) {
    struct stat status = {};
    // Follows a link: a link to a folder inside serves as one.
    const bool there = fstatat(parent, LastPart(step.path), &status, 0) == 0;
    if (there && S_ISDIR(status.st_mode)) return;
    Mark(number);
    if (mkdirat(parent, LastPart(step.path), mode_) != 0) throw Failure(step, errno);
    fchmodat(parent, LastPart(step.path), mode_, 0);
  }

  void RemoveDirectory(const Step& step, int parent, size_t number) {
    struct stat status = {};
    const char* name = LastPart(step.path);
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;
    if (!S_ISDIR(status.st_mode)) return;
    Mark(number);
    if (unlinkat(parent, name, AT_REMOVEDIR) == 0) return;
    const int failure = errno;
    unlinkat(staging_, BackupName(number).c_str(), 0);
    // Something of the user's is in it: it stays.
    if (failure != ENOTEMPTY && failure != EEXIST && failure != ENOENT) {
      throw Failure(step, failure);
    }
  }

  void Move(const Step& step, int parent, size_t number) {
    if (!IsStaged(step.staged)) return;
    struct stat status = {};
    const char* name = LastPart(step.path);
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != ENOENT) throw Failure(step, errno);
    } else if (S_ISDIR(status.st_mode)) {
      throw Failure(step, EISDIR);
    } else {
      const std::string backup = BackupName(number);
      if (!IsStaged(backup) && linkat(parent, name, staging_, backup.c_str(), 0) != 0 &&
          renameat(parent, name, staging_, backup.c_str()) != 0) {
        throw Failure(step, errno);
      }
    }
    if (renameat(staging_, step.staged.c_str(), parent, name) != 0) throw Failure(step, errno);
  }

  void PutAside(const Step& step, int parent, size_t number) {
    const std::string backup = BackupName(number);
    if (IsStaged(backup)) return;
    if (renameat(parent, LastPart(step.path), staging_, backup.c_str()) != 0 && errno != ENOENT) {
      throw Failure(step, errno);
    }
  }

  void PutBack(const Step& step, int parent, const std::string& backup) {
    if (!IsStaged(backup)) return;
    const char* name = LastPart(step.path);
    if (renameat(staging_, backup.c_str(), parent, name) != 0) throw Failure(step, errno);
    // Two names of one file: the rename above does nothing then, and says that all is well.
    unlinkat(staging_, backup.c_str(), 0);
  }

  int staging_;
  RootFolder* root_;
  mode_t mode_;
};

}  // namespace

void WriteJournal(const StagingFolder& staging, const std::vector<Step>& steps) {
  std::string text(kHeader);
  for (const Step& step : steps) {
    text += '\0';
    text += static_cast<char>(step.kind);
    text += step.path;
    text += '\0';
    text += step.staged;
  }
  WriteFileAtomically(staging.path() / kName, text);
}

void RemoveJournal(const std::filesystem::path& staging) { unlink((staging / kName).c_str()); }

std::optional<std::vector<Step>> ReadJournal(const std::filesystem::path& staging) {
  const std::optional<std::string> text = ReadFileIfExists(staging / kName);
  if (!text) return std::nullopt;
  const std::vector<std::string_view> fields = Split(*text, '\0');
  const Error malformed(ErrorKind::kIo, "cannot read '" + (staging / kName).string() +
                                            "': it is not a journal of this version");
  if (fields.front() != kHeader || fields.size() % 2 == 0) throw malformed;
  std::vector<Step> steps;
  for (size_t i = 1; i < fields.size(); i += 2) {
    const std::string_view path = fields[i].substr(std::min<size_t>(1, fields[i].size()));
    // The folder lies where others may write: its content is checked like any input.
    if (!IsSafeTreePath(path) || !(fields[i + 1].empty() || IsSafeTreePath(fields[i + 1]))) {
      throw malformed;
    }
    steps.push_back({.kind = static_cast<Step::Kind>(fields[i].front()),
                     .path = std::string(path),
                     .staged = std::string(fields[i + 1])});
  }
  return steps;
}

void RunSteps(const std::vector<Step>& steps, int staging, RootFolder* root, mode_t mode) {
  StepRunner runner(staging, root, mode);
  size_t number = 0;
  try {
    for (; number < steps.size(); ++number) runner.Do(steps[number], number);
  } catch (const Error&) {
    // The step that failed may be half done.
    for (++number; number-- > 0;) {
      try {
        runner.Undo(steps[number], number);
      } catch (const Error&) {  // each step undone is one more in its old state
      }
    }
    throw;
  }
}

void UndoSteps(const std::vector<Step>& steps, int staging, RootFolder* root, mode_t mode) {
  StepRunner runner(staging, root, mode);
  std::optional<Error> failure;
  for (size_t number = steps.size(); number-- > 0;) {
    try {
      runner.Undo(steps[number], number);
    } catch (const Error& error) {
      failure = error;
    }
  }
  if (failure) throw *failure;
}

}  // namespace scaffold
