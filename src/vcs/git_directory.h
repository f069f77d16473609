// Where a repository keeps its data, found out by looking at files alone.

#pragma once

#include <filesystem>
#include <optional>

namespace scaffold {

// git's own test: HEAD, objects and refs are there.
bool LooksLikeGitDirectory(const std::filesystem::path& path);
// The data of the work tree with its top at `path`: `.git`, or what a `.git` file names, whether
// that exists or not.
std::optional<std::filesystem::path> FindDotGit(const std::filesystem::path& path);
// Of a linked work tree, the main repository's folder.
std::filesystem::path CommonDirectory(const std::filesystem::path& git_directory);

}  // namespace scaffold
