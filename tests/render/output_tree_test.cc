#include "render/output_tree.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "scaffold/error.h"

namespace scaffold {
namespace {

TreeEntry File(std::string bytes) { return {.bytes = std::move(bytes), .origin = {}}; }
TreeEntry Folder() { return {.kind = EntryKind::kDirectory, .bytes = {}, .origin = {}}; }
TreeEntry Link(std::string target) {
  return {.kind = EntryKind::kSymlink, .bytes = std::move(target), .origin = {}};
}

bool KeepNone(std::string_view) { return false; }
bool KeepAll(std::string_view) { return true; }

ErrorKind KindOfAdd(OutputTree* tree, const std::string& path, TreeEntry entry) {
  try {
    tree->Add(path, std::move(entry), KeepNone);
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::kInterrupted;
}

TEST(OutputTree, LastFileOfAPathWins) {
  OutputTree tree;
  tree.Add("a", File("1"), KeepNone);
  tree.Add("a", File("2"), KeepNone);
  EXPECT_EQ(tree.collisions(), (std::vector<std::string>{"a"}));
  EXPECT_EQ(std::move(tree).Take().Find("a")->bytes, "2");
}

TEST(OutputTree, FirstFileStaysWhenItIsToBeSkippedIfItExists) {
  OutputTree tree;
  tree.Add("a", File("1"), KeepAll);
  tree.Add("a", File("2"), KeepAll);
  EXPECT_EQ(std::move(tree).Take().Find("a")->bytes, "1");
}

TEST(OutputTree, EqualFilesDoNotCollide) {
  OutputTree tree;
  tree.Add("a", File("1"), KeepNone);
  tree.Add("a", File("1"), KeepNone);
  EXPECT_TRUE(tree.collisions().empty());
}

TEST(OutputTree, FileAndFolderOfOnePathAreRefused) {
  OutputTree tree;
  tree.Add("d/x", File(""), KeepNone);
  tree.Add("f", File(""), KeepNone);
  tree.Add("e", Folder(), KeepNone);
  EXPECT_EQ(KindOfAdd(&tree, "d", File("")), ErrorKind::kUser);
  EXPECT_EQ(KindOfAdd(&tree, "d", Link("x")), ErrorKind::kUser);
  EXPECT_EQ(KindOfAdd(&tree, "e", File("")), ErrorKind::kUser);
  EXPECT_EQ(KindOfAdd(&tree, "f", Folder()), ErrorKind::kUser);
  EXPECT_EQ(KindOfAdd(&tree, "f/y", File("")), ErrorKind::kUser);
  EXPECT_EQ(KindOfAdd(&tree, "f/y/z", File("")), ErrorKind::kUser);
}

TEST(OutputTree, PathsFollowLinksOfTheTemplate) {
  OutputTree tree;
  tree.Add("real/x", File(""), KeepNone);
  tree.Add("a/link", Link("../real"), KeepNone);
  tree.Add("a/link/y", File("y"), KeepNone);
  const Tree result = std::move(tree).Take();
  EXPECT_EQ(result.Find("real/y")->bytes, "y");
  EXPECT_EQ(result.Find("a/link/y"), nullptr);
}

TEST(OutputTree, PathsThroughLinksToTheOutsideAreForbidden) {
  OutputTree tree;
  tree.Add("up", Link("../.."), KeepNone);
  tree.Add("etc", Link("/etc"), KeepNone);
  tree.Add("loop", Link("loop"), KeepNone);
  EXPECT_EQ(KindOfAdd(&tree, "up/x", File("")), ErrorKind::kForbiddenPath);
  EXPECT_EQ(KindOfAdd(&tree, "etc/passwd", File("")), ErrorKind::kForbiddenPath);
  EXPECT_EQ(KindOfAdd(&tree, "loop/x", File("")), ErrorKind::kForbiddenPath);
}

}  // namespace
}  // namespace scaffold
