#include "source/bundled.h"

#include "gtest/gtest.h"
#include "source/archive.h"

namespace scaffold {
namespace {

TEST(BundledReleases, AreWholeArchives) {
  const std::vector<BundledRelease> releases = BundledReleases();
  ASSERT_FALSE(releases.empty());
  for (const BundledRelease& release : releases) {
    EXPECT_NE(ReadArchive(release.archive).Find("copier.yml"), nullptr) << release.version;
  }
}

}  // namespace
}  // namespace scaffold
