#include "vcs/config.h"

#include "gtest/gtest.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

using testing::GitScratch;

TEST(GitConfig, LaterFilesWinAndVariablesWinOverFiles) {
  GitScratch scratch;
  scratch.Write("home/.config/git/config", "[a]\n\tx = xdg\n\ty = xdg\n\tz = xdg\n");
  scratch.Write("home/more", "[a]\n\tz = included\n");
  scratch.Configure("[a]\n\ty = global\n[include]\n\tpath = more\n");
  scratch.host().environment["GIT_CONFIG_COUNT"] = "1";
  scratch.host().environment["GIT_CONFIG_KEY_0"] = "B.Sub.KEY";
  scratch.host().environment["GIT_CONFIG_VALUE_0"] = "variable";
  const GitConfig config = GitConfig::Load(scratch.host());
  EXPECT_EQ(config.Find("a.x"), "xdg");
  EXPECT_EQ(config.Find("a.y"), "global");
  EXPECT_EQ(config.Find("a.z"), "included");
  EXPECT_EQ(config.Find("b.Sub.key"), "variable");
  EXPECT_EQ(config.Find("a.none"), std::nullopt);
}

TEST(GitConfig, GlobalFileOfTheEnvironmentReplacesTheOthers) {
  GitScratch scratch;
  scratch.Configure("[a]\n\tx = home\n");
  scratch.Write("other", "[a]\n\tflag = on\n\tpath = ~/p\n");
  scratch.host().environment["GIT_CONFIG_GLOBAL"] = (scratch / "other").string();
  const GitConfig config = GitConfig::Load(scratch.host());
  EXPECT_EQ(config.Find("a.x"), std::nullopt);
  EXPECT_EQ(config.FindBool("a.flag"), true);
  EXPECT_EQ(config.FindBool("a.none"), std::nullopt);
  EXPECT_EQ(config.FindPath("a.path"), scratch / "home/p");
  EXPECT_EQ(UserIgnoreFile(scratch.host(), config), scratch / "home/.config/git/ignore");
}

TEST(FindIdentity, NeedsNameAndAddress) {
  GitScratch scratch;
  scratch.Configure("[user]\n\tname = A\n");
  EXPECT_FALSE(
      FindIdentity(scratch.host(), GitConfig::Load(scratch.host()), IdentityRole::kAuthor));
  scratch.Configure("[user]\n\tname = A\n\temail = a@b\n[author]\n\tname = B\n");
  const GitConfig config = GitConfig::Load(scratch.host());
  EXPECT_EQ(FindIdentity(scratch.host(), config, IdentityRole::kAuthor)->name, "B");
  EXPECT_EQ(FindIdentity(scratch.host(), config, IdentityRole::kCommitter)->name, "A");
}

}  // namespace
}  // namespace scaffold
