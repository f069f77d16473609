#include "vcs/work_tree.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::GitScratch;
using Paths = std::vector<std::string>;

// Work trees of every kind, each with the files of MakeFiles committed below "sub/dir" and at the
// top; made by name so that one test serves them all.
class AnyWorkTree : public ::testing::TestWithParam<const char*> {
 protected:
  AnyWorkTree() { Make(GetParam()); }

  WorkTree Find(const std::string& below = {}) {
    std::optional<WorkTree> found = WorkTree::Find(scratch_.host(), folder(below));
    EXPECT_TRUE(found);
    return std::move(*found);
  }
  fs::path folder(const std::string& below = {}) const { return scratch_ / name(below); }
  std::string name(const std::string& below = {}) const {
    return below.empty() ? top_ : top_ + "/" + below;
  }
  std::string Git(std::vector<std::string> arguments) { return scratch_.Git(top_, arguments); }

  // Records conflicts through `host` and looks at them with git.
  void RecordAndCheck(const Host& host);

  GitScratch scratch_;

 private:
  void MakeFiles(const std::string& repository) {
    scratch_.Write(repository + "/.gitignore", "*.log\n/build/\n");
    scratch_.Write(repository + "/top", "1\n");
    scratch_.Write(repository + "/sub/dir/a", "1\n");
    scratch_.Write(repository + "/sub/dir/in/b", "1\n");
    scratch_.Write(repository + "/sub/dir2/c", "1\n");
    scratch_.Commit(repository);
  }
  void Make(const std::string& kind) {
    if (kind == "sha256") {
      fs::create_directories(scratch_ / "r");
      scratch_.Git("r", {"init", "-q", "--object-format=sha256"});
    } else {
      scratch_.Init("r");
    }
    MakeFiles("r");
    if (kind == "linked") {
      scratch_.Git("r", {"worktree", "add", "-q", "../linked", "-b", "other"});
      top_ = "linked";
    } else if (kind == "bare-linked") {
      scratch_.Git("", {"clone", "-q", "--bare", "r", "bare.git"});
      scratch_.Git("bare.git", {"worktree", "add", "-q", "../linked", "-b", "other"});
      top_ = "linked";
    } else if (kind == "submodule") {
      scratch_.Init("outer");
      scratch_.Git("outer", {"-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                             (scratch_ / "r").string(), "inner/r"});
      scratch_.Commit("outer");
      top_ = "outer/inner/r";
    } else if (kind == "shallow") {
      scratch_.CommitFile("r", "second");
      scratch_.Git(
          "", {"clone", "-q", "--depth", "1", "file://" + (scratch_ / "r").string(), "shallow"});
      top_ = "shallow";
    } else if (kind == "split") {
      scratch_.Git("r", {"update-index", "--split-index"});
    } else if (kind == "version4") {
      scratch_.Git("r", {"update-index", "--index-version", "4"});
    } else if (kind == "worktree-config") {
      scratch_.Git("r", {"config", "core.repositoryFormatVersion", "1"});
      scratch_.Git("r", {"config", "extensions.worktreeConfig", "true"});
    } else if (kind == "sparse") {
      scratch_.Git("r", {"sparse-checkout", "set", "--cone", "--sparse-index", "sub/dir"});
    }
  }
  std::string top_ = "r";
};

// Those that libgit2 reads too, seen without the git program.
class LibraryWorkTree : public AnyWorkTree {
 protected:
  LibraryWorkTree() : alone_(scratch_.host()) {
    alone_.environment["PATH"] = (scratch_ / "nowhere").string();
  }
  Host alone_;
};

std::string KindName(const ::testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, LibraryWorkTree,
                         ::testing::Values("plain", "linked", "submodule", "shallow", "version4"),
                         KindName);
INSTANTIATE_TEST_SUITE_P(Kinds, AnyWorkTree,
                         ::testing::Values("plain", "linked", "bare-linked", "submodule", "shallow",
                                           "sha256", "split", "version4", "worktree-config",
                                           "sparse"),
                         KindName);

TEST_P(AnyWorkTree, IsFoundFromAnyFolder) {
  for (const std::string below : {"", "sub", "sub/dir"}) {
    const WorkTree tree = Find(below);
    EXPECT_EQ(tree.root(), fs::canonical(folder()));
    EXPECT_EQ(tree.prefix(), below);
    EXPECT_EQ(tree.Head(), Git({"rev-parse", "HEAD"}));
    EXPECT_EQ(tree.OwnFolder(),
              fs::weakly_canonical(folder() / Git({"rev-parse", "--git-path", "scaffold"})));
    EXPECT_EQ(tree.OperationInProgress(), "");
  }
}

TEST_P(AnyWorkTree, IsDirtyAsGitStatusSays) {
  Host& host = scratch_.host();
  const auto expect = [&](bool whole, bool part, const char* what) {
    EXPECT_EQ(Find().IsDirty(host), whole) << what;
    EXPECT_EQ(Find("sub/dir").IsDirty(host), part) << what;
    for (const std::string below : {"", "sub/dir"}) {
      EXPECT_EQ(Find(below).IsDirty(host),
                !scratch_.Git(name(below), {"status", "--porcelain", "--", "."}).empty())
          << what << " in " << below;
    }
  };
  expect(false, false, "clean");
  scratch_.Write(name("x.log"), "");
  scratch_.Write(name("build/x"), "");
  scratch_.Write(name("sub/dir/in/y.log"), "");
  fs::create_directories(folder("sub/dir/empty"));
  expect(false, false, "ignored files");
  scratch_.Write(name("sub/dir2x/new"), "");
  expect(true, false, "untracked beside the folder");
  fs::remove_all(folder("sub/dir2x"));
  scratch_.Write(name("sub/dir/in/deep/new"), "");
  expect(true, true, "untracked");
  Git({"add", "sub/dir/in/deep/new"});
  expect(true, true, "staged");
  Git({"reset", "-q", "--hard"});
  fs::last_write_time(folder("sub/dir/a"), fs::file_time_type::clock::now());
  expect(false, false, "touched");
  scratch_.Write(name("sub/dir/a"), "2\n");
  expect(true, true, "changed");
  Git({"reset", "-q", "--hard"});
  fs::permissions(folder("sub/dir/a"), fs::perms::owner_all);
  expect(true, true, "made executable");
  Git({"reset", "-q", "--hard"});
  fs::remove(folder("top"));
  expect(true, false, "deleted");
  Git({"reset", "-q", "--hard"});
  expect(false, false, "reset");
}

TEST_P(LibraryWorkTree, IsDirtyWithoutTheGitProgramToo) {
  const auto expect = [&](bool whole, bool part, const char* what) {
    EXPECT_EQ(WorkTree::Find(alone_, folder())->IsDirty(alone_), whole) << what;
    EXPECT_EQ(WorkTree::Find(alone_, folder("sub/dir"))->IsDirty(alone_), part) << what;
  };
  expect(false, false, "clean");
  scratch_.Write(name("sub/dir/in/y.log"), "");
  fs::create_directories(folder("sub/dir/empty"));
  expect(false, false, "ignored files");
  scratch_.Write(name("sub/dir2x/new"), "");
  expect(true, false, "untracked beside the folder");
  scratch_.Write(name("sub/dir/in/deep/new"), "");
  expect(true, true, "untracked");
  Git({"add", "-A"});
  expect(true, true, "staged");
  Git({"reset", "-q", "--hard"});
  expect(false, false, "reset");
  fs::permissions(folder("sub/dir/a"), fs::perms::owner_all);
  expect(true, true, "made executable");
  fs::permissions(folder("sub/dir/a"), fs::perms(0644));
  fs::remove(folder("top"));
  expect(true, false, "deleted");
}

TEST_P(AnyWorkTree, KnowsTrackedAndIgnoredPaths) {
  scratch_.Write(name("sub/dir/kept.log"), "");
  scratch_.Write(name("sub/dir/new"), "");
  Git({"add", "--sparse", "-f", "sub/dir/kept.log"});
  const WorkTree tree = Find("sub/dir");
  EXPECT_EQ(tree.TrackedPaths(), (Paths{"a", "in/b", "kept.log"}));
  Paths all = {".gitignore", "sub/dir/a", "sub/dir/in/b", "sub/dir/kept.log", "sub/dir2/c", "top"};
  if (std::string(GetParam()) == "shallow") all.insert(all.begin() + 1, "second");
  EXPECT_EQ(Find().TrackedPaths(), all);
  EXPECT_TRUE(tree.IsTracked("a"));
  EXPECT_TRUE(tree.IsTracked("kept.log"));
  EXPECT_FALSE(tree.IsTracked("new"));
  EXPECT_FALSE(tree.IsTracked("in"));
  EXPECT_FALSE(tree.IsTracked("top"));
  EXPECT_FALSE(tree.IsTracked("*"));
  EXPECT_TRUE(tree.Ignores("x.log"));
  EXPECT_TRUE(tree.Ignores("none/x.log"));
  EXPECT_FALSE(tree.Ignores("kept.log"));
  EXPECT_FALSE(tree.Ignores("a"));
  EXPECT_FALSE(tree.Ignores("new"));
  EXPECT_FALSE(tree.Ignores("build/x"));
  EXPECT_EQ(tree.Ignored({"z.log", "new", ":(x)*.log", "kept.log", "[.log"}),
            (Paths{"z.log", ":(x)*.log", "[.log"}));
  EXPECT_TRUE(Find().Ignores("build/x"));
  fs::create_directory_symlink("in", folder("sub/dir/linked"));
  EXPECT_EQ(tree.Ignored({"a.log", "linked/b"}), (Paths{"a.log"})) << "below a link";
}

StageEntry Text(const std::string& bytes) { return {.bytes = bytes}; }

void AnyWorkTree::RecordAndCheck(const Host& host) {
  const auto find = [&](const std::string& below) {
    return std::move(*WorkTree::Find(host, folder(below)));
  };
  scratch_.Write(name("untracked"), "mine\n");
  const std::string link = "sub/dir/l \"nk\xc3\xa9";
  find("sub/dir").RecordConflicts(
      {{"sub/dir2", std::nullopt, std::nullopt, Text("a file where a folder is\n")},
       {"top/in", Text("below a file\n"), Text("1\n"), std::nullopt},
       {"sub/dir/a", Text("0\n"), Text("1\n"), Text("2\n")},
       {"sub/dir/in/b", Text("1\n"), std::nullopt, StageEntry{.bytes = "", .executable = true}},
       {"untracked", std::nullopt, Text("mine\n"), Text("theirs\n")},
       {"top", std::nullopt, std::nullopt, std::nullopt},
       {link, std::nullopt, StageEntry{.bytes = "a", .symlink = true}, std::nullopt}});
  fs::create_symlink("a", folder(link));
  const std::string status = Git({"-c", "core.quotePath=false", "status", "--porcelain", "-z"});
  std::string shown = status;
  std::replace(shown.begin(), shown.end(), '\0', '\n');
  EXPECT_EQ(shown, "UU sub/dir/a\nDU sub/dir/in/b\nAU " + link +
                       "\nUA sub/dir2\nUD top/in\nAA untracked\n");
  std::string modes = Git({"ls-files", "--stage", "--", "sub/dir/in/b", link});
  EXPECT_NE(modes.find("100755 "), std::string::npos) << modes;
  EXPECT_NE(modes.find("120000 "), std::string::npos) << modes;
  EXPECT_TRUE(Find().IsDirty(scratch_.host()));
  EXPECT_TRUE(Find().IsTracked("untracked"));
  const Paths tracked = Find("sub/dir").TrackedPaths();
  EXPECT_EQ(std::count(tracked.begin(), tracked.end(), "a"), 1);
  const CommandResult checked = scratch_.Run(name(), {"fsck", "--strict"});
  EXPECT_EQ(checked.exit_status, 0) << checked.output << checked.error_output;
  Git({"checkout", "--theirs", "sub/dir/a", "untracked"});
  EXPECT_EQ(ReadFile(folder("sub/dir/a")), "2\n");
  EXPECT_EQ(ReadFile(folder("untracked")), "theirs\n");
  Git({"checkout", "--ours", "sub/dir/a"});
  EXPECT_EQ(ReadFile(folder("sub/dir/a")), "1\n");
  // Once more, with other sides.
  find("").RecordConflicts({{"sub/dir/a", Text("0\n"), Text("7\n"), std::nullopt}});
  EXPECT_EQ(Git({"status", "--porcelain", "sub/dir/a"}), "UD sub/dir/a");
  Git({"add", "--sparse", "sub/dir/a"});
  Git({"rm", "-q", "-f", "--sparse", "sub/dir/in/b", link});
  Git({"update-index", "--force-remove", "top/in", "sub/dir2"});
  Git({"add", "untracked"});
  EXPECT_EQ(Git({"ls-files", "-u"}), "");
}

TEST_P(AnyWorkTree, RecordsConflicts) { RecordAndCheck(scratch_.host()); }
TEST_P(LibraryWorkTree, RecordsConflicts) { RecordAndCheck(alone_); }

TEST_P(AnyWorkTree, LeavesTheIndexToAnotherGit) {
  const WorkTree tree = Find();
  const fs::path lock = tree.OwnFolder().parent_path() / "index.lock";
  WriteFile(lock, "");
  try {
    tree.RecordConflicts({{"top", Text("0"), Text("1"), Text("2")}});
    ADD_FAILURE() << "the lock was not seen";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kGit);
    EXPECT_NE(error.message().find("another git process"), std::string::npos) << error.message();
  }
  EXPECT_TRUE(fs::exists(lock));
  fs::remove(lock);
  EXPECT_FALSE(tree.IsDirty(scratch_.host()));
}

TEST(WorkTree, NeedsAWorkTree) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a");
  scratch.Git("", {"clone", "-q", "--bare", "r", "bare.git"});
  fs::create_directories(scratch / "none/below");
  scratch.Init("odd");
  scratch.Git("odd", {"config", "core.bare", "true"});
  Host& host = scratch.host();
  for (const char* path : {"none", "none/below", "missing", "bare.git", "bare.git/refs", "r/.git",
                           "r/.git/refs", "odd"}) {
    EXPECT_FALSE(WorkTree::Find(host, scratch / path)) << path;
  }
  fs::create_directories(scratch / "r/sub/.git");
  const auto found = WorkTree::Find(host, scratch / "r/sub");
  ASSERT_TRUE(found) << "an empty .git is no repository";
  EXPECT_EQ(found->prefix(), "sub");
  host.environment["GIT_CEILING_DIRECTORIES"] = (scratch / "r").string();
  EXPECT_FALSE(WorkTree::Find(host, scratch / "r/sub"));
}

