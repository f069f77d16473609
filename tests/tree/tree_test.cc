#include "tree/tree.h"

#include "gtest/gtest.h"
#include "tests/tree/test_files.h"

namespace scaffold {
namespace {

using testing::File;
using testing::Folder;
using testing::MakeTree;

TEST(Tree, AddReplacesAndEraseRemoves) {
  Tree tree = MakeTree({{"b", File("1")}, {"a", File("2")}});
  tree.Add("b", File("3"));
  EXPECT_EQ(tree.size(), 2u);
  EXPECT_EQ(tree.Find("b")->bytes, "3");
  EXPECT_EQ(tree.begin()->first, "a");
  EXPECT_TRUE(tree.Erase("a"));
  EXPECT_FALSE(tree.Erase("a"));
  EXPECT_EQ(tree.Find("a"), nullptr);
}

TEST(Tree, SubtreeHasRelativePaths) {
  const Tree tree = MakeTree({{"a-b", File("")}, {"a/b", File("1")}, {"a/c/d", File("2")}});
  const Tree below = Subtree(tree, "a");
  EXPECT_EQ(testing::Scratch::TreeText(below), "644 b: 1\n644 c/d: 2\n");
}

TEST(Tree, FoldersAreEntriesOrHaveContent) {
  const Tree tree = MakeTree({{"a/b", File("")}, {"empty", Folder()}, {"file", File("")}});
  EXPECT_TRUE(IsFolder(tree, "a"));
  EXPECT_TRUE(IsFolder(tree, "empty"));
  EXPECT_FALSE(IsFolder(tree, "file"));
  EXPECT_FALSE(IsFolder(tree, "a/b"));
  EXPECT_FALSE(IsFolder(tree, "none"));
}

TEST(Tree, UnsafePathsAreRecognised) {
  for (const char* path : {"a", "a/b", ".a", "..a/b", "a/..."}) EXPECT_TRUE(IsSafeTreePath(path));
  for (const char* path : {"", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "../a"}) {
    EXPECT_FALSE(IsSafeTreePath(path)) << path;
  }
  EXPECT_FALSE(IsSafeTreePath(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace scaffold
