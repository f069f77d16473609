// Archives: a tar or zip file as a Tree.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "tree/tree.h"

namespace scaffold {

// Whether the name of a file or the path of a URL is that of an archive that ReadArchive reads:
// .tar, .tar.gz, .tgz, .tar.bz2, .tar.xz or .zip.
bool IsArchiveName(std::string_view name);

// A template is text for people; these bounds only stop archives that were made to fill memory.
struct ArchiveLimits {
  size_t bytes = size_t{1} << 30;
  size_t entries = 200'000;
};

// The entries of an archive. Executable bits survive; other bits become 0644 and 0755. Throws
// Error(kIo) when it is damaged or larger than a template can be, and Error(kForbiddenPath) for an
// entry that would leave the folder.
Tree ReadArchive(std::span<const char> archive, const ArchiveLimits& limits = {});

// The content of the only folder at the top, as archives of repositories have one; a tree with
// more than that at its top is returned as it is.
Tree WithoutTopFolder(Tree tree);

}  // namespace scaffold
