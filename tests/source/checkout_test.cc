#include "source/checkout.h"

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "support/file.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::GitScratch;
using testing::Scratch;

Checkout Fetch(GitScratch& scratch, const std::string& source,
               std::optional<std::string> ref = std::nullopt, bool prereleases = false) {
  scratch.host().temp_directory = scratch / "tmp";
  fs::create_directories(scratch / "tmp");
  return FetchTemplate(scratch.host(),
                       {.source = source, .ref = std::move(ref), .prereleases = prereleases});
}

std::string TreeOf(const Checkout& checkout) { return Scratch::TreeText(checkout.tree); }

// "COMMIT VERSION: TREE".
std::string Summary(const Checkout& checkout) {
  return checkout.commit.value_or("-") + " " +
         (checkout.version ? checkout.version->text() : "None") + ": " + TreeOf(checkout);
}

std::optional<Error> FetchError(GitScratch& scratch, const std::string& source,
                                std::optional<std::string> ref = std::nullopt) {
  try {
    Fetch(scratch, source, std::move(ref));
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

void MakeTemplate(GitScratch& scratch) {
  scratch.Init("t");
  scratch.CommitFile("t", "f", "1");
  scratch.Git("t", {"tag", "v1.0"});
  scratch.CommitFile("t", "f", "2");
  scratch.Git("t", {"tag", "-a", "v1.1", "-m", "x"});
  scratch.Git("t", {"branch", "topic"});
  scratch.CommitFile("t", "f", "3");
  scratch.Git("t", {"tag", "v2.0rc1"});
  scratch.CommitFile("t", "f", "4");
}

TEST(FetchTemplate, ReadsAPlainFolder) {
  GitScratch scratch;
  scratch.Write("t/copier.yml", "a: 1\n", 0640);
  const Checkout checkout = Fetch(scratch, "t");
  EXPECT_EQ(Summary(checkout), "- None: 640 copier.yml: a: 1\n\n");
  EXPECT_EQ(checkout.source, "t");
  EXPECT_EQ(checkout.path, scratch / "t");
  EXPECT_EQ(checkout.commit_hash, std::nullopt);
}

TEST(FetchTemplate, TakesTheNewestTag) {
  GitScratch scratch;
  MakeTemplate(scratch);
  const Checkout checkout = Fetch(scratch, "t");
  EXPECT_EQ(Summary(checkout), "v1.1 1.1: 644 f: 2\n");
  EXPECT_EQ(checkout.commit_hash, scratch.Git("t", {"rev-parse", "v1.1^{commit}"}));
  EXPECT_TRUE(checkout.notes.empty());
  EXPECT_EQ(Summary(Fetch(scratch, "t", std::nullopt, true)), "v2.0rc1 2.0rc1: 644 f: 3\n");
}

TEST(FetchTemplate, TakesTheRefAskedFor) {
  GitScratch scratch;
  MakeTemplate(scratch);
  const std::string head = scratch.Git("t", {"rev-parse", "--short", "HEAD"});
  const std::string at_head = "v2.0rc1-1-g" + head + " 2.0rc1.post1.dev0+" + head + ": 644 f: 4\n";
  EXPECT_EQ(Summary(Fetch(scratch, "t", "v1.0")), "v1.0 1.0: 644 f: 1\n");
  EXPECT_EQ(Summary(Fetch(scratch, "t", "topic")), "v1.1 1.1: 644 f: 2\n");
  for (const char* ref : {"HEAD", "main", "v2.0rc1-1-g"}) {
    const std::string whole = std::string(ref).ends_with("-g") ? ref + head : ref;
    EXPECT_EQ(Summary(Fetch(scratch, "t", whole)), at_head) << whole;
  }
}

TEST(FetchTemplate, WithoutTagsItIsHeadAndANote) {
  GitScratch scratch;
  scratch.Init("t");
  const std::string commit = scratch.CommitFile("t", "f", "1");
  const Checkout checkout = Fetch(scratch, "t");
  const std::string hash = commit.substr(0, 7);
  EXPECT_EQ(Summary(checkout), hash + " 0.0.0.post1.dev0+" + hash + ": 644 f: 1\n");
  EXPECT_EQ(checkout.notes,
            std::vector<std::string>{"No git tags found in template; using HEAD as ref"});
}

TEST(FetchTemplate, UncommittedChangesCountAtHeadOnly) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.Write("t/new", "n");
  const Checkout tagged = Fetch(scratch, "t", "v1.0");
  EXPECT_EQ(TreeOf(tagged), "644 f: 1\n");
  EXPECT_TRUE(tagged.warnings.empty());
  EXPECT_EQ(TreeOf(Fetch(scratch, "t", "main")), "644 f: 4\n");
  const Checkout dirty = Fetch(scratch, "t", "HEAD");
  EXPECT_EQ(TreeOf(dirty), "644 f: 4\n644 new: n\n");
  EXPECT_EQ(dirty.warnings,
            std::vector<std::string>{"Dirty template changes included automatically."});
  EXPECT_TRUE(dirty.commit->starts_with("v2.0rc1-2-g")) << *dirty.commit;
  EXPECT_TRUE(dirty.version->text().starts_with("2.0rc1.post2.dev0+")) << dirty.version->text();
}

TEST(FetchTemplate, RepositoryBeforeItsFirstCommitIsADraft) {
  GitScratch scratch;
  scratch.Init("t");
  scratch.Write("t/f", "1");
  const Checkout checkout = Fetch(scratch, "t");
  EXPECT_EQ(TreeOf(checkout), "644 f: 1\n");
  EXPECT_EQ(checkout.commit->size(), 7u);
  EXPECT_EQ(checkout.version->text(), "0.0.0.post1.dev0+" + *checkout.commit);
}

TEST(FetchTemplate, UnknownRevisionNamesTheClosest) {
  GitScratch scratch;
  MakeTemplate(scratch);
  const auto error = FetchError(scratch, "t", "v1.2");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message(), "Unknown revision: 'v1.2'");
  EXPECT_EQ(error->help(), "did you mean 'v1.0'?");
  EXPECT_EQ(FetchError(scratch, "t", "something")->help(),
            "among its tags and branches are 'topic', 'main', 'v2.0rc1', 'v1.1', 'v1.0'");
}