TEST(WorkTree, BrokenLinkIsAnErrorInGitsWords) {
  GitScratch scratch;
  scratch.Write("r/.git", "gitdir: ../gone\n");
  try {
    WorkTree::Find(scratch.host(), scratch / "r");
    ADD_FAILURE() << "found";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kGit);
    EXPECT_NE(error.message().find("not a git repository"), std::string::npos) << error.message();
  }
}

TEST(WorkTree, HasNoHeadBeforeTheFirstCommit) {
  for (const char* format : {"sha1", "sha256"}) {
    GitScratch scratch;
    fs::create_directories(scratch / "r");
    scratch.Git("r", {"init", "-q", std::string("--object-format=") + format});
    std::optional<WorkTree> tree = WorkTree::Find(scratch.host(), scratch / "r");
    ASSERT_TRUE(tree);
    EXPECT_EQ(tree->Head(), std::nullopt);
    EXPECT_EQ(tree->TrackedPaths(), Paths{});
    EXPECT_FALSE(tree->IsDirty(scratch.host()));
    scratch.Write("r/a", "x");
    EXPECT_TRUE(tree->IsDirty(scratch.host()));
    tree->RecordConflicts({{"a", std::nullopt, Text("x"), Text("y")}});
    EXPECT_EQ(scratch.Git("r", {"status", "--porcelain"}), "AA a");
  }
}

