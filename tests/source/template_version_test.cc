#include "source/template_version.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "gtest/gtest.h"
#include "tests/vcs/test_git.h"
#include "vcs/repository.h"

namespace scaffold {
namespace {

using Json = nlohmann::json;
using testing::GitScratch;

// Makes the history of a row with the dates and names that make_template_version_cases.py uses.
void MakeHistory(GitScratch& scratch, const Json& history) {
  for (const char* role : {"GIT_AUTHOR_", "GIT_COMMITTER_"}) {
    scratch.host().environment[std::string(role) + "NAME"] = "A";
    scratch.host().environment[std::string(role) + "EMAIL"] = "a@b";
  }
  int64_t date = 1700000000;
  const auto tick = [&] {
    const std::string text = "@" + std::to_string(++date) + " +0000";
    scratch.host().environment["GIT_AUTHOR_DATE"] = text;
    scratch.host().environment["GIT_COMMITTER_DATE"] = text;
  };
  scratch.Init("r");
  for (const Json& tags : history) {
    tick();
    scratch.Git("r", {"commit", "-q", "--allow-empty", "-m", "c"});
    for (const std::string tag : tags) {
      tick();
      scratch.Git("r", {"tag", "-a", "-m", "t", tag});
    }
  }
}

TEST(VersionOfCommit, IsWhatDunamaiSays) {
  std::ifstream file(SCAFFOLD_SOURCE_DIR "/tests/source/template_version_cases.jsonl");
  size_t rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const Json row = Json::parse(line);
    GitScratch scratch;
    MakeHistory(scratch, row["history"]);
    const Repository repository = Repository::Open(scratch.host(), scratch / "r");
    const CommitId head = *repository.Head();
    const auto version = VersionOfCommit(repository, {.base = head,
                                                      .beyond = 0,
                                                      .abbreviated = repository.Abbreviate(head),
                                                      .described = repository.Describe(head)});
    EXPECT_EQ(version ? Json(version->text()) : Json(), row["version"]) << line;
  }
  EXPECT_GT(rows, 30u);
}

TEST(NewestTag, FollowsPep440) {
  EXPECT_EQ(NewestTag({"v1.0", "v1.10", "v1.9", "latest"}, false), "v1.10");
  EXPECT_EQ(NewestTag({"v1.0", "v2.0rc1", "v2.0.dev1"}, false), "v1.0");
  EXPECT_EQ(NewestTag({"v1.0", "v2.0rc1", "v2.0.dev1"}, true), "v2.0rc1");
  EXPECT_EQ(NewestTag({"v1.0", "v1.0.post1"}, false), "v1.0.post1");
  EXPECT_EQ(NewestTag({"1.0", "1.0.0", "v1.0"}, false), "1.0");
  EXPECT_EQ(NewestTag({"nightly"}, true), std::nullopt);
  EXPECT_EQ(NewestTag({"a/v1", "b/v2", "v3"}, false, "a/"), "a/v1");
}

}  // namespace
}  // namespace scaffold