TEST(FetchTemplate, ARepositoryWithoutCommitsSaysSo) {
  GitScratch scratch;
  scratch.Init("r");
  for (const auto& ref : {std::optional<std::string>(), std::optional<std::string>("v1")}) {
    const auto error = FetchError(scratch, (scratch / "r").string(), ref);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message(), "the template's repository has no commits");
  }
}

TEST(FetchTemplate, AtIsHeadWithoutUncommittedChanges) {
  GitScratch scratch;
  scratch.Init("r");
  scratch.Write("r/a", "1");
  scratch.Commit("r", "one");
  scratch.Write("r/a", "2");
  scratch.Commit("r", "two");
  scratch.Write("r/a", "draft");
  const std::string source = (scratch / "r").string();
  EXPECT_EQ(Fetch(scratch, source, "@").tree.Find("a")->bytes, "2");
  EXPECT_EQ(Fetch(scratch, source, "@~1").tree.Find("a")->bytes, "1");
}

TEST(FetchTemplate, MissingFolderIsCopiersError) {
  GitScratch scratch;
  scratch.Write("file", "");
  EXPECT_EQ(FetchError(scratch, "none")->message(), "Local template must be a directory.");
  EXPECT_EQ(FetchError(scratch, "file")->message(), "Local template must be a directory.");
}

