#include "tree/read_tree.h"

#include <unistd.h>

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/tree/test_files.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::Scratch;

TEST(ReadTree, ReadsFilesLinksAndEmptyFolders) {
  Scratch scratch;
  scratch.Write("t/a.txt", "one");
  scratch.Write("t/bin/run", "two", 0755);
  scratch.Write("t/.git/HEAD", "x");
  scratch.Write("t/sub/.git/HEAD", "kept");
  fs::create_directories(scratch / "t/empty/inner");
  fs::create_symlink("no/such", scratch / "t/link");
  EXPECT_EQ(scratch.Text("t"),
            "644 a.txt: one\n755 bin/run: two\ndir empty/inner\nlink link -> no/such\n"
            "644 sub/.git/HEAD: kept\n");
}

TEST(ReadTree, OptionsChooseWhatIsRead) {
  Scratch scratch;
  scratch.Write("t/.git/HEAD", "x");
  scratch.Write("t/skip/a", "x");
  scratch.Write("t/keep", "x");
  const ReadOptions options = {
      .git_folder = GitFolder::kRead,
      .skip = [](std::string_view path, EntryKind) { return path == "skip"; }};
  EXPECT_EQ(Scratch::TreeText(ReadTree(scratch.host(), scratch / "t", options)),
            "644 .git/HEAD: x\n644 keep: x\n");
}

TEST(ReadTree, LeavesOutPipes) {
  Scratch scratch;
  scratch.Write("t/a", "1");
  ASSERT_EQ(mkfifo((scratch / "t/pipe").c_str(), 0644), 0);
  EXPECT_EQ(scratch.Text("t"), "644 a: 1\n");
}

TEST(ReadTree, UnreadableFolderIsAnError) {
  Scratch scratch;
  try {
    ReadTree(scratch.host(), scratch / "none");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(),
              "cannot open '" + (scratch / "none").string() + "': No such file or directory");
  }
}

TEST(ReadTree, CancellationStopsIt) {
  Scratch scratch;
  scratch.Write("t/a", "1");
  const std::atomic<bool> cancelled = true;
  scratch.host().cancelled = &cancelled;
  EXPECT_THROW(ReadTree(scratch.host(), scratch / "t"), Error);
}

}  // namespace
}  // namespace scaffold
