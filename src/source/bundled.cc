#include "source/bundled.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <string>

#include "scaffold/error.h"

namespace scaffold {
namespace {

// The table in bundled.S; ends with a null name.
struct EmbeddedRelease {
  const char* version;
  const char* begin;
  const char* end;
};
extern "C" const EmbeddedRelease scaffold_bundled_releases[];

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchiveReader = std::unique_ptr<archive, FreeArchive>;

Error Damaged(archive* reader) {
  const char* text = archive_error_string(reader);
  return Error(ErrorKind::kIo,
               std::string("cannot read the archive: ") + (text != nullptr ? text : "damaged"));
}

std::string ReadBytes(archive* reader, archive_entry* entry) {
  std::string bytes(static_cast<size_t>(archive_entry_size(entry)), '\0');
  if (bytes.empty()) return bytes;
  const la_ssize_t got = archive_read_data(reader, bytes.data(), bytes.size());
  if (got < 0 || static_cast<size_t>(got) != bytes.size()) throw Damaged(reader);
  return bytes;
}

void AddEntry(archive* reader, archive_entry* entry, Tree* tree) {
  std::string path = archive_entry_pathname(entry);
  while (path.ends_with('/')) path.pop_back();
  if (path.starts_with("./")) path.erase(0, 2);
  if (path.empty() || path == ".") return;
  if (!IsSafeTreePath(path)) {
    throw Error(ErrorKind::kForbiddenPath, "\"" + path + "\" is forbidden");
  }
  const bool executable = (archive_entry_perm(entry) & 0100) != 0;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      return tree->Add(path, {.kind = EntryKind::kFile,
                              .bytes = ReadBytes(reader, entry),
                              .mode = executable ? 0755u : 0644u,
                              .origin = {}});
    case AE_IFLNK:
      return tree->Add(path, {.kind = EntryKind::kSymlink,
                              .bytes = archive_entry_symlink(entry),
                              .mode = 0777,
                              .origin = {}});
    case AE_IFDIR:
      return tree->Add(path,
                       {.kind = EntryKind::kDirectory, .bytes = {}, .mode = 0755, .origin = {}});
    default:
      return;  // devices and pipes are no part of a template
  }
}

// A Tree names a directory only when it is empty.
void EraseFilledDirectories(Tree* tree) {
  auto& entries = tree->entries();
  for (auto entry = entries.begin(); entry != entries.end();) {
    const auto next = entries.lower_bound(entry->first + "/");
    const bool filled = entry->second.kind == EntryKind::kDirectory && next != entries.end() &&
                        next->first.starts_with(entry->first + "/");
    entry = filled ? entries.erase(entry) : std::next(entry);
  }
}

}  // namespace

std::vector<BundledRelease> BundledReleases() {
  std::vector<BundledRelease> releases;
  for (const EmbeddedRelease* release = scaffold_bundled_releases; release->version != nullptr;
       ++release) {
    releases.push_back({release->version, {release->begin, release->end}});
  }
  return releases;
}

Tree ReadTarArchive(std::span<const char> archive) {
  const ArchiveReader reader(archive_read_new());
  archive_read_support_format_tar(reader.get());
  if (archive_read_open_memory(reader.get(), archive.data(), archive.size()) != ARCHIVE_OK) {
    throw Damaged(reader.get());
  }
  Tree tree;
  while (true) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(reader.get(), &entry);
    if (result == ARCHIVE_EOF) break;
    if (result < ARCHIVE_WARN) throw Damaged(reader.get());
    AddEntry(reader.get(), entry, &tree);
  }
  EraseFilledDirectories(&tree);
  return tree;
}

}  // namespace scaffold
