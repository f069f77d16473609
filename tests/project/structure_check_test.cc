#include "project/structure_check.h"

#include <gtest/gtest.h>

namespace scaffold {
namespace {

std::string Problem(std::string_view path, std::string_view text) {
  return FindStructureProblem(path, text).value_or("");
}

TEST(StructureCheck, TakesWhatCanBeRead) {
  EXPECT_EQ(Problem("a.json", R"({"a": [1, {"a": 2}], "b": {"a": 1}})"), "");
  EXPECT_EQ(Problem("a.toml", "[x]\na = 1\n[y]\na = 1\n"), "");
  EXPECT_EQ(Problem("a.yml", "a: 1\nb: {a: 1}\n---\na: !custom 2\n"), "");
  EXPECT_EQ(Problem("a.yaml", "x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n"), "");
  EXPECT_EQ(Problem("a.txt", "{"), "");
}

TEST(StructureCheck, NamesAKeyThatStandsTwice) {
  EXPECT_EQ(Problem("a.json", R"({"a": 1, "a": 2})"), "the key \"a\" stands twice in one object");
  EXPECT_EQ(Problem("p.yml", "a: 1\nb:\n  c: 1\n  c: 2\n"), "line 4: the key 'c' stands twice");
  EXPECT_NE(Problem("pyproject.toml", "[tool.x]\na = 1\n[tool.x]\nb = 1\n").find("line 3: "),
            std::string::npos);
}

TEST(StructureCheck, NamesTheLineOfWhatCannotBeRead) {
  EXPECT_NE(Problem("a.json", "{\n\"a\" 1}").find("line 2"), std::string::npos);
  EXPECT_TRUE(Problem("a.yml", "a: 1\nb: [\n").starts_with("line "));
  EXPECT_TRUE(Problem("a.toml", "a = 1\nb = \n").starts_with("line "));
}

}  // namespace
}  // namespace scaffold
