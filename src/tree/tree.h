// Tree: a directory as data.
//
// Paths are relative, normalised, with '/', never empty, never absolute, never with "..". A Tree is
// what render makes, what update merges and what WriteTree writes; nothing here touches the disk.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace scaffold {

enum class EntryKind : uint8_t { kFile, kSymlink, kDirectory };

// Where a rendered entry came from: which template file, and which item of its yield tags.
struct Provenance {
  std::string template_path;  // relative to the template's root; empty when not rendered
  std::string yield_item;     // str() of the items, joined by '\x1f'
};

struct TreeEntry {
  EntryKind kind = EntryKind::kFile;
  std::string bytes;     // of a file, or the target of a symlink
  uint32_t mode = 0644;  // permission bits; of files (and directories) only
  Provenance origin;

  bool executable() const { return (mode & 0111) != 0; }
};

class Tree {
 public:
  using Map = std::map<std::string, TreeEntry, std::less<>>;

  const TreeEntry* Find(std::string_view path) const;
  // Replaces an entry of that path. REQUIRES: path as described above.
  void Add(std::string path, TreeEntry entry);
  bool Erase(std::string_view path);
  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  const Map& entries() const { return entries_; }  // sorted by bytes
  Map& entries() { return entries_; }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  Map entries_;
};

// What lies below `folder`, with paths relative to it. REQUIRES: folder is a Tree path.
Tree Subtree(const Tree& tree, std::string_view folder);
// Whether `path` is a directory entry or has entries below it (folders with content need no entry).
bool IsFolder(const Tree& tree, std::string_view path);
// Whether `path` has the form that Tree asks for.
bool IsSafeTreePath(std::string_view path);

}  // namespace scaffold
