// The first commit of `new`, and what stands in its way.

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

constexpr char kIdentity[] = "[user]\n\tname = J\n\temail = j@x\n";

void ExpectSaid(const CliTest& test, const std::string& text) {
  EXPECT_NE(test.err().find(text), std::string::npos) << test.err();
}

TEST(NewGit, KeepsARepositoryThatATaskHasMade) {
  CliTest test;
  test.File("t/a.txt", "a")
      .File("t/copier.yml",
            "_tasks: ['git init -q -b dev', 'git remote add origin https://x.org/y']\n")
      .Run({"new", "t", "p", "--trust"}, 0);
  EXPECT_EQ(test.Git("p", {"branch", "--show-current"}), "dev");
  EXPECT_EQ(test.Git("p", {"remote", "get-url", "origin"}), "https://x.org/y");
  EXPECT_EQ(test.Git("p", {"log", "--format=%s"}), "Initial commit");
  EXPECT_EQ(test.Git("p", {"status", "--porcelain"}), "");
  ExpectSaid(test, "first commit on branch dev\n");
}

TEST(NewGit, KeepsCommitsThatATaskHasMade) {
  CliTest test;
  test.File("t/a.txt", "a")
      .File("t/copier.yml",
            "_tasks: ['git init -q -b dev', 'git add .', 'git commit -qm theirs']\n")
      .Run({"new", "t", "p", "--trust"}, 0);
  EXPECT_EQ(test.Git("p", {"log", "--format=%s"}), "theirs");
  ExpectSaid(test, "git:     the template has committed everything on branch dev\n");
}

TEST(NewGit, KeepsTheProjectWhenAHookRefuses) {
  CliTest test;
  test.File("t/a.txt", "a")
      .File("home/.gitconfig", std::string(kIdentity) + "[core]\n\thooksPath = " +
                                   (test.folder() / "hooks").string() + "\n")
      .File("hooks/pre-commit", "#!/bin/sh\necho no such day\nexit 1\n");
  std::filesystem::permissions(test.folder() / "hooks/pre-commit",
                               std::filesystem::perms::owner_all);
  test.Run({"new", "t", "p"}, 1);
  EXPECT_EQ(test.Git("p", {"status", "--porcelain", "a.txt"}), "A  a.txt");
  ExpectSaid(test,
             "error: git refused the first commit; the project is there, not committed\n"
             "help: when the cause is mended: cd p && git add . && git commit -m 'Initial commit'\n"
             "note: git: no such day\n");
}

TEST(NewGit, KeepsTheProjectWhenSigningFails) {
  CliTest test;
  test.File("t/a.txt", "a")
      .File("home/.gitconfig",
            std::string(kIdentity) + "[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = false\n")
      .Run({"new", "t", "p", "-m", "It's"}, 1);
  EXPECT_TRUE(test.Exists("p/a.txt"));
  ExpectSaid(test, "note: git: ");
  ExpectSaid(test, "git commit -m 'It'\"'\"'s'\n");
}

TEST(NewGit, LeavesRepositoriesInsideOutAndSaysSo) {
  CliTest test;
  test.File("t/a.txt", "a")
      .File("t/copier.yml", "_tasks: ['git init -q lib', 'touch lib/x']\n")
      .Run({"new", "t", "p", "--trust"}, 0);
  EXPECT_EQ(test.Git("p", {"ls-files", "lib"}), "");
  ExpectSaid(test, "         'lib' is a git repository itself: not in the commit\n");
}

TEST(NewGit, KeepsSubmodulesThatATaskHasAdded) {
  CliTest test;
  test.File("lib/x", "1");
  test.Git("lib", {"init", "-q"});
  test.Git("lib", {"add", "."});
  test.Git("lib", {"commit", "-qm", "1"});
  test.File("t/copier.yml",
            "_tasks: ['git init -q', 'git -c protocol.file.allow=always submodule --quiet add "
            "../lib vendor']\n")
      .File("t/a", "a")
      .Run({"new", "t", "p", "--trust"}, 0);
  EXPECT_EQ(test.Git("p", {"status", "--porcelain"}), "");
  EXPECT_EQ(test.Git("p", {"submodule", "status"}).substr(42), "vendor (heads/master)");
  EXPECT_EQ(test.err().find("itself"), std::string::npos) << test.err();
}

TEST(NewGit, CountsTheRenderedFilesThatGitIgnores) {
  CliTest test;
  test.File("t/.gitignore", "*.env\nbuilt/\n")
      .File("t/a.env", "1")
      .File("t/b.env", "2")
      .Run({"new", "t", "p"}, 0);
  ExpectSaid(test, "         2 files are ignored by git\n");
  // What tasks build is no news.
  test.File("t/copier.yml", "_tasks: ['mkdir built', 'touch built/x']\n")
      .File("t/b.env", "")
      .Run({"new", "t", "q", "--trust", "-x", "b.env"}, 0);
  ExpectSaid(test, "         1 file is ignored by git\n");
}

TEST(NewGit, ABadBranchNameIsFoundBeforeTheQuestions) {
  CliTest test;
  test.File("t/copier.yml", "q: {type: str, default: x}\n")
      .File("home/.gitconfig", std::string(kIdentity) + "[init]\n\tdefaultBranch = bad..name\n")
      .Input("y\n")
      .Run({"new", "t", "p"}, 1);
  ExpectSaid(test, "invalid initial branch name: 'bad..name'");
  EXPECT_EQ(test.out(), "");
  test.Run({"new", "t", "p", "--no-git"}, 0);
}

}  // namespace
}  // namespace scaffold::testing