TEST(WorkTree, NamesTheOperationInProgress) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a", "0\n");
  scratch.Git("r", {"checkout", "-q", "-b", "side"});
  scratch.CommitFile("r", "a", "1\n");
  const std::string patch = scratch.Git("r", {"format-patch", "-1", "--stdout"}) + "\n";
  scratch.Write("patch", patch);
  scratch.Git("r", {"checkout", "-q", "main"});
  scratch.CommitFile("r", "a", "2\n");
  scratch.CommitFile("r", "a", "3\n");
  const auto expect = [&](std::vector<std::string> start, const std::string& name) {
    const std::string shown = start.front();
    scratch.Run("r", std::move(start));
    EXPECT_EQ(WorkTree::Find(scratch.host(), scratch / "r")->OperationInProgress(), name) << shown;
    scratch.Git("r", {name, name == "bisect" ? "reset" : "--abort"});
    EXPECT_EQ(WorkTree::Find(scratch.host(), scratch / "r")->OperationInProgress(), "") << shown;
  };
  expect({"merge", "side"}, "merge");
  expect({"rebase", "side"}, "rebase");
  expect({"rebase", "--apply", "side"}, "rebase");
  expect({"cherry-pick", "side"}, "cherry-pick");
  expect({"revert", "HEAD~1"}, "revert");
  expect({"am", (scratch / "patch").string()}, "am");
  expect({"bisect", "start"}, "bisect");
  // The first of two is done: only the list is left.
  scratch.Run("r", {"cherry-pick", "side", "HEAD~1"});
  scratch.Git("r", {"checkout", "-q", "--theirs", "a"});
  scratch.Git("r", {"commit", "-q", "-a", "-m", "picked"});
  EXPECT_EQ(WorkTree::Find(scratch.host(), scratch / "r")->OperationInProgress(), "cherry-pick");
}

