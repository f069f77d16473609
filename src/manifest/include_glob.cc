#include "manifest/include_glob.h"

#include <algorithm>
#include <optional>
#include <set>

#include "scaffold/error.h"
#include "support/file.h"
#include "support/text.h"

namespace scaffold {
namespace {

constexpr int kMaxLinks = 40;

// `path` as seen from `root`.
[[noreturn]] void Forbid(const std::string& root, std::string_view path) {
  throw Error(
      ErrorKind::kForbiddenPath,
      "\"" + LocatePath(root, path) +
          "\" is forbidden\n\nYAML include file path must be inside the template directory");
}

using Parts = std::vector<std::string>;

Parts SplitPath(std::string_view path) {
  Parts parts;
  for (const std::string_view part : Split(path, '/')) {
    if (!part.empty() && part != ".") parts.emplace_back(part);
  }
  return parts;
}

// The entry that `path` names after every link on the way; nullopt when there is none.
std::optional<std::string> Resolve(const Tree& tree, std::string_view path,
                                   const std::string& root) {
  Parts pending = SplitPath(path);
  std::reverse(pending.begin(), pending.end());
  Parts done;
  int links = 0;
  while (!pending.empty()) {
    const std::string part = pending.back();
    pending.pop_back();
    if (part == "..") {
      if (done.empty()) {
        pending.emplace_back("..");
        std::reverse(pending.begin(), pending.end());
        Forbid(root, Join(pending, "/"));
      }
      done.pop_back();
      continue;
    }
    done.push_back(part);
    const TreeEntry* entry = tree.Find(Join(done, "/"));
    if (entry == nullptr || entry->kind != EntryKind::kSymlink) continue;
    if (++links > kMaxLinks) return std::nullopt;
    if (entry->bytes.starts_with('/')) Forbid(root, entry->bytes);
    done.pop_back();
    Parts target = SplitPath(entry->bytes);
    pending.insert(pending.end(), target.rbegin(), target.rend());
  }
  return Join(done, "/");
}

// [abc], [!abc], [a-z] at the front of the pattern; false when it is no set, or when `c` is not in
// it.
bool MatchSet(std::string_view* pattern, char c, bool* is_set) {
  const size_t negation = pattern->starts_with("[!") ? 2 : 1;
  const size_t end = pattern->find(']', negation + 1);
  *is_set = end != std::string_view::npos;
  if (!*is_set) return false;
  const std::string_view set = pattern->substr(negation, end - negation);
  bool found = false;
  for (size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      found |= set[i] <= c && c <= set[i + 2];
      i += 2;
    } else {
      found |= set[i] == c;
    }
  }
  pattern->remove_prefix(end + 1);
  return found != (negation == 2);
}

// Python's fnmatch for one part of a path.
bool MatchPart(std::string_view pattern, std::string_view name) {
  size_t retry_name = std::string_view::npos;
  std::string_view retry_pattern;
  size_t pos = 0;
  while (true) {
    if (pattern.starts_with('*')) {
      pattern.remove_prefix(1);
      retry_pattern = pattern;
      retry_name = pos;
      continue;
    }
    if (pattern.empty() && pos == name.size()) return true;
    bool matched = false;
    if (!pattern.empty() && pos < name.size()) {
      bool is_set = false;
      std::string_view rest = pattern;
      if (pattern.front() == '[') matched = MatchSet(&rest, name[pos], &is_set);
      if (!is_set) {
        matched = pattern.front() == '?' || pattern.front() == name[pos];
        rest.remove_prefix(1);
      }
      if (matched) pattern = rest;
    }
    if (matched) {
      ++pos;
      continue;
    }
    // Let the last star take one character more.
    if (retry_name == std::string_view::npos || ++retry_name > name.size()) return false;
    pattern = retry_pattern;
    pos = retry_name;
  }
}

bool MatchParts(const Parts& pattern, size_t i, const Parts& path, size_t j) {
  if (i == pattern.size()) return j == path.size();
  if (pattern[i] == "**") {
    for (size_t k = j; k <= path.size(); ++k) {
      if (MatchParts(pattern, i + 1, path, k)) return true;
    }
    return false;
  }
  return j < path.size() && MatchPart(pattern[i], path[j]) &&
         MatchParts(pattern, i + 1, path, j + 1);
}

bool IsFile(const Tree& tree, std::string_view path) {
  const TreeEntry* entry = tree.Find(path);
  return entry != nullptr && entry->kind == EntryKind::kFile;
}

}  // namespace

std::vector<std::string> FindIncludedFiles(const Tree& template_tree, std::string_view pattern,
                                           const std::string& root) {
  std::set<std::string> found;
  const auto add = [&](std::string_view path) {
    const std::optional<std::string> file = Resolve(template_tree, path, root);
    if (file && IsFile(template_tree, *file)) found.insert(*file);
  };
  if (pattern.find_first_of("*?[") == std::string_view::npos) {
    add(pattern);
    return {found.begin(), found.end()};
  }
  const Parts parts = SplitPath(pattern);
  if (std::find(parts.begin(), parts.end(), "..") != parts.end()) Forbid(root, pattern);
  for (const auto& [path, entry] : template_tree) {
    if (entry.kind != EntryKind::kDirectory && MatchParts(parts, 0, SplitPath(path), 0)) add(path);
  }
  return {found.begin(), found.end()};
}

}  // namespace scaffold
