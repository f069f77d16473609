#include "tree/read_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <string>

#include "tree/descriptor.h"

namespace scaffold {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};
using DirectoryStream = std::unique_ptr<DIR, CloseDirectory>;

class TreeReader {
 public:
  TreeReader(const Host& host, const std::filesystem::path& root, const ReadOptions& options)
      : host_(host), root_(root), options_(options) {}

  Tree Read() {
    ReadDirectory(OpenDirectory(root_), "");
    return std::move(tree_);
  }

 private:
  void ReadDirectory(Descriptor directory, const std::string& prefix) {
    host_.CheckCancelled();
    const int fd = directory.get();
    DirectoryStream stream(fdopendir(directory.Release()));
    if (stream == nullptr) throw FileSystemError("read", root_ / prefix, errno);
    bool empty = true;
    while (true) {
      errno = 0;
      const dirent* entry = readdir(stream.get());
      if (entry == nullptr) break;
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (prefix.empty() && name == ".git" && options_.git_folder == GitFolder::kSkip) continue;
      empty = false;
      ReadEntry(fd, *entry, prefix + entry->d_name);
    }
    if (errno != 0) throw FileSystemError("read", root_ / prefix, errno);
    if (empty && !prefix.empty()) AddEmptyDirectory(fd, prefix);
  }

  void ReadEntry(int fd, const dirent& entry, const std::string& path) {
    const std::optional<EntryKind> kind = KindOf(fd, entry, path);
    if (!kind) return;
    if (options_.skip && options_.skip(path, *kind)) return;
    switch (*kind) {
      case EntryKind::kFile:
        return ReadFileEntry(fd, entry.d_name, path);
      case EntryKind::kSymlink:
        return tree_.Add(path, {.kind = EntryKind::kSymlink,
                                .bytes = ReadLinkAt(fd, entry.d_name, root_ / path),
                                .mode = 0777,
                                .origin = {}});
      case EntryKind::kDirectory: {
        Descriptor child(openat(fd, entry.d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!child.valid()) throw FileSystemError("read", root_ / path, errno);
        return ReadDirectory(std::move(child), path + "/");
      }
    }
  }

  std::optional<EntryKind> KindOf(int fd, const dirent& entry, const std::string& path) const {
    if (entry.d_type == DT_REG) return EntryKind::kFile;
    if (entry.d_type == DT_DIR) return EntryKind::kDirectory;
    if (entry.d_type == DT_LNK) return EntryKind::kSymlink;
    if (entry.d_type != DT_UNKNOWN) return std::nullopt;
    struct stat status = {};
    if (fstatat(fd, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      throw FileSystemError("read", root_ / path, errno);
    }
    if (S_ISREG(status.st_mode)) return EntryKind::kFile;
    if (S_ISDIR(status.st_mode)) return EntryKind::kDirectory;
    if (S_ISLNK(status.st_mode)) return EntryKind::kSymlink;
    return std::nullopt;
  }

  void ReadFileEntry(int fd, const char* name, const std::string& path) {
    // O_NONBLOCK: a pipe that took the file's place meanwhile must not hang us.
    Descriptor file(openat(fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!file.valid() || fstat(file.get(), &status) != 0) {
      throw FileSystemError("read", root_ / path, errno);
    }
    const size_t size = S_ISREG(status.st_mode) ? static_cast<size_t>(status.st_size) : 0;
    tree_.Add(path, {.kind = EntryKind::kFile,
                     .bytes = ReadDescriptor(file.get(), size, root_ / path),
                     .mode = status.st_mode & 07777,
                     .origin = {}});
  }

  void AddEmptyDirectory(int fd, const std::string& prefix) {
    struct stat status = {};
    if (fstat(fd, &status) != 0) throw FileSystemError("read", root_ / prefix, errno);
    tree_.Add(
        prefix.substr(0, prefix.size() - 1),
        {.kind = EntryKind::kDirectory, .bytes = {}, .mode = status.st_mode & 07777, .origin = {}});
  }

  const Host& host_;
  const std::filesystem::path& root_;
  const ReadOptions& options_;
  Tree tree_;
};

}  // namespace

Tree ReadTree(const Host& host, const std::filesystem::path& root, const ReadOptions& options) {
  return TreeReader(host, root, options).Read();
}

}  // namespace scaffold
