#include "cli/path_completer.h"

#include "gtest/gtest.h"
#include "support/file.h"

namespace scaffold::cli {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

class PathCompleterTest : public ::testing::Test {
 protected:
  PathCompleterTest()
      : temp_(fs::temp_directory_path(), "scaffold-complete-"),
        complete_(MakePathCompleter(temp_.path())) {
    for (const char* folder : {"src/cli", "src/core", ".git"}) {
      fs::create_directories(temp_.path() / folder);
    }
    for (const char* file : {"src/a.cc", "setup.py", ".gitignore"}) {
      WriteFile(temp_.path() / file, "");
    }
  }

  TempDir temp_;
  terminal::Completer complete_;
};

TEST_F(PathCompleterTest, OffersWhatBeginsWithTheText) {
  EXPECT_EQ(complete_("s"), (Strings{"setup.py", "src/"}));
  EXPECT_EQ(complete_("src/"), (Strings{"src/a.cc", "src/cli/", "src/core/"}));
  EXPECT_EQ(complete_("src/c"), (Strings{"src/cli/", "src/core/"}));
  EXPECT_EQ(complete_("./se"), Strings{"./setup.py"});
  EXPECT_TRUE(complete_("x").empty());
  EXPECT_TRUE(complete_("no/such/").empty());
}

TEST_F(PathCompleterTest, HiddenNamesNeedADot) {
  EXPECT_EQ(complete_(""), (Strings{"setup.py", "src/"}));
  EXPECT_EQ(complete_(".g"), (Strings{".git/", ".gitignore"}));
}

TEST_F(PathCompleterTest, AnAbsolutePathStaysAbsolute) {
  const std::string folder = temp_.path().string() + "/";
  EXPECT_EQ(complete_(folder + "se"), Strings{folder + "setup.py"});
}

}  // namespace
}  // namespace scaffold::cli
