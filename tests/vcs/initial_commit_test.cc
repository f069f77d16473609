#include "vcs/initial_commit.h"

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/vcs/test_git.h"
#include "tree/write_tree.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::File;
using testing::Folder;
using testing::GitScratch;
using testing::Link;
using testing::MakeTree;

Tree Sample() {
  return MakeTree({{"README.md", File("# Hello\n")},
                   {"a/b/run.sh", File("#!/bin/sh\n", 0755)},
                   {"a/b.txt", File("x")},
                   {"a-b", File("")},
                   {"empty", Folder()},
                   {"link", Link("a/b.txt")}});
}

// Writes the tree and commits it in one step, as `new` does.
InitialCommit Create(GitScratch& scratch, const Tree& tree, const std::string& folder = "p",
                     const std::string& message = "Initial commit") {
  InitialCommit result;
  WriteNewTree(
      scratch.host(), tree, scratch / folder, {.before_publish = [&](const StagedTree& staged) {
        result = CreateInitialCommit(scratch.host(), staged.path, tree, message, &staged.stamps);
      }});
  return result;
}

// The same tree made and committed by the git program, with the same dates: its commit id.
std::string CreateWithGit(GitScratch& scratch, const Tree& tree) {
  WriteNewTree(scratch.host(), tree, scratch / "reference");
  scratch.Git("reference", {"init", "-q"});
  scratch.Git("reference", {"add", "-A"});
  scratch.Git("reference", {"commit", "-q", "--allow-empty", "-m", "Initial commit"});
  return scratch.Git("reference", {"rev-parse", "HEAD"});
}

void ExpectHealthy(GitScratch& scratch, const std::string& folder = "p") {
  EXPECT_EQ(scratch.Git(folder, {"status", "--porcelain"}), "");
  EXPECT_EQ(scratch.Git(folder, {"fsck", "--full", "--strict"}), "");
  EXPECT_EQ(scratch.Git(folder, {"diff", "HEAD"}), "");
}

TEST(CreateInitialCommit, IsTheCommitThatGitMakes) {
  GitScratch scratch;
  const InitialCommit result = Create(scratch, Sample());
  EXPECT_EQ(result.outcome, CommitOutcome::kCommitted);
  EXPECT_EQ(result.branch, "main");
  ExpectHealthy(scratch);
  EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD"}), CreateWithGit(scratch, Sample()));
  EXPECT_EQ(scratch.Git("p", {"reflog"}), scratch.Git("reference", {"reflog"}));
  EXPECT_EQ(scratch.Git("p", {"ls-files", "--stage"}),
            scratch.Git("reference", {"ls-files", "--stage"}));
  EXPECT_EQ(scratch.Git("p", {"branch", "--show-current"}), "main");
}

TEST(CreateInitialCommit, GitFindsItsIndexFresh) {
  GitScratch scratch;
  Create(scratch, Sample());
  // Exit status 1 would mean that a file's stat differs from the index.
  EXPECT_EQ(scratch.Run("p", {"diff-files", "--quiet"}).exit_status, 0);
}

TEST(CreateInitialCommit, IgnoredFilesStayOut) {
  GitScratch scratch;
  scratch.Write("home/.config/git/ignore", "*.user\n");
  const Tree tree = MakeTree({{".gitignore", File("*.log\n/build/\n!keep.log\n")},
                              {"a.log", File("")},
                              {"keep.log", File("")},
                              {"build/x/y", File("")},
                              {"sub/.gitignore", File("local\n")},
                              {"sub/local", File("")},
                              {"sub/build/z", File("")},
                              {"t.user", File("")},
                              {"local", File("")}});
  Create(scratch, tree);
  ExpectHealthy(scratch);
  EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD"}), CreateWithGit(scratch, tree));
  EXPECT_EQ(scratch.Git("p", {"ls-files"}),
            ".gitignore\nkeep.log\nlocal\nsub/.gitignore\nsub/build/z");
}

TEST(CreateInitialCommit, WithoutIdentityOnlyTheRepositoryIsMade) {
  GitScratch scratch;
  scratch.Configure("");
  const InitialCommit result = Create(scratch, Sample());
  EXPECT_EQ(result.outcome, CommitOutcome::kNoIdentity);
  EXPECT_EQ(result.branch, "master");
  EXPECT_EQ(scratch.Git("p", {"branch", "--show-current"}), "master");
  EXPECT_NE(scratch.Run("p", {"rev-parse", "HEAD"}).exit_status, 0);
}

