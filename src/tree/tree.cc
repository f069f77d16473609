#include "tree/tree.h"

#include <utility>

namespace scaffold {

const TreeEntry* Tree::Find(std::string_view path) const {
  const auto found = entries_.find(path);
  return found == entries_.end() ? nullptr : &found->second;
}

void Tree::Add(std::string path, TreeEntry entry) {
  // Entries mostly come in order, so the end is the best guess.
  entries_.insert_or_assign(entries_.end(), std::move(path), std::move(entry));
}

bool Tree::Erase(std::string_view path) {
  const auto found = entries_.find(path);
  if (found == entries_.end()) return false;
  entries_.erase(found);
  return true;
}

Tree Subtree(const Tree& tree, std::string_view folder) {
  const std::string prefix = std::string(folder) + "/";
  Tree below;
  for (auto entry = tree.entries().lower_bound(prefix);
       entry != tree.end() && entry->first.starts_with(prefix); ++entry) {
    below.Add(entry->first.substr(prefix.size()), entry->second);
  }
  return below;
}

bool IsFolder(const Tree& tree, std::string_view path) {
  if (const TreeEntry* entry = tree.Find(path)) return entry->kind == EntryKind::kDirectory;
  const std::string prefix = std::string(path) + "/";
  const auto entry = tree.entries().lower_bound(prefix);
  return entry != tree.end() && entry->first.starts_with(prefix);
}

bool IsSafeTreePath(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return false;
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace scaffold
