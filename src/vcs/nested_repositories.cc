#include "vcs/nested_repositories.h"

#include <algorithm>
#include <optional>

#include "support/file.h"
#include "support/text.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

// Where a component `.git` begins in `path`; git takes no other case of it either.
size_t FindGitName(std::string_view path) {
  for (size_t begin = 0; begin != std::string_view::npos;) {
    const size_t slash = path.find('/', begin);
    const std::string_view name = path.substr(begin, slash - begin);
    if (name.size() == 4 && name.front() == '.' && ToLowerAscii(name) == ".git") return begin;
    begin = slash == std::string_view::npos ? slash : slash + 1;
  }
  return std::string_view::npos;
}

bool IsGitDirectory(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path / "HEAD", error)) &&
         fs::is_directory(path / "objects", error) && fs::is_directory(path / "refs", error);
}

// git's own rule: a `.git` that leads to no repository makes its folder a plain one.
bool IsRepository(const fs::path& folder) {
  const fs::path git = folder / ".git";
  std::error_code error;
  if (fs::is_directory(git, error)) return IsGitDirectory(git);
  if (!fs::is_regular_file(git, error)) return false;
  const std::string text = ReadFile(git);
  if (!text.starts_with("gitdir: ")) return false;
  const fs::path target(StripBlanks(std::string_view(text).substr(8)));
  std::error_code absent;
  // A linked work tree has its HEAD there, and the rest elsewhere.
  return fs::exists((target.is_absolute() ? target : folder / target) / "HEAD", absent);
}

}  // namespace

NestedRepositories::NestedRepositories(const fs::path& folder, const Tree& tree) {
  std::string checked;
  for (const auto& [path, entry] : tree) {
    const size_t begin = FindGitName(path);
    if (begin == std::string::npos || begin == 0) continue;
    std::string inner = path.substr(0, begin - 1);
    if (inner == checked) continue;
    if (IsRepository(folder / inner) && !Holds(inner)) folders_.push_back(inner);
    checked = std::move(inner);
  }
}

bool NestedRepositories::Holds(std::string_view path) const {
  if (FindGitName(path) != std::string_view::npos) return true;
  return std::any_of(folders_.begin(), folders_.end(), [path](const std::string& folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
  });
}

}  // namespace scaffold
