#include "tree/entry_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace scaffold {
namespace {

// The chain of open directories that leads to the entry being written.
class DirectoryStack {
 public:
  DirectoryStack(int root, const ModeMask& mask, const std::filesystem::path& shown_root)
      : root_(root), mask_(mask), shown_root_(shown_root) {}

  // The directory `folder` ("" is the root), created with its parents where needed.
  int Enter(std::string_view folder) {
    while (!levels_.empty() && !Contains(levels_.back().path, folder)) levels_.pop_back();
    while (Current().size() < folder.size()) {
      const size_t begin = Current().empty() ? 0 : Current().size() + 1;
      Push(std::string(folder.substr(0, folder.find('/', begin))), begin);
    }
    return Top();
  }

 private:
  struct Level {
    std::string path;
    Descriptor directory;
  };

  static bool Contains(std::string_view outer, std::string_view inner) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
  }

  std::string_view Current() const {
    if (levels_.empty()) return {};
    return levels_.back().path;
  }
  int Top() const { return levels_.empty() ? root_ : levels_.back().directory.get(); }

  void Push(std::string path, size_t name_begin) {
    const char* name = path.c_str() + name_begin;
    MakeDirectory(Top(), name, mask_, shown_root_ / path);
    Descriptor opened(openat(Top(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened.valid()) throw FileSystemError("open", shown_root_ / path, errno);
    levels_.push_back({std::move(path), std::move(opened)});
  }

  int root_;
  const ModeMask& mask_;
  const std::filesystem::path& shown_root_;
  std::vector<Level> levels_;
};

}  // namespace

void WriteEntry(int fd, const char* name, const TreeEntry& entry, const ModeMask& mask,
                const std::filesystem::path& path, struct stat* status) {
  if (entry.kind == EntryKind::kSymlink) {
    if (symlinkat(entry.bytes.c_str(), fd, name) != 0) {
      throw FileSystemError("create link", path, errno);
    }
    if (status != nullptr && fstatat(fd, name, status, AT_SYMLINK_NOFOLLOW) != 0) {
      throw FileSystemError("read", path, errno);
    }
    return;
  }
  const mode_t mode = entry.mode & 07777;
  Descriptor file(
      openat(fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0777));
  if (!file.valid()) throw FileSystemError("write", path, errno);
  WriteDescriptor(file.get(), entry.bytes, path);
  // Some file systems know no permissions; the bytes are what matters there.
  if (mask.NeedsChmod(mode) && fchmod(file.get(), mode) != 0 && errno != EPERM &&
      errno != ENOTSUP) {
    throw FileSystemError("set the permissions of", path, errno);
  }
  if (status != nullptr && fstat(file.get(), status) != 0) {
    throw FileSystemError("read", path, errno);
  }
  // Network file systems report a full disk only here.
  if (file.Reset() != 0) throw FileSystemError("write", path, errno);
}

void MakeDirectory(int fd, const char* name, const ModeMask& mask,
                   const std::filesystem::path& path) {
  if (mkdirat(fd, name, 0777) != 0) throw FileSystemError("create folder", path, errno);
  if (mask.DirectoryNeedsChmod() && fchmodat(fd, name, mask.directory_mode(), 0) != 0 &&
      errno != EPERM && errno != ENOTSUP) {
    throw FileSystemError("set the permissions of", path, errno);
  }
}

namespace {

struct OrderedEntry {
  const std::string* path;
  const TreeEntry* entry;
  size_t stamp;  // position among the tree's files and links
};

// Folder by folder: the bytes of "a.b" stand between those of "a" and "a/b", so the Tree's own
// order would leave a folder and come back to it.
std::vector<OrderedEntry> FolderOrder(const Tree& tree) {
  std::vector<OrderedEntry> order;
  order.reserve(tree.size());
  size_t stamp = 0;
  for (const auto& [path, entry] : tree) {
    order.push_back({&path, &entry, stamp});
    stamp += entry.kind == EntryKind::kDirectory ? 0 : 1;
  }
  auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
  std::sort(order.begin(), order.end(), [rank](const OrderedEntry& a, const OrderedEntry& b) {
    return std::lexicographical_compare(a.path->begin(), a.path->end(), b.path->begin(),
                                        b.path->end(),
                                        [rank](char x, char y) { return rank(x) < rank(y); });
  });
  return order;
}

}  // namespace

void WriteEntries(const Host& host, const Tree& tree, const Descriptor& root, const ModeMask& mask,
                  const std::filesystem::path& shown_root, std::vector<FileStamp>* stamps) {
  DirectoryStack directories(root.get(), mask, shown_root);
  // Stamps stand in the Tree's order, which is that of git's index.
  if (stamps != nullptr) {
    for (const auto& [path, entry] : tree) {
      if (entry.kind != EntryKind::kDirectory) stamps->push_back(FileStamp{path, {}});
    }
  }
  for (const OrderedEntry& item : FolderOrder(tree)) {
    const std::string& path = *item.path;
    host.CheckCancelled();
    if (item.entry->kind == EntryKind::kDirectory) {
      directories.Enter(path);
      continue;
    }
    const size_t slash = path.rfind('/');
    const bool at_root = slash == std::string::npos;
    const int fd = directories.Enter(at_root ? "" : std::string_view(path).substr(0, slash));
    const char* name = path.c_str() + (at_root ? 0 : slash + 1);
    struct stat* status = stamps == nullptr ? nullptr : &(*stamps)[item.stamp].status;
    WriteEntry(fd, name, *item.entry, mask, shown_root / path, status);
  }
}

}  // namespace scaffold
