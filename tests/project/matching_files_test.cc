#include "project/matching_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "scaffold/error.h"
#include "support/file.h"
#include "value/operators.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

class MatchingFilesTest : public ::testing::Test {
 protected:
  void Put(const std::string& path, const std::string& text = "") {
    fs::create_directories((folder_.path() / path).parent_path());
    WriteFile(folder_.path() / path, text);
  }
  std::string Find(const std::vector<std::string>& patterns) {
    return Repr(ReadMatchingFiles(folder_.path(), patterns));
  }

  TempDir folder_{fs::temp_directory_path(), "matching-"};
};

TEST_F(MatchingFilesTest, PatternsStayWithinOnePart) {
  Put("manage.py", "run\n");
  Put("a/apps.py", "A");
  Put("a/b/apps.py", "B");
  Put("a/b/c/apps.py", "C");
  EXPECT_EQ(Find({"manage.py"}), "[{'path': 'manage.py', 'text': 'run\\n'}]");
  EXPECT_EQ(Find({"*/apps.py"}), "[{'path': 'a/apps.py', 'text': 'A'}]");
  EXPECT_EQ(Find({"*/*/apps.py", "a/apps.py", "*/apps.py"}),
            "[{'path': 'a/apps.py', 'text': 'A'}, {'path': 'a/b/apps.py', 'text': 'B'}]");
  EXPECT_EQ(Find({"absent/x", "manage.py/x", "apps.py"}), "[]");
}

TEST_F(MatchingFilesTest, LinksHiddenFoldersAndVirtualEnvironmentsArePassedOver) {
  Put("a/x.py", "A");
  Put(".hidden/x.py", "H");
  Put("env/x.py", "E");
  Put("env/pyvenv.cfg");
  fs::create_symlink("a", folder_.path() / "link");
  fs::create_symlink("x.py", folder_.path() / "a" / "y.py");
  EXPECT_EQ(Find({"*/*.py"}), "[{'path': 'a/x.py', 'text': 'A'}]");
  EXPECT_EQ(Find({"link/x.py", "env/x.py"}), "[]");
  EXPECT_EQ(Find({".*/x.py"}), "[{'path': '.hidden/x.py', 'text': 'H'}]");
}

TEST_F(MatchingFilesTest, WhatIsNoTextHasNone) {
  Put("binary", "\xff\xfe");
  Put("large", std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(Find({"*"}), "[{'path': 'binary', 'text': ''}, {'path': 'large', 'text': ''}]");
}

}  // namespace
}  // namespace scaffold
