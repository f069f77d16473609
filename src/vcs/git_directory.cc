#include "vcs/git_directory.h"

#include "support/file.h"
#include "support/text.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

bool IsFolderOnDisk(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

}  // namespace

bool LooksLikeGitDirectory(const fs::path& path) {
  std::error_code error;
  return IsFolderOnDisk(path / "objects") && IsFolderOnDisk(path / "refs") &&
         fs::exists(fs::symlink_status(path / "HEAD", error));
}

std::optional<fs::path> FindDotGit(const fs::path& path) {
  const fs::path dot_git = path / ".git";
  if (LooksLikeGitDirectory(dot_git)) return dot_git;
  std::error_code error;
  if (!fs::is_regular_file(dot_git, error)) return std::nullopt;
  const std::string text = ReadFile(dot_git);
  if (!text.starts_with("gitdir: ")) return std::nullopt;
  const fs::path target(StripBlanks(std::string_view(text).substr(8)));
  return target.is_absolute() ? target : path / target;
}

fs::path CommonDirectory(const fs::path& git_directory) {
  const std::optional<std::string> text = ReadFileIfExists(git_directory / "commondir");
  if (!text) return git_directory;
  return git_directory / fs::path(StripBlanks(*text));
}

}  // namespace scaffold