TEST(WorkTree, SeesChangedSubmodules) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a");
  scratch.Init("outer");
  scratch.Git("outer", {"-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                        (scratch / "r").string(), "sub/m"});
  scratch.Commit("outer");
  const WorkTree tree = std::move(*WorkTree::Find(scratch.host(), scratch / "outer"));
  EXPECT_FALSE(tree.IsDirty(scratch.host()));
  EXPECT_EQ(tree.TrackedPaths(), (Paths{".gitmodules"}));
  EXPECT_TRUE(tree.IsTracked("sub/m"));
  scratch.CommitFile("outer/sub/m", "b");
  EXPECT_TRUE(tree.IsDirty(scratch.host()));
  scratch.Git("outer/sub/m", {"reset", "-q", "--hard", "HEAD~1"});
  EXPECT_FALSE(tree.IsDirty(scratch.host()));
  scratch.Write("outer/sub/m/a", "changed");
  EXPECT_TRUE(tree.IsDirty(scratch.host()));
}

TEST(WorkTree, GitHasTheLastWordOnContent) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.Git("r", {"config", "filter.up.clean", "tr a-z A-Z"});
  scratch.Git("r", {"config", "filter.up.smudge", "tr A-Z a-z"});
  scratch.Write("r/.gitattributes", "*.up filter=up\n");
  scratch.CommitFile("r", "x.up", "text\n");
  const WorkTree tree = std::move(*WorkTree::Find(scratch.host(), scratch / "r"));
  fs::last_write_time(scratch / "r/x.up", fs::file_time_type::clock::now());
  EXPECT_FALSE(tree.IsDirty(scratch.host()));
  scratch.Write("r/x.up", "other\n");
  EXPECT_TRUE(tree.IsDirty(scratch.host()));
}