TEST(FetchTemplate, FolderOfARepositoryHasItsOwnTags) {
  GitScratch scratch;
  scratch.Init("t");
  scratch.CommitFile("t", "a/f", "1");
  scratch.Git("t", {"tag", "a/v1.0"});
  scratch.CommitFile("t", "a/f", "2");
  scratch.Git("t", {"tag", "v3.0"});
  EXPECT_EQ(TreeOf(Fetch(scratch, "t//a")), "644 f: 1\n");
  scratch.CommitFile("t", "b/f", "3");
  scratch.Git("t", {"tag", "v4.0"});
  EXPECT_EQ(Summary(Fetch(scratch, "t//b")), "v4.0 4.0: 644 f: 3\n");
  EXPECT_EQ(FetchError(scratch, "t//none")->message(), "the template has no folder 'none'");
  EXPECT_EQ(TreeOf(Fetch(scratch, "t/a")), "644 f: 2\n");  // a plain folder
}

TEST(FetchTemplate, ShallowAndSha256RepositoriesAreRead) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.Git("", {"clone", "-q", "--depth", "2", "file://" + (scratch / "t").string(), "shallow"});
  const Checkout shallow = Fetch(scratch, "shallow", "HEAD");
  EXPECT_EQ(TreeOf(shallow), "644 f: 4\n");
  ASSERT_EQ(shallow.warnings.size(), 1u);
  EXPECT_EQ(shallow.warnings[0],
            "The repository '" + (scratch / "shallow").string() +
                "' is a shallow clone, this might lead to unexpected failure or unusually high "
                "resource consumption.");
  fs::create_directory(scratch / "sha256");
  scratch.Git("sha256", {"init", "-q", "--object-format=sha256"});
  const std::string commit = scratch.CommitFile("sha256", "f", "x");
  const Checkout checkout = Fetch(scratch, "sha256", "HEAD");
  EXPECT_EQ(checkout.commit_hash, commit);
  EXPECT_EQ(TreeOf(checkout), "644 f: x\n");
  scratch.Write("sha256/g", "y");
  EXPECT_EQ(TreeOf(Fetch(scratch, "sha256", "HEAD")), "644 f: x\n644 g: y\n");
  EXPECT_TRUE(fs::is_empty(scratch / "tmp"));
}

TEST(FetchTemplate, SplitIndexAndWorktreeConfigAreRead) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.Git("t", {"update-index", "--split-index"});
  EXPECT_EQ(TreeOf(Fetch(scratch, "t", "HEAD")), "644 f: 4\n");
  scratch.Git("t", {"config", "extensions.worktreeConfig", "true"});
  scratch.Git("t", {"config", "core.repositoryFormatVersion", "1"});
  EXPECT_EQ(TreeOf(Fetch(scratch, "t", "HEAD")), "644 f: 4\n");
}

TEST(FetchTemplate, CheckoutConvertsAsGitDoes) {
  GitScratch scratch;
  scratch.Init("t");
  scratch.Write("t/.gitattributes", "*.bat text eol=crlf\n");
  scratch.CommitFile("t", "a.bat", "one\r\n");
  EXPECT_EQ(Fetch(scratch, "t", "HEAD").tree.Find("a.bat")->bytes, "one\r\n");
  EXPECT_EQ(scratch.Git("t", {"cat-file", "blob", "HEAD:a.bat"}), "one");
}

TEST(FetchTemplate, SubmodulesAreCheckedOut) {
  GitScratch scratch;
  scratch.Configure("[user]\n\tname = A\n\temail = a@b\n[protocol \"file\"]\n\tallow = always\n");
  scratch.Init("inner");
  scratch.CommitFile("inner", "i", "in");
  scratch.Init("t");
  scratch.Git("t", {"submodule", "--quiet", "add", "../inner", "sub"});
  scratch.CommitFile("t", "f", "out");
  EXPECT_EQ(TreeOf(Fetch(scratch, "t", "HEAD")),
            "644 .gitmodules: [submodule \"sub\"]\n\tpath = sub\n\turl = ../inner\n\n"
            "644 f: out\n644 sub/i: in\n");
}

