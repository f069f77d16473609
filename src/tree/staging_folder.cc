#include "tree/staging_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "tree/journal.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxRunsAtOnce = 1000;

// Creates and locks `path`; invalid when the name is taken by a run that lives.
Descriptor Claim(const fs::path& path, const fs::path& shown) {
  while (true) {
    if (mkdir(path.c_str(), 0777) != 0) {
      if (errno != EEXIST) throw FileSystemError("create", shown, errno);
      Descriptor leftover = LockLeftover(path);
      if (!leftover.valid()) return {};
      std::error_code error;
      RemoveStagingFolder(path, &error);
      if (error) return {};
      continue;
    }
    Descriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    // Another run may have taken our folder for a leftover before we could lock it; a file system
    // without locks gets none.
    if (!directory.valid()) continue;
    if (flock(directory.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) continue;
    struct stat status = {};
    if (fstat(directory.get(), &status) == 0 && status.st_nlink > 0) return directory;
  }
}

std::pair<fs::path, Descriptor> ClaimAny(const fs::path& parent, const std::string& name,
                                         const fs::path& shown, Sharing sharing) {
  const int runs = sharing == Sharing::kExclusive ? 1 : kMaxRunsAtOnce;
  for (int run = 0; run < runs; ++run) {
    fs::path path = parent / (run == 0 ? name : name + "-" + std::to_string(run));
    Descriptor directory = Claim(path, shown);
    if (directory.valid()) return {std::move(path), std::move(directory)};
  }
  throw Error(ErrorKind::kUser, "another run is writing to '" + shown.string() + "'")
      .WithHelp("wait until it has ended");
}

struct stat StatusOf(const Descriptor& directory, const fs::path& shown) {
  struct stat status = {};
  if (fstat(directory.get(), &status) != 0) throw FileSystemError("create", shown, errno);
  return status;
}

}  // namespace

void RemoveStagingFolder(const fs::path& path, std::error_code* error) {
  if (HasEnded(path)) {
    std::vector<fs::path> rest;
    for (fs::directory_iterator entry(path, *error), end; !*error && entry != end;
         entry.increment(*error)) {
      if (entry->path() != DoneMark(path)) rest.push_back(entry->path());
    }
    for (const fs::path& each : rest) {
      if (*error) return;
      fs::remove_all(each, *error);
    }
    if (*error) return;
  }
  fs::remove_all(path, *error);
}

Descriptor LockLeftover(const fs::path& path) {
  Descriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory.valid() || flock(directory.get(), LOCK_EX | LOCK_NB) != 0) return {};
  return directory;
}

StagingFolder::StagingFolder(const Host& host, const fs::path& parent, const std::string& name,
                             const fs::path& shown, Sharing sharing)
    : mask_(host, {}) {
  std::tie(path_, directory_) = ClaimAny(parent, name, shown, sharing);
  const struct stat status = StatusOf(directory_, shown);
  mask_ = ModeMask(host, status);
  if (mask_.DirectoryNeedsChmod()) fchmod(directory_.get(), mask_.directory_mode());
}

StagingFolder::StagingFolder(StagingFolder&& other) noexcept
    : path_(std::move(other.path_)),
      directory_(std::move(other.directory_)),
      mask_(other.mask_),
      owned_(std::exchange(other.owned_, false)) {}

StagingFolder::~StagingFolder() {
  // A run that could be neither finished nor undone: its backups are all there is of some files.
  if (!owned_ || HasJournal(directory_.get())) return;
  std::error_code ignored;
  RemoveStagingFolder(path_, &ignored);
}

}  // namespace scaffold
