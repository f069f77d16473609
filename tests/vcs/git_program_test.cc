#include "vcs/git_program.h"

#include "gtest/gtest.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

using testing::GitScratch;

TEST(GitProgram, FailuresCarryGitsWords) {
  GitScratch scratch;
  const GitProgram git(scratch.host(), GitTrust::kForeign);
  try {
    git.Output(scratch / "", {"log"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kGit);
    EXPECT_TRUE(error.message().starts_with("git log failed: not a git repository"))
        << error.message();
  }
}

TEST(GitProgram, FailuresNameTheSubCommand) {
  GitScratch scratch;
  const GitProgram git(scratch.host(), GitTrust::kForeign);
  try {
    git.Output("/", {"--git-dir=" + (scratch / "nowhere").string(), "fetch", "--quiet"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_TRUE(error.message().starts_with("git fetch failed: ")) << error.message();
  }
}

TEST(GitProgram, IsUnavailableWithoutPath) {
  GitScratch scratch;
  EXPECT_TRUE(GitProgram(scratch.host(), GitTrust::kOwn).IsAvailable());
  scratch.host().environment["PATH"] = "/nowhere";
  EXPECT_FALSE(GitProgram(scratch.host(), GitTrust::kOwn).IsAvailable());
}

TEST(GitProgram, ForeignRepositoriesRunNoHooks) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.Write("r/.git/hooks/post-checkout", "#!/bin/sh\ntouch ../ran\n", 0755);
  scratch.CommitFile("r", "a");
  GitProgram(scratch.host(), GitTrust::kForeign).Output(scratch / "r", {"checkout", "-q", "-f"});
  EXPECT_FALSE(std::filesystem::exists(scratch / "ran"));
}

}  // namespace
}  // namespace scaffold
