// The template in the box: released versions as archives inside the program.

#pragma once

#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace scaffold {

struct BundledRelease {
  std::string_view version;  // "1.0.0"
  std::string_view archive;
};

// In no particular order.
std::vector<BundledRelease> BundledReleases();

}  // namespace scaffold