TEST(WorkTree, TakesTheUsersRules) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", ".gitignore", "!kept.tmp\nsecret/*\n!secret/x\n/out\n");
  scratch.CommitFile("r", "in/.gitignore", "!keep.log\n");
  scratch.Write("r/.git/info/exclude", "*.log\n");
  scratch.Write("home/.config/git/ignore", "*.tmp\n");
  scratch.Write("mine", "*.own\n");
  const Paths paths = {"a.tmp",   "kept.tmp", "b.own",     "secret/x", "secret/y", "out/z",
                       "sub/out", "a",        "sub/c.tmp", "c.cfg",    "sub/d.own"};
  const auto compare = [&](const char* what) {
    const WorkTree tree = std::move(*WorkTree::Find(scratch.host(), scratch / "r"));
    for (const std::string& path : paths) {
      EXPECT_EQ(tree.Ignores(path), scratch.Run("r", {"check-ignore", "-q", path}).exit_status == 0)
          << path << " " << what;
      fs::remove_all(scratch / "r/sub");
      scratch.Write("r/" + path, "");
      EXPECT_EQ(tree.IsDirty(scratch.host()), !scratch.Git("r", {"status", "--porcelain"}).empty())
          << path << " " << what;
      scratch.Git("r", {"clean", "-q", "-d", "-f", "-x"});
    }
  };
  compare("with the default file");
  scratch.Git("r", {"config", "--global", "core.excludesFile", (scratch / "mine").string()});
  compare("with a configured file");
  scratch.Git("r", {"config", "--global", "core.excludesFile", "~/.config/git/ignore"});
  compare("with a file at home");
  scratch.host().environment["GIT_CONFIG_COUNT"] = "1";
  scratch.host().environment["GIT_CONFIG_KEY_0"] = "core.excludesFile";
  scratch.host().environment["GIT_CONFIG_VALUE_0"] = (scratch / "mine").string();
  compare("with a variable");
}

TEST(WorkTree, WorksWithoutTheGitProgram) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a", "1\n");
  Host host = scratch.host();
  host.environment["PATH"] = (scratch / "nowhere").string();
  const WorkTree tree = std::move(*WorkTree::Find(host, scratch / "r"));
  EXPECT_FALSE(tree.IsDirty(host));
  scratch.Write("r/b", "");
  EXPECT_TRUE(tree.IsDirty(host));
  EXPECT_TRUE(tree.Head());
  tree.RecordConflicts({{"a", std::nullopt, Text("1\n"), Text("2\n")}});
  EXPECT_EQ(scratch.Git("r", {"status", "--porcelain"}), "AA a\n?? b");
}

// An edit in the same second as the commit, of the same length: only the index's own time tells git
// to look at the content. Writing the index later must not hide it.
TEST(WorkTree, KeepsEditsOfTheSameSecondVisible) {
  GitScratch scratch;
  for (const char* folder : {"with-git", "without"}) {
    Host host = scratch.host();
    if (folder == std::string("without")) host.environment["PATH"] = "/nowhere";
    scratch.Init(folder);
    const std::string file = std::string(folder) + "/a";
    scratch.CommitFile(folder, "a", "1\n");
    const auto time = fs::last_write_time(scratch / file);
    scratch.Write(file, "2\n");
    fs::last_write_time(scratch / file, time);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    WorkTree::Find(host, scratch / folder)
        ->RecordConflicts({{"b", std::nullopt, Text("x"), Text("y")}});
    EXPECT_EQ(scratch.Git(folder, {"status", "--porcelain", "a"}), " M a") << folder;
  }
}

TEST(WorkTree, LeavesForeignRepositoriesAlone) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  GitScratch scratch;
  scratch.Init("r");
  scratch.CommitFile("r", "a");
  ASSERT_EQ(chown((scratch / "r").c_str(), 12345, 12345), 0);
  try {
    WorkTree::Find(scratch.host(), scratch / "r");
    ADD_FAILURE() << "found";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kGit);
    EXPECT_NE(error.message().find("dubious ownership"), std::string::npos) << error.message();
    EXPECT_NE(error.help().find("safe.directory"), std::string::npos) << error.help();
  }
  scratch.Git("", {"config", "--global", "safe.directory", (scratch / "r").string()});
  EXPECT_TRUE(WorkTree::Find(scratch.host(), scratch / "r"));
}

}  // namespace
}  // namespace scaffold
