#include "vcs/repository.h"

#include <random>

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/vcs/test_git.h"
#include "vcs/program_repository.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::GitScratch;
using testing::Scratch;

// The same repository read in both ways.
struct BothWays {
  BothWays(GitScratch& scratch, const std::string& folder)
      : library(Repository::Open(scratch.host(), scratch / folder)),
        program(scratch.host(), (scratch / folder).string(), (scratch / folder).string()) {}
  std::vector<const History*> All() const { return {&library, &program}; }
  Repository library;
  ProgramRepository program;
};

TEST(Repository, ResolvesWhatAPersonWrites) {
  GitScratch scratch;
  scratch.Init("r");
  const std::string first = scratch.CommitFile("r", "a");
  scratch.Git("r", {"tag", "v1.0"});
  const std::string second = scratch.CommitFile("r", "b");
  scratch.Git("r", {"tag", "-a", "v2.0", "-m", "two"});
  scratch.Git("r", {"branch", "topic/x", first});
  const std::string third = scratch.CommitFile("r", "c");
  const BothWays both(scratch, "r");
  for (const History* history : both.All()) {
    EXPECT_EQ(history->Resolve("v1.0"), first);
    EXPECT_EQ(history->Resolve("v2.0"), second);
    EXPECT_EQ(history->Resolve("topic/x"), first);
    EXPECT_EQ(history->Resolve("origin/topic/x"), first);
    EXPECT_EQ(history->Resolve("main"), third);
    EXPECT_EQ(history->Resolve("HEAD"), third);
    EXPECT_EQ(history->Resolve("HEAD~1"), second);
    EXPECT_EQ(history->Resolve(second), second);
    EXPECT_EQ(history->Resolve(second.substr(0, 8)), second);
    EXPECT_EQ(history->Resolve("v2.0-1-g" + third.substr(0, 7)), third);
    for (const char* bad :
         {"", "nope", "-x", "--all", "--output=x", "v1.0\nHEAD", "HEAD:a", "a b"}) {
      EXPECT_EQ(history->Resolve(bad), std::nullopt) << bad;
    }
    EXPECT_EQ(history->TagNames(), (std::vector<std::string>{"v1.0", "v2.0"}));
  }
}

TEST(Repository, DescribesAsGitDoes) {
  GitScratch scratch;
  scratch.Init("r");
  const std::string first = scratch.CommitFile("r", "a");
  {
    const BothWays both(scratch, "r");
    for (const History* history : both.All())
      EXPECT_EQ(history->Describe(first), first.substr(0, 7));
  }
  scratch.Git("r", {"tag", "light"});
  scratch.Git("r", {"tag", "-a", "annotated-1", "-m", "x"});
  const std::string second = scratch.CommitFile("r", "b");
  const BothWays both(scratch, "r");
  for (const History* history : both.All()) {
    EXPECT_EQ(history->Describe(first), "annotated-1");
    EXPECT_EQ(history->Describe(second), "annotated-1-1-g" + second.substr(0, 7));
  }
}

TEST(Repository, AbbreviationGrowsWithTheRepository) {
  GitScratch scratch;
  scratch.Init("r");
  for (int i = 0; i < 20; ++i) scratch.Write("r/f" + std::to_string(i), std::to_string(i));
  const std::string commit = scratch.Commit("r");
  const auto expect = [&](const char* what) {
    EXPECT_EQ(Repository::Open(scratch.host(), scratch / "r").Abbreviate(commit),
              scratch.Git("r", {"rev-parse", "--short", "HEAD"}))
        << what;
  };
  expect("loose objects");
  scratch.Git("r", {"gc", "-q"});
  expect("a small pack");
  // 40,000 objects make git print eight characters.
  std::string stream;
  for (int i = 0; i < 40000; ++i) {
    const std::string bytes = std::to_string(i);
    stream += "blob\ndata " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
  }
  Command import;
  import.arguments = {"git", "fast-import", "--quiet"};
  import.working_directory = scratch / "r";
  import.input = stream;
  ASSERT_EQ(RunCommand(scratch.host(), import).exit_status, 0);
  expect("a large pack");
  EXPECT_EQ(scratch.Git("r", {"rev-parse", "--short", "HEAD"}).size(), 8u);
  for (const char* value : {"5", "12", "auto", "no"}) {
    scratch.Git("r", {"config", "core.abbrev", value});
    expect(value);
  }
}

