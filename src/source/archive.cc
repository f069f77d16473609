#include "source/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "scaffold/error.h"

namespace scaffold {
namespace {

constexpr size_t kBlock = size_t{64} << 10;

constexpr std::string_view kSuffixes[] = {".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip"};

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchiveReader = std::unique_ptr<archive, FreeArchive>;

Error Damaged(archive* reader) {
  const char* text = archive_error_string(reader);
  return Error(ErrorKind::kIo,
               std::string("cannot read the archive: ") + (text != nullptr ? text : "damaged"));
}

class ArchiveLoader {
 public:
  ArchiveLoader(std::span<const char> bytes, const ArchiveLimits& limits)
      : limits_(limits), reader_(archive_read_new()) {
    archive_read_support_format_tar(reader_.get());
    archive_read_support_format_zip(reader_.get());
    archive_read_support_filter_gzip(reader_.get());
    archive_read_support_filter_bzip2(reader_.get());
    archive_read_support_filter_xz(reader_.get());
    if (archive_read_open_memory(reader_.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
      throw Damaged(reader_.get());
    }
  }

  Tree Load() {
    for (size_t count = 0;; ++count) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(reader_.get(), &entry);
      if (result == ARCHIVE_EOF) break;
      if (result < ARCHIVE_WARN) throw Damaged(reader_.get());
      if (count >= limits_.entries) throw TooLarge();
      AddEntry(entry);
    }
    EraseFilledDirectories();
    return std::move(tree_);
  }

 private:
  // The size in an entry's header is a claim, so the data itself is counted.
  std::string ReadBytes() {
    std::string bytes;
    while (true) {
      const size_t size = bytes.size();
      bytes.resize(size + kBlock);
      const la_ssize_t got = archive_read_data(reader_.get(), bytes.data() + size, kBlock);
      if (got < 0) throw Damaged(reader_.get());
      bytes.resize(size + static_cast<size_t>(got));
      if (got == 0) return bytes;
      total_ += static_cast<size_t>(got);
      if (total_ > limits_.bytes) throw TooLarge();
    }
  }

  void AddEntry(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr) throw Damaged(reader_.get());
    std::string path = name;
    while (path.ends_with('/')) path.pop_back();
    if (path.starts_with("./")) path.erase(0, 2);
    if (path.empty() || path == ".") return;
    if (!IsSafeTreePath(path)) {
      throw Error(ErrorKind::kForbiddenPath, "\"" + path + "\" is forbidden");
    }
    if (const char* target = archive_entry_hardlink(entry)) {
      AddHardLink(std::move(path), target);
      return;
    }
    TreeEntry added;
    switch (archive_entry_filetype(entry)) {
      case AE_IFREG:
        added.kind = EntryKind::kFile;
        added.bytes = ReadBytes();
        added.mode = (archive_entry_perm(entry) & 0100) != 0 ? 0755u : 0644u;
        break;
      case AE_IFLNK:
        added.kind = EntryKind::kSymlink;
        if (archive_entry_symlink(entry) != nullptr) added.bytes = archive_entry_symlink(entry);
        added.mode = 0777;
        break;
      case AE_IFDIR:
        added.kind = EntryKind::kDirectory;
        added.mode = 0755;
        break;
      default:
        return;  // devices and pipes are no part of a template
    }
    tree_.Add(std::move(path), std::move(added));
  }

  // A second name of a file that came before.
  void AddHardLink(std::string path, const std::string& target) {
    const auto first = tree_.entries().find(target);
    if (first == tree_.entries().end() || first->second.kind != EntryKind::kFile) return;
    TreeEntry copy = first->second;
    total_ += copy.bytes.size();
    if (total_ > limits_.bytes) throw TooLarge();
    tree_.Add(std::move(path), std::move(copy));
  }

  // A Tree names a directory only when it is empty.
  void EraseFilledDirectories() {
    auto& entries = tree_.entries();
    for (auto entry = entries.begin(); entry != entries.end();) {
      const auto next = entries.lower_bound(entry->first + "/");
      const bool filled = entry->second.kind == EntryKind::kDirectory && next != entries.end() &&
                          next->first.starts_with(entry->first + "/");
      entry = filled ? entries.erase(entry) : std::next(entry);
    }
  }

  Error TooLarge() const {
    return Error(ErrorKind::kIo, "the archive is too large for a template")
        .WithHelp("at most " + std::to_string(limits_.bytes >> 20) + " MiB in " +
                  std::to_string(limits_.entries) + " entries are read");
  }

  const ArchiveLimits& limits_;
  ArchiveReader reader_;
  Tree tree_;
  size_t total_ = 0;
};

}  // namespace

bool IsArchiveName(std::string_view name) {
  return std::any_of(std::begin(kSuffixes), std::end(kSuffixes), [&](std::string_view suffix) {
    return name.size() > suffix.size() && name.ends_with(suffix);
  });
}

Tree ReadArchive(std::span<const char> archive, const ArchiveLimits& limits) {
  return ArchiveLoader(archive, limits).Load();
}

Tree WithoutTopFolder(Tree tree) {
  if (tree.empty()) return tree;
  const std::string& first = tree.entries().begin()->first;
  const size_t slash = first.find('/');
  if (slash == std::string::npos) return tree;
  const std::string top = first.substr(0, slash + 1);
  for (const auto& [path, entry] : tree.entries()) {
    if (!path.starts_with(top)) return tree;
  }
  return Subtree(tree, first.substr(0, slash));
}

}  // namespace scaffold
