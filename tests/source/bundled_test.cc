#include "source/bundled.h"

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "support/subprocess.h"
#include "tests/tree/test_files.h"

namespace scaffold {
namespace {

using testing::Scratch;

TEST(BundledReleases, AreWholeArchives) {
  const std::vector<BundledRelease> releases = BundledReleases();
  ASSERT_FALSE(releases.empty());
  for (const BundledRelease& release : releases) {
    EXPECT_NE(ReadTarArchive(release.archive).Find("copier.yml"), nullptr) << release.version;
  }
}

TEST(ReadTarArchive, KeepsModesLinksAndEmptyFolders) {
  Scratch scratch;
  scratch.Write("t/a", "1", 0600);
  scratch.Write("t/d/run", "2", 0750);
  std::filesystem::create_directory(scratch / "t/empty");
  std::filesystem::create_symlink("a", scratch / "t/link");
  Command tar;
  tar.arguments = {"tar", "-C", (scratch / "t").string(), "-cf", "-", "."};
  const std::string archive = RunCommand(scratch.host(), tar).output;
  EXPECT_EQ(Scratch::TreeText(ReadTarArchive(archive)),
            "644 a: 1\n755 d/run: 2\ndir empty\nlink link -> a\n");
  EXPECT_THROW(ReadTarArchive(std::string_view(archive).substr(0, 700)), Error);
}

TEST(ReadTarArchive, RefusesPathsThatLeave) {
  Scratch scratch;
  scratch.Write("x", "1");
  scratch.Write("t/y", "1");
  Command tar;
  tar.arguments = {"tar", "-C", (scratch / "t").string(), "-P", "-cf", "-", "../x"};
  EXPECT_THROW(ReadTarArchive(RunCommand(scratch.host(), tar).output), Error);
}

}  // namespace
}  // namespace scaffold
