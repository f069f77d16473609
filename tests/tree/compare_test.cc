#include "tree/compare.h"

#include "gtest/gtest.h"
#include "tests/tree/test_files.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::File;
using testing::Folder;
using testing::Link;
using testing::Scratch;

TEST(CompareWithDisk, LooksAtKindBytesAndExecutableBits) {
  Scratch scratch;
  scratch.Write("p/f", "one", 0600);
  scratch.Write("p/d/x", "");
  fs::create_symlink("f", scratch / "p/l");
  fs::create_symlink("d", scratch / "p/dl");
  const auto compare = [&](const char* path, const TreeEntry& entry) {
    return CompareWithDisk(scratch / "p", path, entry);
  };
  EXPECT_EQ(compare("f", File("one", 0644)), DiskState::kIdentical);
  EXPECT_EQ(compare("f", File("two", 0644)), DiskState::kDifferent);
  EXPECT_EQ(compare("f", File("one!", 0644)), DiskState::kDifferent);
  EXPECT_EQ(compare("f", File("one", 0755)), DiskState::kDifferent);
  EXPECT_EQ(compare("none", File("")), DiskState::kAbsent);
  EXPECT_EQ(compare("f/none", File("")), DiskState::kAbsent);
  EXPECT_EQ(compare("d", File("")), DiskState::kDifferent);
  EXPECT_EQ(compare("l", File("one")), DiskState::kDifferent);
  EXPECT_EQ(compare("l", Link("f")), DiskState::kIdentical);
  EXPECT_EQ(compare("l", Link("g")), DiskState::kDifferent);
  EXPECT_EQ(compare("d", Folder()), DiskState::kIdentical);
  EXPECT_EQ(compare("dl", Folder()), DiskState::kIdentical);
  EXPECT_EQ(compare("f", Folder()), DiskState::kDifferent);
}

}  // namespace
}  // namespace scaffold
