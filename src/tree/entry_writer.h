// EntryWriter: puts Tree entries into directories that only we can see yet.
//
// Every file costs openat, write and close; directories stay open while their content is written.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/host.h"
#include "tree/descriptor.h"
#include "tree/tree.h"

namespace scaffold {

// What fstat said of a file just written: git's index wants it.
struct FileStamp {
  std::string_view path;  // points into the Tree
  struct stat status;
};

// How permission bits come to be: the process's umask may differ from the host's.
class ModeMask {
 public:
  // `probe`: a directory that was created with mode 0777.
  ModeMask(const Host& host, const struct stat& probe)
      : wanted_(host.umask & 0777), process_(~probe.st_mode & 0777) {}

  // The mode of new directories.
  mode_t directory_mode() const { return 0777 & ~wanted_; }
  bool NeedsChmod(mode_t mode) const { return (mode & (process_ | 07000)) != 0; }
  bool DirectoryNeedsChmod() const { return wanted_ != process_; }

 private:
  mode_t wanted_;
  mode_t process_;
};

// Creates the file or link `name`, which must not exist, in the directory `fd`. `path` is for
// errors. Files get exactly the entry's permission bits. REQUIRES: not a directory entry.
void WriteEntry(int fd, const char* name, const TreeEntry& entry, const ModeMask& mask,
                const std::filesystem::path& path, struct stat* status = nullptr);
void MakeDirectory(int fd, const char* name, const ModeMask& mask,
                   const std::filesystem::path& path);

// Writes all of `tree` below the empty directory `root`; `shown_root` is the place that errors
// name. `stamps` may be null.
void WriteEntries(const Host& host, const Tree& tree, const Descriptor& root, const ModeMask& mask,
                  const std::filesystem::path& shown_root, std::vector<FileStamp>* stamps);

}  // namespace scaffold
