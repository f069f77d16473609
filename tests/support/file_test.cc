#include "support/file.h"

#include <sys/stat.h>

#include "gtest/gtest.h"
#include "scaffold/error.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

TEST(NormalizePath, ResolvesDotsByTextAlone) {
  EXPECT_EQ(NormalizePath("a/./b//c/../d"), "a/b/d");
  EXPECT_EQ(NormalizePath("../a/../.."), "../..");
  EXPECT_EQ(NormalizePath("/../a/"), "/a");
  EXPECT_EQ(NormalizePath(""), ".");
}

TEST(IsWithin, IsNotFooledByPrefixes) {
  EXPECT_TRUE(IsWithin("/a/b", "/a"));
  EXPECT_TRUE(IsWithin("/a", "/a"));
  EXPECT_FALSE(IsWithin("/ab", "/a"));
  EXPECT_TRUE(IsWithin("/a", "/"));
}

TEST(ReadFile, NamesThePathThatIsMissing) {
  try {
    ReadFile("/no/such/file");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "cannot read '/no/such/file': No such file or directory");
  }
}

TEST(ReadFile, RefusesDirectories) { EXPECT_THROW(ReadFile("/tmp"), Error); }

TEST(WriteFileAtomically, ReplacesWholeAndLeavesNothingBeside) {
  const TempDir folder(fs::temp_directory_path(), "scaffold-test-");
  const fs::path file = folder.path() / "f";
  WriteFileAtomically(file, "one");
  WriteFileAtomically(file, "two");
  EXPECT_EQ(ReadFile(file), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(TempDir, RemovesEverythingAtTheEnd) {
  fs::path path;
  {
    const TempDir folder(fs::temp_directory_path(), "scaffold-test-");
    path = folder.path();
    fs::create_directories(path / "a/b");
    WriteFile(path / "a/b/c", "x");
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace scaffold
