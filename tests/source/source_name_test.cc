#include "source/source_name.h"

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::GitScratch;

// "remote URL [folder]", "path PATH [folder]" or "bundled"; paths relative to the scratch folder.
std::string Parsed(GitScratch& scratch, const std::string& text) {
  const SourceName name = ParseSourceName(scratch.host(), text);
  const std::string folder = name.folder.empty() ? "" : " [" + name.folder + "]";
  switch (name.kind) {
    case SourceKind::kBundled:
      return "bundled";
    case SourceKind::kRemote:
      return "remote " + name.url + folder;
    case SourceKind::kArchive:
      return "archive " + name.url + folder;
    case SourceKind::kPath:
      return "path " + name.path.lexically_relative(scratch / ".").string() + folder;
  }
  return "";
}

TEST(ParseSourceName, KnowsWhatCopierKnows) {
  GitScratch scratch;
  EXPECT_EQ(Parsed(scratch, "gh:org/repo"), "remote https://github.com/org/repo.git");
  EXPECT_EQ(Parsed(scratch, "gh:/org/repo.git"), "remote https://github.com/org/repo.git");
  EXPECT_EQ(Parsed(scratch, "gl:org/repo"), "remote https://gitlab.com/org/repo.git");
  EXPECT_EQ(Parsed(scratch, "https://github.com/o/r"), "remote https://github.com/o/r.git");
  EXPECT_EQ(Parsed(scratch, "https://host/x.git"), "remote https://host/x.git");
  EXPECT_EQ(Parsed(scratch, "git+https://host/x"), "remote https://host/x");
  EXPECT_EQ(Parsed(scratch, "git+ssh://host/x"), "remote ssh://host/x");
  EXPECT_EQ(Parsed(scratch, "git@host:o/r"), "remote git@host:o/r");
  EXPECT_EQ(Parsed(scratch, "some/folder/"), "path some/folder");
  EXPECT_EQ(Parsed(scratch, "~/t"), "path home/t");
  EXPECT_EQ(Parsed(scratch, "bundled:python"), "bundled");
  EXPECT_EQ(Parsed(scratch, ""), "bundled");
  fs::create_directory(scratch / "local.git");
  EXPECT_EQ(Parsed(scratch, "local.git"), "path local.git");
}

TEST(ParseSourceName, TakesEveryUrlForAUrl) {
  GitScratch scratch;
  for (const char* url : {"https://host/x", "http://host/x", "ssh://git@host/x", "file:///x"}) {
    EXPECT_EQ(Parsed(scratch, url), std::string("remote ") + url);
  }
  EXPECT_EQ(Parsed(scratch, "https://host/x-1.0.tar.gz"), "archive https://host/x-1.0.tar.gz");
  EXPECT_EQ(Parsed(scratch, "http://host/x.zip?a=b"), "archive http://host/x.zip?a=b");
  EXPECT_EQ(Parsed(scratch, "https://host/x.zip//a/b"), "archive https://host/x.zip [a/b]");
}

TEST(ParseSourceName, FolderStandsAfterTwoSlashes) {
  GitScratch scratch;
  scratch.Init("repo");
  EXPECT_EQ(Parsed(scratch, "gh:org/repo//a/b/"), "remote https://github.com/org/repo.git [a/b]");
  EXPECT_EQ(Parsed(scratch, "https://host/x.git//a"), "remote https://host/x.git [a]");
  EXPECT_EQ(Parsed(scratch, "repo//a/b"), "path repo [a/b]");
  EXPECT_EQ(Parsed(scratch, "plain//a"), "path plain/a");
  EXPECT_EQ(Parsed(scratch, "gh:org/repo//"), "remote https://github.com/org/repo//.git");
  EXPECT_THROW(ParseSourceName(scratch.host(), "repo//../x"), Error);
}

TEST(ParseSourceName, RefusesOptionsAndCommands) {
  GitScratch scratch;
  for (const char* text :
       {"--upload-pack=touch x.git", "-x.git", "ext::sh -c 'touch x' .git", "git+ext::sh -c x",
        "git+-oProxyCommand=x", "git+fd::17", "bundled:go"}) {
    EXPECT_THROW(ParseSourceName(scratch.host(), text), Error) << text;
  }
}

TEST(StripCredentials, LeavesTheAddress) {
  EXPECT_EQ(StripCredentials("https://u:p@host/x.git"), "https://host/x.git");
  EXPECT_EQ(StripCredentials("https://token@host/x"), "https://host/x");
  EXPECT_EQ(StripCredentials("ssh://git@host/x"), "ssh://git@host/x");
  EXPECT_EQ(StripCredentials("ssh://git:secret@host/x"), "ssh://host/x");
  EXPECT_EQ(StripCredentials("https://host/a@b"), "https://host/a@b");
  EXPECT_EQ(StripCredentials("git@host:x"), "git@host:x");
}

}  // namespace
}  // namespace scaffold