TEST(CreateInitialCommit, EnvironmentNamesThePeople) {
  GitScratch scratch;
  scratch.Configure("");
  scratch.host().environment["GIT_AUTHOR_NAME"] = "  A. U. <Thor>. ";
  scratch.host().environment["GIT_AUTHOR_EMAIL"] = "author@example.com";
  scratch.host().environment["GIT_COMMITTER_NAME"] = "C O Mitter";
  scratch.host().environment["EMAIL"] = "mail@example.com";
  scratch.host().environment["GIT_CONFIG_COUNT"] = "1";
  scratch.host().environment["GIT_CONFIG_KEY_0"] = "init.defaultBranch";
  scratch.host().environment["GIT_CONFIG_VALUE_0"] = "team/trunk";
  EXPECT_EQ(Create(scratch, Sample()).branch, "team/trunk");
  ExpectHealthy(scratch);
  EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD"}), CreateWithGit(scratch, Sample()));
  EXPECT_EQ(scratch.Git("p", {"log", "--format=%an|%ae|%cn|%ce|%ai"}),
            "A. U. Thor|author@example.com|C O Mitter|mail@example.com|2023-11-14 23:13:20 +0100");
}

TEST(CreateInitialCommit, DatesOfEveryFormAreGits) {
  for (const char* date : {"@1700000000 -0330", "2024-02-29T12:00:00Z", "2024-02-29 12:00:00 +0530",
                           "Thu, 07 Apr 2005 22:13:13 +0200"}) {
    GitScratch scratch;
    scratch.host().environment["GIT_AUTHOR_DATE"] = date;
    Create(scratch, Sample());
    EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD"}), CreateWithGit(scratch, Sample())) << date;
  }
}

TEST(CreateInitialCommit, EmptyTreeIsCommitted) {
  GitScratch scratch;
  EXPECT_EQ(Create(scratch, Tree()).outcome, CommitOutcome::kCommitted);
  ExpectHealthy(scratch);
}

TEST(CreateInitialCommit, MessageIsCleanedAsGitDoes) {
  GitScratch scratch;
  Create(scratch, Sample(), "p", "\n\nSubject  \n\n\nBody\n# kept\n\n");
  EXPECT_EQ(scratch.Git("p", {"log", "--format=%B"}), "Subject\n\nBody\n# kept\n");
  EXPECT_THROW(Create(scratch, Sample(), "q", " \n "), Error);
  EXPECT_FALSE(fs::exists(scratch / "q"));
}

TEST(CreateInitialCommit, LineEndsAreConvertedAsConfigured) {
  const Tree plain = MakeTree({{"a.txt", File("one\r\ntwo\r\n")}});
  const Tree attributes = MakeTree({{".gitattributes", File("* text=auto\n*.raw -text\n")},
                                    {"a.txt", File("one\r\n")},
                                    {"b.raw", File("two\r\n")}});
  for (const Tree& tree : {plain, attributes}) {
    GitScratch scratch;
    scratch.Configure(
        "[user]\n\tname = A\n\temail = a@b\n[core]\n\tautocrlf = input\n\tsafecrlf = false\n");
    Create(scratch, tree);
    ExpectHealthy(scratch);
    EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD"}), CreateWithGit(scratch, tree));
  }
}

TEST(CreateInitialCommit, FiltersOfTheUserRun) {
  GitScratch scratch;
  scratch.Configure(
      "[user]\n\tname = A\n\temail = a@b\n[filter \"up\"]\n\tclean = tr a-z A-Z\n\tsmudge = cat\n");
  Create(scratch, MakeTree({{".gitattributes", File("*.up filter=up\n")}, {"a.up", File("loud")}}));
  EXPECT_EQ(scratch.Git("p", {"show", "HEAD:a.up"}), "LOUD");
  EXPECT_EQ(scratch.Git("p", {"status", "--porcelain"}), "");
}

TEST(CreateInitialCommit, HooksOfTheUserRun) {
  GitScratch scratch;
  scratch.Write("hooks/commit-msg", "#!/bin/sh\necho 'by hook' >> \"$1\"\n", 0755);
  scratch.Configure("[user]\n\tname = A\n\temail = a@b\n[core]\n\thooksPath = " +
                    (scratch / "hooks").string() + "\n");
  EXPECT_EQ(Create(scratch, Sample()).outcome, CommitOutcome::kCommitted);
  EXPECT_EQ(scratch.Git("p", {"log", "--format=%B"}), "Initial commit\nby hook\n");
}

TEST(CreateInitialCommit, TemplateDirectoryIsUsed) {
  GitScratch scratch;
  scratch.Write("templates/hooks/pre-commit", "#!/bin/sh\nexit 1\n", 0755);
  scratch.host().environment["GIT_TEMPLATE_DIR"] = (scratch / "templates").string();
  EXPECT_EQ(Create(scratch, Sample()).outcome, CommitOutcome::kRefused);
}

TEST(CreateInitialCommit, ARefusalLeavesEverythingStaged) {
  GitScratch scratch;
  scratch.Write("hooks/pre-commit", "#!/bin/sh\necho 'no, never'\necho 'not at all' >&2\nexit 1\n",
                0755);
  scratch.Configure("[user]\n\tname = A\n\temail = a@b\n[core]\n\thooksPath = " +
                    (scratch / "hooks").string() + "\n");
  const InitialCommit result = Create(scratch, MakeTree({{"a", File("1")}}));
  EXPECT_EQ(result.outcome, CommitOutcome::kRefused);
  EXPECT_EQ(result.refusal, "no, never\nnot at all");
  EXPECT_EQ(scratch.Git("p", {"status", "--porcelain"}), "A  a");
}

