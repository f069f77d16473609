#include "vcs/index_lock.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "scaffold/error.h"
#include "support/file.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kText = "locked by scaffold update\n";

Error LockedError(const fs::path& lock) {
  return Error(ErrorKind::kGit, "cannot record the conflicts: '" + lock.string() +
                                    "' is there, another git process seems to be running")
      .WithHelp("end it, or remove the file when none is");
}

Error WriteError(const fs::path& path, int error_number) {
  return Error(ErrorKind::kIo,
               "cannot write '" + path.string() + "': " + std::strerror(error_number));
}

// Never over a file that is there.
int Place(const fs::path& from, const fs::path& to) {
  if (link(from.c_str(), to.c_str()) == 0) return 0;
  if (errno == EEXIST) return EEXIST;
  // A file system without second names.
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  return errno;
}

}  // namespace

IndexLock::IndexLock(const fs::path& git_directory, const fs::path& folder)
    : lock_(git_directory / "index.lock"),
      own_(folder / "index-lock"),
      index_(git_directory / "index"),
      new_index_(folder / "index") {
  WriteFile(own_, kText, 0600);
  const int failure = Place(own_, lock_);
  if (failure != 0) unlink(own_.c_str());
  if (failure == EEXIST) throw LockedError(lock_);
  if (failure != 0) throw WriteError(lock_, failure);
  try {
    struct stat status = {};
    const mode_t mode = stat(index_.c_str(), &status) == 0 ? status.st_mode & 0777 : 0666;
    unlink(new_index_.c_str());
    unlink((new_index_.string() + ".lock").c_str());  // of a run that was killed here
    if (const auto bytes = ReadFileIfExists(index_)) {
      WriteFile(new_index_, *bytes, mode);
      // As old as the index: which files are too young to be trusted goes by that.
      const struct timespec times[] = {status.st_atim, status.st_mtim};
      utimensat(AT_FDCWD, new_index_.c_str(), times, 0);
    }
  } catch (const Error&) {
    RemoveStaleIndexLock(git_directory);
    unlink(own_.c_str());
    throw;
  }
}

IndexLock::~IndexLock() {
  RemoveStaleIndexLock(lock_.parent_path());
  unlink(own_.c_str());
  unlink(new_index_.c_str());
}

void IndexLock::Commit() {
  struct stat status = {};
  if (stat(index_.c_str(), &status) == 0) chmod(new_index_.c_str(), status.st_mode & 07777);
  if (rename(new_index_.c_str(), index_.c_str()) != 0) throw WriteError(index_, errno);
}

void RemoveStaleIndexLock(const fs::path& git_directory) {
  const fs::path lock = git_directory / "index.lock";
  if (ReadFileIfExists(lock) != kText) return;
  // A second time: with the lock left behind, no git command would work.
  if (unlink(lock.c_str()) != 0) unlink(lock.c_str());
}

}  // namespace scaffold
