// Mirror: a local copy of a remote repository, kept in the user's cache.

#pragma once

#include <filesystem>
#include <string>

#include "support/host.h"

namespace scaffold {

struct Mirror {
  std::filesystem::path path;  // a bare repository
  std::string warning;         // not empty when it could not be refreshed
};

// Where the mirror of `url` is, or would be.
std::filesystem::path MirrorPath(const Host& host, const std::string& url);

// Clones or refreshes the mirror of `url`; runs at the same time wait for each other. With the git
// program where there is one, else with libgit2. Throws Error(kGit) when there is none and none can
// be made.
Mirror FetchMirror(const Host& host, const std::string& url);

// Clones anew, for a mirror that turned out to be damaged. The old one stays when that fails.
Mirror RemakeMirror(const Host& host, const std::string& url);

}  // namespace scaffold
