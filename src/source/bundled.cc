#include "source/bundled.h"

#include "support/embedded.h"

namespace scaffold {

extern "C" const EmbeddedRow scaffold_bundled_releases[];

std::vector<BundledRelease> BundledReleases() {
  constexpr std::string_view kSuffix = ".tar";
  std::vector<BundledRelease> releases;
  for (const EmbeddedFile& file : EmbeddedFiles(scaffold_bundled_releases)) {
    releases.push_back({file.path.substr(0, file.path.size() - kSuffix.size()), file.bytes});
  }
  return releases;
}

}  // namespace scaffold