TEST(FetchTemplate, RemoteRepositoriesAreMirrored) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.host().environment["COPIER_CACHE_DIR"] = (scratch / "cache").string();
  fs::rename(scratch / "t", scratch / "origin.git");
  const std::string url = "git+file://" + (scratch / "origin.git").string();
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v1.1 1.1: 644 f: 2\n");
  EXPECT_EQ(TreeOf(Fetch(scratch, url, "topic")), "644 f: 2\n");
  scratch.CommitFile("origin.git", "f", "5");
  scratch.Git("origin.git", {"tag", "v3.0"});
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v3.0 3.0: 644 f: 5\n");
  // A mirror that is no repository any more is made again.
  for (const auto& entry : fs::directory_iterator(scratch / "cache")) {
    if (entry.is_directory()) fs::remove(entry.path() / "HEAD");
  }
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v3.0 3.0: 644 f: 5\n");
  fs::rename(scratch / "origin.git", scratch / "away");
  const Checkout offline = Fetch(scratch, url);
  EXPECT_EQ(Summary(offline), "v3.0 3.0: 644 f: 5\n");
  EXPECT_EQ(offline.warnings.size(), 1u);
  EXPECT_EQ(FetchError(scratch, url + "x")->kind(), ErrorKind::kGit);
}

TEST(FetchTemplate, DamagedMirrorsAreMadeAgain) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.host().environment["COPIER_CACHE_DIR"] = (scratch / "cache").string();
  const std::string url = "file://" + (scratch / "t").string();
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v1.1 1.1: 644 f: 2\n");
  const auto damage = [&] {
    for (const auto& entry : fs::recursive_directory_iterator(scratch / "cache")) {
      const bool is_object = entry.path().string().find("/objects/") != std::string::npos;
      if (!is_object || !entry.is_regular_file()) continue;
      fs::permissions(entry.path(), fs::perms::owner_all);
      WriteFile(entry.path(), "damaged");
    }
  };
  damage();
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v1.1 1.1: 644 f: 2\n");
  // When it cannot be made again, the copy is left alone and the error says so.
  damage();
  fs::rename(scratch / "t", scratch / "away");
  EXPECT_EQ(FetchError(scratch, url)->kind(), ErrorKind::kGit);
  fs::rename(scratch / "away", scratch / "t");
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v1.1 1.1: 644 f: 2\n");
}

TEST(FetchTemplate, MirrorsNeedNoGitProgram) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.Git("t", {"checkout", "-q", "topic"});
  const std::string path = scratch.host().environment["PATH"];
  scratch.host().environment["COPIER_CACHE_DIR"] = (scratch / "cache").string();
  scratch.host().environment["PATH"] = (scratch / "nothing").string();
  const std::string url = "file://" + (scratch / "t").string();
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v1.1 1.1: 644 f: 2\n");
  EXPECT_EQ(TreeOf(Fetch(scratch, url, "HEAD")), "644 f: 2\n");
  EXPECT_EQ(TreeOf(Fetch(scratch, url, "main")), "644 f: 4\n");
  scratch.host().environment["PATH"] = path;
  scratch.CommitFile("t", "f", "5");
  scratch.Git("t", {"tag", "v3.0"});
  scratch.host().environment["PATH"] = (scratch / "nothing").string();
  EXPECT_EQ(Summary(Fetch(scratch, url)), "v3.0 3.0: 644 f: 5\n");
  EXPECT_EQ(FetchError(scratch, "git@host:x")->message(), "cannot fetch 'git@host:x' without git");
}

TEST(FetchTemplate, ArchivesAreFolders) {
  GitScratch scratch;
  scratch.Write("w/repo-1/copier.yml", "a: 1");
  scratch.Write("w/repo-1/sub/f", "x", 0700);
  Command tar;
  tar.arguments = {"tar",   "-C", (scratch / "w").string(), "-czf", (scratch / "t.tar.gz").string(),
                   "repo-1"};
  ASSERT_EQ(RunCommand(scratch.host(), tar).exit_status, 0);
  EXPECT_EQ(Summary(Fetch(scratch, "t.tar.gz")), "- None: 644 copier.yml: a: 1\n755 sub/f: x\n");
  EXPECT_EQ(TreeOf(Fetch(scratch, "t.tar.gz//sub")), "755 f: x\n");
  EXPECT_EQ(FetchError(scratch, "t.tar.gz", "v1")->message(), "an archive has no version 'v1'");
  scratch.Write("bad.zip", "no");
  EXPECT_EQ(FetchError(scratch, "bad.zip")->kind(), ErrorKind::kIo);
}

