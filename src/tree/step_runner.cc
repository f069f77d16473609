#include "tree/step_runner.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "tree/fingerprint.h"

namespace scaffold {
namespace {

std::string BackupName(size_t number) { return "old-" + std::to_string(number); }

bool SameFile(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// The permission bits in the fingerprint of a folder.
std::optional<mode_t> FolderMode(const std::string& fingerprint) {
  if (!fingerprint.starts_with('d')) return std::nullopt;
  return static_cast<mode_t>(std::strtoul(fingerprint.c_str() + 1, nullptr, 8)) & 07777;
}

}  // namespace

bool StepRunner::IsStaged(const std::string& name) const {
  return faccessat(place_.staging, name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

Error StepRunner::Failure(const Step& step, int error_number) const {
  std::string_view verb = "write";
  if (step.kind == Step::Kind::kMakeDirectory) verb = "create folder";
  if (step.kind == Step::Kind::kDelete) verb = "delete";
  if (step.kind == Step::Kind::kRemoveDirectory) verb = "delete folder";
  return FileSystemError(verb, place_.root->path() / step.path, error_number);
}

void StepRunner::Do(const Step& step, size_t number) {
  const bool removes =
      step.kind == Step::Kind::kDelete || step.kind == Step::Kind::kRemoveDirectory;
  // Done before. The folder it lay in may be a file by now.
  if (step.kind == Step::Kind::kDelete && IsStaged(BackupName(number))) return;
  if (step.kind == Step::Kind::kMove && !IsStaged(step.staged)) return;
  const int parent = place_.root->OpenParent(step.path);
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

void StepRunner::Undo(const Step& step, size_t number) {
  const std::string backup = BackupName(number);
  const bool has_backup = IsStaged(backup);
  const bool is_move = step.kind == Step::Kind::kMove;
  if (!has_backup && (!is_move || IsStaged(step.staged))) return;
  const int parent = place_.root->OpenParent(step.path);
  if (parent < 0) {
    const bool holds_file = is_move || step.kind == Step::Kind::kDelete;
    if (has_backup && holds_file) throw Failure(step, ENOENT);
    return;
  }
  switch (step.kind) {
    case Step::Kind::kMakeDirectory:
      // Something of the user's may be in it: then it stays.
      unlinkat(parent, LastPart(step.path), AT_REMOVEDIR);
      return place_.root->Forget();
    case Step::Kind::kRemoveDirectory:
      return UndoRemoveDirectory(step, parent);
    case Step::Kind::kDelete:
      return UndoDelete(step, parent, backup);
    case Step::Kind::kMove:
      return UndoMove(step, parent, backup);
  }
}

void StepRunner::Mark(const Step& step, size_t number) {
  const Descriptor mark(
      openat(place_.staging, BackupName(number).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!mark.valid()) throw Failure(step, errno);
}

// Some file systems know no permissions. Bits that a folder inherits from its parent stay.
void StepRunner::SetMode(int parent, const char* name, mode_t mode) const {
  struct stat status = {};
  if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  if ((status.st_mode & 0777) == (mode & 0777)) return;
  fchmodat(parent, name, (status.st_mode & 07000) | mode, 0);
}

void StepRunner::MakeDirectory(const Step& step, int parent, size_t number) {
  struct stat status = {};
  // Follows a link: a link to a folder inside serves as one.
  const bool there = fstatat(parent, LastPart(step.path), &status, 0) == 0;
  if (!there || !S_ISDIR(status.st_mode)) {
    Mark(step, number);
    if (mkdirat(parent, LastPart(step.path), place_.mode) != 0) throw Failure(step, errno);
    place_.root->Forget();
  } else if (!IsStaged(BackupName(number))) {
    return;
  }
  SetMode(parent, LastPart(step.path), place_.mode);
}

void StepRunner::RemoveDirectory(const Step& step, int parent, size_t number) {
  struct stat status = {};
  const char* name = LastPart(step.path);
  if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (!S_ISDIR(status.st_mode)) return;
  Mark(step, number);
  if (unlinkat(parent, name, AT_REMOVEDIR) == 0) return place_.root->Forget();
  const int failure = errno;
  unlinkat(place_.staging, BackupName(number).c_str(), 0);
  // Something of the user's is in it: it stays.
  if (failure != ENOTEMPTY && failure != EEXIST && failure != ENOENT) throw Failure(step, failure);
}

void StepRunner::Move(const Step& step, int parent, size_t number) {
  struct stat status = {};
  const char* name = LastPart(step.path);
  if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT) throw Failure(step, errno);
  } else if (S_ISDIR(status.st_mode)) {
    throw Failure(step, EISDIR);
  } else {
    KeepEdited(step, parent, step.before);
    const std::string backup = BackupName(number);
    // A second name, so that the first is never without a file.
    if (!IsStaged(backup) && linkat(parent, name, place_.staging, backup.c_str(), 0) != 0 &&
        renameat(parent, name, place_.staging, backup.c_str()) != 0) {
      throw Failure(step, errno);
    }
  }
  if (renameat(place_.staging, step.staged.c_str(), parent, name) != 0) throw Failure(step, errno);
}

void StepRunner::PutAside(const Step& step, int parent, size_t number) {
  struct stat status = {};
  const char* name = LastPart(step.path);
  if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT) throw Failure(step, errno);
    return;
  }
  // A folder with files of the user's, made since the kill.
  if (S_ISDIR(status.st_mode)) return;
  KeepEdited(step, parent, step.before);
  if (renameat(parent, name, place_.staging, BackupName(number).c_str()) != 0) {
    throw Failure(step, errno);
  }
}

void StepRunner::UndoRemoveDirectory(const Step& step, int parent) {
  const mode_t mode = FolderMode(step.before).value_or(place_.mode);
  const char* name = LastPart(step.path);
  if (mkdirat(parent, name, mode & 0777) != 0 && errno != EEXIST) throw Failure(step, errno);
  place_.root->Forget();
  struct stat status = {};
  if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) throw Failure(step, errno);
  if (!S_ISDIR(status.st_mode)) throw Failure(step, ENOTDIR);
  if ((status.st_mode & 07777) != mode) fchmodat(parent, name, mode, 0);
}

void StepRunner::UndoDelete(const Step& step, int parent, const std::string& backup) {
  // What stands there is of the user's: it was made since the kill.
  KeepEdited(step, parent, kNothingThere);
  PutBack(step, parent, backup);
}

// Ends with the new file in the staging folder, as before the step: so that it can be done, or
// undone, again.
void StepRunner::UndoMove(const Step& step, int parent, const std::string& backup) {
  const char* name = LastPart(step.path);
  const bool has_backup = IsStaged(backup);
  if (!IsStaged(step.staged)) {
    KeepEdited(step, parent, step.after);
    // A second name first, so that the old file replaces the new one in one step.
    if ((!has_backup || linkat(parent, name, place_.staging, step.staged.c_str(), 0) != 0) &&
        renameat(parent, name, place_.staging, step.staged.c_str()) != 0 && errno != ENOENT) {
      throw Failure(step, errno);
    }
    if (has_backup) PutBack(step, parent, backup);
    return;
  }
  // The step, or its undoing, was killed in the middle.
  struct stat old = {}, now = {};
  if (fstatat(place_.staging, backup.c_str(), &old, AT_SYMLINK_NOFOLLOW) != 0) return;
  const bool there = fstatat(parent, name, &now, AT_SYMLINK_NOFOLLOW) == 0;
  if (!there || !SameFile(old, now)) {
    const std::string found = Fingerprint(parent, name);
    if (found != step.after && found != step.before && found != kNothingThere) {
      KeepEdited(step, parent, step.after);
    }
  }
  PutBack(step, parent, backup);
}

void StepRunner::PutBack(const Step& step, int parent, const std::string& backup) {
  if (renameat(place_.staging, backup.c_str(), parent, LastPart(step.path)) != 0) {
    throw Failure(step, errno);
  }
  // Two names of one file: the rename above does nothing then, and says that all is well.
  unlinkat(place_.staging, backup.c_str(), 0);
}

void StepRunner::KeepEdited(const Step& step, int parent, const std::string& expected) {
  if (!place_.recovering || expected.empty()) return;
  const std::string found = Fingerprint(parent, LastPart(step.path));
  if (found == expected || found == kNothingThere) return;
  if (found.starts_with('d')) throw Failure(step, EISDIR);
  Keep(step, parent);
}

void StepRunner::Keep(const Step& step, int parent) {
  const char* name = LastPart(step.path);
  const std::string wanted = std::string(kKeptFolder) + "/" + step.path;
  for (size_t slash = wanted.find('/'); slash != std::string::npos;
       slash = wanted.find('/', slash + 1)) {
    if (mkdirat(place_.staging, wanted.substr(0, slash).c_str(), 0700) != 0 && errno != EEXIST) {
      throw Failure(step, errno);
    }
  }
  struct stat status = {};
  if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) throw Failure(step, errno);
  const std::filesystem::path shown = place_.root->path() / step.path;
  const std::string found = Fingerprint(parent, name);
  // Two versions may have to be kept, when a recovery was killed as well.
  std::string kept = wanted;
  for (int version = 2; IsStaged(kept); ++version) {
    if (Fingerprint(place_.staging, kept.c_str()) == found) return;
    kept = wanted + "~" + std::to_string(version);
  }
  if (S_ISLNK(status.st_mode)) {
    const std::string target = ReadLinkAt(parent, name, shown);
    if (symlinkat(target.c_str(), place_.staging, kept.c_str()) != 0) throw Failure(step, errno);
    return;
  }
  const Descriptor from(openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!from.valid()) throw Failure(step, errno);
  const std::string bytes = ReadDescriptor(from.get(), static_cast<size_t>(status.st_size), shown);
  Descriptor to(openat(place_.staging, kept.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                       status.st_mode & 0777));
  if (!to.valid()) throw Failure(step, errno);
  WriteDescriptor(to.get(), bytes, shown);
  fchmod(to.get(), status.st_mode & 07777);
  if (to.Reset() != 0) throw Failure(step, errno);
}

}  // namespace scaffold