// Random histories with merges and tags: every commit has the names that git gives it.
TEST(Repository, NamesInRandomHistoriesAreGits) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::mt19937 random(seed);
    GitScratch scratch;
    scratch.Init("r");
    std::vector<std::string> commits = {scratch.Commit("r")};
    for (int i = 0; i < 24; ++i) {
      scratch.Git("r", {"checkout", "-q", "--detach", commits[random() % commits.size()]});
      if (random() % 3 == 0) {
        scratch.Tick();
        scratch.Git("r", {"merge", "-q", "--no-ff", "-s", "ours", "-m", "merge",
                          commits[random() % commits.size()]});
        commits.push_back(scratch.Git("r", {"rev-parse", "HEAD"}));
      } else {
        commits.push_back(scratch.Commit("r"));
      }
      const std::string tag = "t" + std::to_string(i);
      if (random() % 4 == 0) scratch.Git("r", {"tag", tag});
      if (random() % 6 == 0) scratch.Git("r", {"tag", "-a", "-m", "x", "a" + tag});
    }
    const Repository repository = Repository::Open(scratch.host(), scratch / "r");
    for (const std::string& commit : commits) {
      EXPECT_EQ(repository.Describe(commit),
                scratch.Git("r", {"describe", "--tags", "--always", commit}))
          << "seed " << seed;
      EXPECT_EQ(std::to_string(repository.CountCommits(commit, commits[3])),
                scratch.Git("r", {"rev-list", "--count", commit, "^" + commits[3]}));
    }
  }
}

TEST(Repository, NearestTagIsTheLatestOfTheNearestCommit) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a");
  scratch.Git("r", {"tag", "old"});
  const std::string second = scratch.CommitFile("r", "b");
  scratch.Tick();
  scratch.Git("r", {"tag", "-a", "x1", "-m", "m"});
  scratch.Tick();
  scratch.Git("r", {"tag", "-a", "w2", "-m", "m"});
  scratch.Git("r", {"tag", "light"});
  scratch.Tick();
  const std::string third = scratch.CommitFile("r", "c");
  const BothWays both(scratch, "r");
  for (const History* history : both.All()) {
    const auto any = history->NearestTag(third, [](const TagRef&) { return true; });
    ASSERT_TRUE(any);
    EXPECT_EQ(any->name, "w2");
    EXPECT_EQ(any->commit, second);
    const auto old = history->NearestTag(third, [](const TagRef& t) { return t.name == "old"; });
    ASSERT_TRUE(old);
    EXPECT_EQ(history->CountCommits(third, old->commit), 2u);
    EXPECT_FALSE(history->NearestTag(third, [](const TagRef&) { return false; }));
  }
}

TEST(Repository, ReadsACommit) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.Write("r/bin/run", "#!", 0755);
  scratch.Write("r/a.txt", "one", 0600);
  fs::create_symlink("a.txt", scratch / "r/link");
  const std::string commit = scratch.Commit("r");
  scratch.Write("r/a.txt", "changed");
  const BothWays both(scratch, "r");
  const std::string expected = "644 a.txt: one\n755 bin/run: #!\nlink link -> a.txt\n";
  EXPECT_EQ(Scratch::TreeText(both.library.ReadCommit(scratch.host(), commit).tree), expected);
  EXPECT_EQ(Scratch::TreeText(both.program.ReadCheckout(scratch.host(), commit)), expected);
  scratch.host().umask = 077;
  EXPECT_EQ(Scratch::TreeText(both.library.ReadCommit(scratch.host(), commit).tree),
            "600 a.txt: one\n711 bin/run: #!\nlink link -> a.txt\n");
}

