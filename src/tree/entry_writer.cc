#include "tree/entry_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <mutex>
#include <span>
#include <thread>

namespace scaffold {
namespace {

enum class Missing : uint8_t { kMake, kError };

// The chain of open directories that leads to the entry being written.
class DirectoryStack {
 public:
  DirectoryStack(int root, const ModeMask& mask, const std::filesystem::path& shown_root,
                 Missing missing)
      : root_(root), mask_(mask), shown_root_(shown_root), missing_(missing) {}

  // The directory `folder` ("" is the root), with kMake created with its parents.
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
    if (missing_ == Missing::kMake) MakeDirectory(Top(), name, mask_, shown_root_ / path);
    Descriptor opened(openat(Top(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened.valid()) throw FileSystemError("open", shown_root_ / path, errno);
    levels_.push_back({std::move(path), std::move(opened)});
  }

  int root_;
  const ModeMask& mask_;
  const std::filesystem::path& shown_root_;
  Missing missing_;
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

std::string_view FolderOf(const OrderedEntry& item) {
  const std::string_view path = *item.path;
  if (item.entry->kind == EntryKind::kDirectory) return path;
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// Writes files and links into folders that are there. Most of the time is the kernel's, who makes
// files in several folders at once: so do the threads, each with runs of entries of one folder.
class FileWriters {
 public:
  FileWriters(const Host& host, std::span<const OrderedEntry> items, int root, const ModeMask& mask,
              const std::filesystem::path& shown_root, std::vector<FileStamp>* stamps)
      : host_(host),
        items_(items),
        root_(root),
        mask_(mask),
        shown_root_(shown_root),
        stamps_(stamps) {}

  void Run() {
    const size_t wanted = std::min<size_t>(items_.size() / kFilesPerThread, kMaxThreads);
    const size_t count =
        std::clamp<size_t>(std::thread::hardware_concurrency(), 1, std::max<size_t>(wanted, 1));
    std::vector<std::thread> others;
    for (size_t i = 1; i < count; ++i) others.emplace_back([this] { WriteRuns(); });
    WriteRuns();
    for (std::thread& other : others) other.join();
    if (error_ != nullptr) std::rethrow_exception(error_);
  }

 private:
  static constexpr size_t kFilesPerThread = 25;  // fewer are not worth a thread
  static constexpr size_t kMaxThreads = 4;

  // The next entries that lie in one folder; empty when all are taken, or one has failed.
  std::span<const OrderedEntry> TakeRun() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (error_ != nullptr) return {};
    const size_t begin = next_;
    while (next_ < items_.size() && FolderOf(items_[next_]) == FolderOf(items_[begin])) ++next_;
    return items_.subspan(begin, next_ - begin);
  }

  void WriteRuns() {
    DirectoryStack directories(root_, mask_, shown_root_, Missing::kError);
    try {
      for (auto run = TakeRun(); !run.empty(); run = TakeRun()) {
        for (const OrderedEntry& item : run) Write(item, &directories);
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (error_ == nullptr) error_ = std::current_exception();
    }
  }

  void Write(const OrderedEntry& item, DirectoryStack* directories) {
    host_.CheckCancelled();
    if (item.entry->kind == EntryKind::kDirectory) return;
    const std::string_view folder = FolderOf(item);
    const char* name = item.path->c_str() + (folder.empty() ? 0 : folder.size() + 1);
    struct stat* status = stamps_ == nullptr ? nullptr : &(*stamps_)[item.stamp].status;
    WriteEntry(directories->Enter(folder), name, *item.entry, mask_, shown_root_ / *item.path,
               status);
  }

  const Host& host_;
  std::span<const OrderedEntry> items_;
  int root_;
  const ModeMask& mask_;
  const std::filesystem::path& shown_root_;
  std::vector<FileStamp>* stamps_;
  std::mutex mutex_;  // of what follows
  size_t next_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void WriteEntries(const Host& host, const Tree& tree, const Descriptor& root, const ModeMask& mask,
                  const std::filesystem::path& shown_root, std::vector<FileStamp>* stamps) {
  // Stamps stand in the Tree's order, which is that of git's index.
  if (stamps != nullptr) {
    for (const auto& [path, entry] : tree) {
      if (entry.kind != EntryKind::kDirectory) stamps->push_back(FileStamp{path, {}});
    }
  }
  const std::vector<OrderedEntry> order = FolderOrder(tree);
  DirectoryStack directories(root.get(), mask, shown_root, Missing::kMake);
  for (const OrderedEntry& item : order) {
    host.CheckCancelled();
    directories.Enter(FolderOf(item));
  }
  FileWriters(host, order, root.get(), mask, shown_root, stamps).Run();
}

}  // namespace scaffold
