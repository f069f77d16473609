#include "tree/compare.h"

#include <fcntl.h>

#include <cerrno>

#include "tree/descriptor.h"

namespace scaffold {
namespace {

constexpr mode_t kExecutableBits = 0111;

DiskState State(bool identical) {
  return identical ? DiskState::kIdentical : DiskState::kDifferent;
}

}  // namespace

DiskState CompareWithDisk(const std::filesystem::path& root, std::string_view path,
                          const TreeEntry& entry) {
  const std::filesystem::path full = root / path;
  struct stat status = {};
  if (lstat(full.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return DiskState::kAbsent;
    throw FileSystemError("read", full, errno);
  }
  switch (entry.kind) {
    case EntryKind::kDirectory:
      return State(stat(full.c_str(), &status) == 0 && S_ISDIR(status.st_mode));
    case EntryKind::kSymlink:
      return State(S_ISLNK(status.st_mode) &&
                   ReadLinkAt(AT_FDCWD, full.c_str(), full) == entry.bytes);
    case EntryKind::kFile:
      break;
  }
  if (!S_ISREG(status.st_mode) || static_cast<size_t>(status.st_size) != entry.bytes.size() ||
      (status.st_mode & kExecutableBits) != (entry.mode & kExecutableBits)) {
    return DiskState::kDifferent;
  }
  const Descriptor file(open(full.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.valid()) throw FileSystemError("read", full, errno);
  return State(ReadDescriptor(file.get(), entry.bytes.size(), full) == entry.bytes);
}

}  // namespace scaffold
