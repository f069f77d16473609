#include "render/template_files.h"

#include "gtest/gtest.h"

namespace scaffold {
namespace {

Tree MakeTree() {
  Tree tree;
  const auto link = [&](const char* path, const char* target) {
    tree.Add(path, {.kind = EntryKind::kSymlink, .bytes = target, .origin = {}});
  };
  tree.Add("d/e/f", {.bytes = "f", .origin = {}});
  tree.Add("g", {.bytes = "g", .origin = {}});
  link("to_e", "d/e");
  link("d/up", "../g");
  link("chain", "to_e/f");
  link("out", "../g");
  link("absolute", "/g");
  link("self", "self");
  link("dangling", "nope/x");
  link("back", "nope/../g");
  link("far_out", "nope/../../g");
  return tree;
}

class TemplateFilesTest : public ::testing::Test {
 protected:
  TemplateFiles::Found Found(std::string_view path) {
    return files_.Resolve(files_.root(), path).found;
  }
  std::string Where(std::string_view path) {
    const TemplateFiles::Target target = files_.Resolve(files_.root(), path);
    return target.node == nullptr ? "<none>" : TemplateFiles::PathOf(*target.node);
  }
  const Tree tree_ = MakeTree();
  const TemplateFiles files_{tree_};
};

TEST_F(TemplateFilesTest, PathsAreFoundWithoutRegardToDotsAndSlashes) {
  EXPECT_EQ(Where("d/e/f"), "d/e/f");
  EXPECT_EQ(Where("./d//e/../e/f"), "d/e/f");
  EXPECT_EQ(Where("d"), "d");
  EXPECT_EQ(Where(""), "");
  EXPECT_EQ(Found("d/x"), TemplateFiles::Found::kNothing);
  EXPECT_EQ(Found("g/x"), TemplateFiles::Found::kNothing);
}

TEST_F(TemplateFilesTest, LinksAreFollowedInside) {
  EXPECT_EQ(Where("to_e/f"), "d/e/f");
  EXPECT_EQ(Where("d/up"), "g");
  EXPECT_EQ(Where("chain"), "d/e/f");
  EXPECT_EQ(Where("back"), "g");
}

TEST_F(TemplateFilesTest, WhatLeavesTheTemplateIsOutside) {
  EXPECT_EQ(Found(".."), TemplateFiles::Found::kOutside);
  EXPECT_EQ(Found("out"), TemplateFiles::Found::kOutside);
  EXPECT_EQ(Found("absolute"), TemplateFiles::Found::kOutside);
  EXPECT_EQ(Found("/g"), TemplateFiles::Found::kOutside);
  EXPECT_EQ(Found("far_out"), TemplateFiles::Found::kOutside);
}

TEST_F(TemplateFilesTest, LoopsAndDanglingLinksAreTold) {
  EXPECT_EQ(Found("self"), TemplateFiles::Found::kLoop);
  EXPECT_EQ(Found("self/x"), TemplateFiles::Found::kLoop);
  EXPECT_EQ(Found("dangling"), TemplateFiles::Found::kNothing);
}

}  // namespace
}  // namespace scaffold
