// FetchWithLibrary: a remote repository without the git program.

#pragma once

#include <filesystem>
#include <string>

#include "support/host.h"

namespace scaffold {

// Makes or refreshes the bare repository `path` from `url` with libgit2: all branches, all tags,
// and HEAD. Knows http, https and file URLs, with a user and password only from the URL itself.
// Throws Error(kGit).
void FetchWithLibrary(const Host& host, const std::string& url, const std::filesystem::path& path);

}  // namespace scaffold