TEST(CreateInitialCommit, AnExistingRepositoryIsKept) {
  GitScratch scratch;
  const Tree tree = MakeTree({{"a", File("1")}, {"b", File("2")}});
  WriteNewTree(scratch.host(), tree, scratch / "p");
  scratch.Git("p", {"init", "-q", "-b", "dev"});
  scratch.Git("p", {"config", "my.setting", "kept"});
  InitialCommit result = CreateInitialCommit(scratch.host(), scratch / "p", tree, "m", nullptr);
  EXPECT_EQ(result.outcome, CommitOutcome::kCommitted);
  EXPECT_EQ(result.branch, "dev");
  EXPECT_EQ(scratch.Git("p", {"config", "my.setting"}), "kept");
  EXPECT_EQ(scratch.Git("p", {"log", "--format=%D"}), "HEAD -> dev");

  // What is committed stays as it is.
  const std::string first = scratch.Git("p", {"rev-parse", "HEAD"});
  result = CreateInitialCommit(scratch.host(), scratch / "p", tree, "m", nullptr);
  EXPECT_EQ(result.outcome, CommitOutcome::kNothingLeft);
  EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD"}), first);
  scratch.Write("p/c", "3");
  result = CreateInitialCommit(scratch.host(), scratch / "p", tree, "more", nullptr);
  EXPECT_EQ(result.outcome, CommitOutcome::kCommitted);
  EXPECT_EQ(scratch.Git("p", {"rev-parse", "HEAD~1"}), first);
}

// With our own writer, and with the git program.
TEST(CreateInitialCommit, RepositoriesInsideAreLeftOut) {
  for (const char* file_mode : {"", "[core]\n\tfilemode = true\n"}) {
    GitScratch scratch;
    scratch.Configure(std::string("[user]\n\tname = A\n\temail = a@b\n") + file_mode);
    const Tree tree = MakeTree({{"a", File("1")},
                                {"v/lib/.git/HEAD", File("ref: refs/heads/x\n")},
                                {"v/lib/.git/objects", Folder()},
                                {"v/lib/.git/refs", Folder()},
                                {"v/lib/x", File("2")},
                                {"v/lib-other", File("3")},
                                {"v/dangling/.git", File("gitdir: ../nowhere\n")},
                                {"v/dangling/y", File("4")}});
    const InitialCommit result = Create(scratch, tree);
    EXPECT_EQ(result.outcome, CommitOutcome::kCommitted) << result.refusal;
    EXPECT_EQ(result.nested, std::vector<std::string>{"v/lib"});
    EXPECT_EQ(scratch.Git("p", {"ls-files"}), "a\nv/dangling/y\nv/lib-other");
    EXPECT_EQ(scratch.Git("p", {"status", "--porcelain"}), "?? v/lib/");
  }
}

TEST(CreateInitialCommit, NamesWhatIsIgnored) {
  for (const char* file_mode : {"", "[core]\n\tfilemode = true\n"}) {
    GitScratch scratch;
    scratch.Configure(std::string("[user]\n\tname = A\n\temail = a@b\n") + file_mode);
    const Tree tree =
        MakeTree({{".gitignore", File(".env\nout/\n")}, {".env", File("1")}, {"out/b", File("2")}});
    EXPECT_EQ(Create(scratch, tree).ignored, (std::vector<std::string>{".env", "out/b"}));
  }
}

TEST(CreateInitialCommit, RepositoryVariablesDoNotMislead) {
  GitScratch scratch;
  scratch.Init("other");
  scratch.host().environment["GIT_DIR"] = (scratch / "other/.git").string();
  scratch.host().environment["GIT_TEMPLATE_DIR"] = "";
  Create(scratch, Sample());
  scratch.host().environment.erase("GIT_DIR");
  ExpectHealthy(scratch);
}

TEST(CreateInitialCommit, BadBranchNameIsAnError) {
  GitScratch scratch;
  scratch.Configure("[user]\n\tname = A\n\temail = a@b\n[init]\n\tdefaultBranch = bad..name\n");
  try {
    Create(scratch, Sample());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "invalid initial branch name: 'bad..name'");
  }
}

TEST(CreateInitialCommit, ExistingFolderIsCommittedWithoutStamps) {
  GitScratch scratch;
  WriteNewTree(scratch.host(), Sample(), scratch / "p");
  const Tree tree = ReadTree(scratch.host(), scratch / "p");
  EXPECT_EQ(CreateInitialCommit(scratch.host(), scratch / "p", tree, "m", nullptr).outcome,
            CommitOutcome::kCommitted);
  ExpectHealthy(scratch);
  EXPECT_EQ(scratch.Run("p", {"diff-files", "--quiet"}).exit_status, 0);
}

}  // namespace
}  // namespace scaffold