TEST(Repository, DirtyIsWhatGitStatusShows) {
  GitScratch scratch;
  scratch.Write("home/.config/git/ignore", "*.user\n");
  scratch.Init("r");
  scratch.CommitFile("r", ".gitignore", "*.log\n");
  scratch.CommitFile("r", "a", "1");
  const auto dirty = [&] {
    const bool result = Repository::Open(scratch.host(), scratch / "r").IsDirty(scratch.host());
    EXPECT_EQ(result, !scratch.Git("r", {"status", "--porcelain"}).empty());
    return result;
  };
  EXPECT_FALSE(dirty());
  scratch.Write("r/x.log", "");
  scratch.Write("r/x.user", "");
  fs::create_directory(scratch / "r/empty");
  EXPECT_FALSE(dirty());
  scratch.Write("r/new", "");
  EXPECT_TRUE(dirty());
  fs::remove(scratch / "r/new");
  scratch.Write("r/a", "2");
  EXPECT_TRUE(dirty());
  scratch.Git("r", {"add", "a"});
  EXPECT_TRUE(dirty());
  scratch.Git("r", {"reset", "-q", "--hard"});
  EXPECT_FALSE(dirty());
  fs::permissions(scratch / "r/a", fs::perms::owner_all);
  EXPECT_TRUE(dirty());
}

TEST(Repository, DraftHoldsTheWorkingTree) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", ".gitignore", "*.log\nout/\n");
  scratch.Write("r/kept.log", "tracked");
  scratch.Write("r/gone", "x");
  scratch.Git("r", {"add", "-f", "kept.log"});
  scratch.Commit("r");
  scratch.Git("r", {"tag", "v1.0"});
  fs::remove(scratch / "r/gone");
  scratch.Write("r/new/run", "new", 0755);
  scratch.Write("r/no.log", "ignored");
  scratch.Write("r/out/x", "ignored");
  const Repository repository = Repository::Open(scratch.host(), scratch / "r");
  const RepositoryTree draft = repository.ReadWorkingTree(scratch.host());
  EXPECT_EQ(Scratch::TreeText(draft.tree),
            "644 .gitignore: *.log\nout/\n\n644 kept.log: tracked\n755 new/run: new\n");
  const CommitId id = repository.DraftCommit(draft.tree, 1700000000);
  EXPECT_EQ(repository.DescribeDraft(id), "v1.0-1-g" + id.substr(0, 7));
  EXPECT_EQ(scratch.Git("r", {"status", "--porcelain"}), " D gone\n?? new/");
}

// Both ways of making a draft, for the same instant.
TEST(Repository, DraftHasTheIdOfARealCommit) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a");
  scratch.Write("r/b/c", "new");
  const BothWays both(scratch, "r");
  const Tree tree = both.library.ReadWorkingTree(scratch.host()).tree;
  const auto id = both.program.CommitDraft(scratch / "r", 1700000000);
  ASSERT_TRUE(id);
  EXPECT_EQ(both.library.DraftCommit(tree, 1700000000), *id);
  EXPECT_EQ(Scratch::TreeText(both.program.ReadCheckout(scratch.host(), *id)),
            Scratch::TreeText(tree));
}

TEST(Repository, EmptyRepositoryHasNoHead) {
  GitScratch scratch;
  scratch.Init("r");
  const Repository repository = Repository::Open(scratch.host(), scratch / "r");
  EXPECT_EQ(repository.Head(), std::nullopt);
  EXPECT_EQ(repository.Resolve("HEAD"), std::nullopt);
  EXPECT_FALSE(repository.IsDirty(scratch.host()));
  scratch.Write("r/a", "x");
  EXPECT_TRUE(repository.IsDirty(scratch.host()));
}

TEST(InspectRepository, TellsWhatStandsThere) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "sub/a");
  scratch.CommitFile("r", "b");
  scratch.Git("r", {"worktree", "add", "-q", "../linked", "-b", "other"});
  scratch.Git("", {"clone", "-q", "--depth", "1", "file://" + (scratch / "r").string(), "shallow"});
  scratch.Git("", {"clone", "-q", "--bare", "r", "bare.git"});
  const auto inspect = [&](const char* path) {
    return InspectRepository(scratch.host(), scratch / path);
  };
  EXPECT_EQ(inspect("r"), RepositoryKind::kPlain);
  EXPECT_EQ(inspect("linked"), RepositoryKind::kPlain);
  EXPECT_EQ(inspect("bare.git"), RepositoryKind::kPlain);
  EXPECT_EQ(inspect("shallow"), RepositoryKind::kShallow);
  EXPECT_EQ(inspect("r/sub"), RepositoryKind::kNone);
  EXPECT_EQ(inspect("none"), RepositoryKind::kNone);
  EXPECT_EQ(Repository::Open(scratch.host(), scratch / "linked").Head(),
            Repository::Open(scratch.host(), scratch / "r").Head());
}

}  // namespace
}  // namespace scaffold
