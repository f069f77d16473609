#include "tree/write_tree.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "support/file.h"
#include "tree/apply_tree.h"
#include "tree/journal.h"
#include "tree/staging_folder.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxNameBytes = 200;

enum class Place : uint8_t { kAbsent, kReplaceable, kKept };

fs::path Resolve(const Host& host, const fs::path& destination) {
  const fs::path path = AbsolutePath(host.working_directory, destination);
  std::error_code error;
  // An existing directory may be named through links; what is renamed is the directory itself.
  const fs::path real = fs::canonical(path, error);
  return error ? path : real;
}

bool IsEmptyDirectory(const fs::path& path) {
  std::error_code error;
  const bool empty = fs::is_empty(path, error);
  if (error) throw FileSystemError("read", path, error.value());
  return empty;
}

// An existing empty directory may be replaced unless somebody would notice.
bool MustKeep(const Host& host, const fs::path& path, const struct stat& status) {
  std::error_code error;
  const fs::path working = fs::canonical(host.working_directory, error);
  if (path == "/" || (!error && IsWithin(working, path))) return true;
  struct stat parent = {};
  if (stat(path.parent_path().c_str(), &parent) != 0 || parent.st_dev != status.st_dev) return true;
  return access(path.parent_path().c_str(), W_OK) != 0 || status.st_uid != geteuid();
}

Place Inspect(const Host& host, const fs::path& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) throw FileSystemError("open", path, errno);
    if (lstat(path.c_str(), &status) != 0) return Place::kAbsent;
    throw Error(ErrorKind::kUser, "destination '" + path.string() + "' is a broken link");
  }
  if (!S_ISDIR(status.st_mode)) {
    throw Error(ErrorKind::kUser, "destination '" + path.string() + "' is not a folder");
  }
  if (!IsEmptyDirectory(path)) {
    throw Error(ErrorKind::kUser, "destination '" + path.string() + "' is not empty");
  }
  return MustKeep(host, path, status) ? Place::kKept : Place::kReplaceable;
}

// The parents that had to be made; they go again when the run fails.
class MissingParents {
 public:
  MissingParents(const Host& host, const fs::path& path) {
    std::vector<fs::path> missing;
    std::error_code error;
    for (fs::path at = path; !at.empty() && !fs::exists(at, error); at = at.parent_path()) {
      missing.push_back(at);
    }
    for (auto at = missing.rbegin(); at != missing.rend(); ++at) {
      if (mkdir(at->c_str(), 0777) != 0) {
        if (errno == EEXIST) continue;
        const int failure = errno;
        Remove();
        throw FileSystemError("create folder", *at, failure);
      }
      made_.push_back(*at);
      chmod(at->c_str(), 0777 & ~host.umask);
    }
  }
  ~MissingParents() { Remove(); }
  MissingParents(const MissingParents&) = delete;
  MissingParents& operator=(const MissingParents&) = delete;
  void Keep() { made_.clear(); }

 private:
  void Remove() {
    for (auto at = made_.rbegin(); at != made_.rend(); ++at) rmdir(at->c_str());
    made_.clear();
  }
  std::vector<fs::path> made_;
};

// Cut where a UTF-8 character begins, so that file systems that insist on UTF-8 take it.
std::string StagingName(const fs::path& destination) {
  std::string name = destination.filename().string();
  if (name.size() > kMaxNameBytes) {
    size_t end = kMaxNameBytes;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    name.resize(end);
  }
  return "." + name + ".scaffold-new";
}

void Publish(const StagingFolder& staging, const fs::path& destination, Place place) {
  const char* from = staging.path().c_str();
  const char* to = destination.c_str();
  if (place == Place::kReplaceable) {
    struct stat status = {};
    if (stat(to, &status) == 0) chmod(from, status.st_mode & 07777);
    if (rename(from, to) == 0) return;
  } else {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return;
    // Not every file system knows the flag; rename itself replaces only an empty directory.
    if ((errno == EINVAL || errno == ENOSYS) && rename(from, to) == 0) return;
  }
  throw FileSystemError("create", destination, errno);
}

void WriteBeside(const Host& host, const Tree& tree, const fs::path& destination,
                 const WriteOptions& options, Place place) {
  StagingFolder staging(host, destination.parent_path(), StagingName(destination), destination,
                        Sharing::kBeside);
  std::vector<FileStamp> stamps;
  WriteEntries(host, tree, staging.directory(), staging.mask(), destination,
               options.before_publish ? &stamps : nullptr);
  if (options.before_publish) options.before_publish({staging.path(), stamps});
  host.CheckCancelled();
  Publish(staging, destination, place);
  staging.Release();
}

std::vector<Step> MovesOf(const fs::path& folder) {
  std::vector<Step> steps;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    steps.push_back({.kind = Step::Kind::kMove, .path = name, .staged = "tree/" + name});
  }
  if (error) throw FileSystemError("read", folder, error.value());
  return steps;
}

void WriteInside(const Host& host, const Tree& tree, const fs::path& destination,
                 const WriteOptions& options) {
  StagingFolder staging(host, destination, kApplyFolder, destination, Sharing::kExclusive);
  MakeDirectory(staging.directory().get(), "tree", staging.mask(), destination);
  const fs::path folder = staging.path() / "tree";
  std::vector<FileStamp> stamps;
  WriteEntries(host, tree, OpenDirectory(folder), staging.mask(), destination, &stamps);
  if (options.before_publish) options.before_publish({folder, stamps});
  host.CheckCancelled();
  const std::vector<Step> steps = MovesOf(folder);
  WriteJournal(staging, steps);
  RootFolder root(destination);
  RunSteps(steps, {.staging = staging.directory().get(),
                   .root = &root,
                   .mode = staging.mask().directory_mode()});
  EndJournal(staging.path());
}

}  // namespace

void WriteNewTree(const Host& host, const Tree& tree, const fs::path& destination,
                  const WriteOptions& options) {
  const fs::path path = Resolve(host, destination);
  std::error_code error;
  if (fs::is_directory(path, error)) RecoverTree(host, path);
  const Place place = Inspect(host, path);
  if (place == Place::kKept) return WriteInside(host, tree, path, options);
  MissingParents parents(host, path.parent_path());
  WriteBeside(host, tree, path, options, place);
  parents.Keep();
}

bool IsNewDestination(const Host& host, const fs::path& destination) {
  const fs::path path = Resolve(host, destination);
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return true;
  return fs::is_directory(path, error) && fs::is_empty(path, error) && !error;
}

}  // namespace scaffold
