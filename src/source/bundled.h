// The template in the box: released versions as archives inside the program.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace scaffold {

struct BundledRelease {
  std::string_view version;  // "1.0.0"
  std::span<const char> archive;
};

// In no particular order.
std::vector<BundledRelease> BundledReleases();

// The entries of a tar archive. Executable bits survive; other bits become 0644 and 0755. Throws
// Error(kIo) when it is damaged.
Tree ReadTarArchive(std::span<const char> archive);

}  // namespace scaffold