TEST(FetchTemplate, BundlesAreRepositories) {
  GitScratch scratch;
  MakeTemplate(scratch);
  scratch.Git("t", {"bundle", "create", "-q", "../t.bundle", "--all"});
  EXPECT_EQ(Summary(Fetch(scratch, "t.bundle")), "v1.1 1.1: 644 f: 2\n");
}

TEST(FetchTemplate, TemplatesOwnConfigurationRunsNothing) {
  GitScratch scratch;
  MakeTemplate(scratch);
  const std::string touch = "touch " + (scratch / "ran").string();
  scratch.Write("t/.gitattributes", "* filter=evil\n");
  scratch.Commit("t");
  scratch.Write("t/monitor", "#!/bin/sh\n" + touch + "\n", 0755);
  scratch.Git("t", {"config", "core.fsmonitor", (scratch / "t/monitor").string()});
  for (const char* key : {"filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
                          "core.sshCommand", "uploadpack.packObjectsHook", "diff.external"}) {
    scratch.Git("t", {"config", key, touch});
  }
  scratch.Git("t", {"config", "core.hooksPath", (scratch / "t").string()});
  fs::remove(scratch / "ran");
  scratch.Write("t/f", "changed");
  for (const char* ref : {"HEAD", "v1.0"}) Fetch(scratch, "t", ref);
  EXPECT_FALSE(fs::exists(scratch / "ran"));
}

TEST(FetchTemplate, HostileNamesInACommitAreRefused) {
  GitScratch scratch;
  scratch.Init("t");
  const std::string blob = scratch.CommitFile("t", "f", "x");
  const std::string id = scratch.Git("t", {"rev-parse", "HEAD:f"});
  Command mktree;
  mktree.arguments = {"git", "mktree"};
  mktree.working_directory = scratch / "t";
  mktree.input = "100644 blob " + id + "\t..\n";
  const std::string tree = RunCommand(scratch.host(), mktree).output.substr(0, 40);
  const std::string commit = scratch.Git("t", {"commit-tree", "-m", "x", tree});
  EXPECT_EQ(FetchError(scratch, "t", commit)->kind(), ErrorKind::kForbiddenPath);
}

TEST(FetchTemplate, BundledTemplateHasVersions) {
  GitScratch scratch;
  const Checkout newest = Fetch(scratch, "");
  EXPECT_EQ(newest.source, "bundled:python");
  ASSERT_TRUE(newest.commit);
  EXPECT_EQ("v" + newest.version->text(), *newest.commit);
  EXPECT_NE(newest.tree.Find("copier.yml"), nullptr);
  const Checkout first = Fetch(scratch, "bundled:python", "v1.0.0");
  EXPECT_EQ(first.version->text(), "1.0.0");
  EXPECT_EQ(TreeOf(Fetch(scratch, "bundled:python", "1.0.0")), TreeOf(first));
  EXPECT_EQ(FetchError(scratch, "", "v9")->message(), "Unknown revision: 'v9'");
}

TEST(Checkout, MaterializesUntilItGoes) {
  GitScratch scratch;
  MakeTemplate(scratch);
  fs::path path;
  {
    Checkout checkout = Fetch(scratch, "t");
    path = checkout.path;
    EXPECT_FALSE(fs::exists(path));
    checkout.Materialize(scratch.host());
    checkout.Materialize(scratch.host());
    EXPECT_EQ(ReadFile(path / "f"), "2");
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace scaffold
