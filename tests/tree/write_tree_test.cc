#include "tree/write_tree.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/tree/test_files.h"
#include "tree/apply_tree.h"
#include "tree/read_tree.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::File;
using testing::Folder;
using testing::Link;
using testing::MakeTree;
using testing::Scratch;

Tree Sample() {
  return MakeTree({{"a.txt", File("one")},
                   {"a/b/c", File("two", 0755)},
                   {"a-b", File("three", 0600)},
                   {"empty", Folder()},
                   {"link", Link("a/b/c")}});
}
constexpr char kSampleText[] =
    "600 a-b: three\n644 a.txt: one\n755 a/b/c: two\ndir empty\nlink link -> a/b/c\n";

std::string MessageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

size_t CountEntries(const fs::path& folder) {
  return static_cast<size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(WriteNewTree, WritesEverythingAndNothingBeside) {
  Scratch scratch;
  WriteNewTree(scratch.host(), Sample(), "p/q");
  EXPECT_EQ(scratch.Text("p/q"), kSampleText);
  EXPECT_EQ(CountEntries(scratch / "p"), 1u);
}

TEST(WriteNewTree, FoldersFollowTheHostsUmaskAndFilesTheirModes) {
  Scratch scratch;
  scratch.host().umask = 077;
  WriteNewTree(scratch.host(), Sample(), "p");
  EXPECT_EQ(scratch.Text("p"), kSampleText);
  for (const char* folder : {"p", "p/a", "p/a/b", "p/empty"}) {
    EXPECT_EQ(fs::status(scratch / folder).permissions(), fs::perms::owner_all) << folder;
  }
}

TEST(WriteNewTree, ReplacesAnEmptyFolder) {
  Scratch scratch;
  fs::create_directory(scratch / "p");
  fs::create_directory_symlink("p", scratch / "l");
  EXPECT_TRUE(IsNewDestination(scratch.host(), "l"));
  WriteNewTree(scratch.host(), Sample(), "l");
  EXPECT_EQ(scratch.Text("p"), kSampleText);
}

TEST(WriteNewTree, KeepsTheWorkingDirectoryItself) {
  Scratch scratch;
  fs::create_directory(scratch / "p");
  scratch.host().working_directory = scratch / "p";
  struct stat before = {}, after = {};
  stat((scratch / "p").c_str(), &before);
  fs::path staged;
  WriteNewTree(scratch.host(), Sample(), ".",
               {.before_publish = [&](const StagedTree& tree) { staged = tree.path; }});
  stat((scratch / "p").c_str(), &after);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(scratch.Text("p"), kSampleText);
  EXPECT_FALSE(fs::exists(staged));
}

TEST(WriteNewTree, RefusesOtherDestinations) {
  Scratch scratch;
  scratch.Write("file", "x");
  scratch.Write("full/file", "x");
  fs::create_symlink("nowhere", scratch / "broken");
  const auto write = [&](const char* destination) {
    return MessageOf([&] { WriteNewTree(scratch.host(), Sample(), destination); });
  };
  const std::string root = (scratch / "").string();
  EXPECT_EQ(write("file"), "destination '" + root + "file' is not a folder");
  EXPECT_EQ(write("full"), "destination '" + root + "full' is not empty");
  EXPECT_EQ(write("broken"), "destination '" + root + "broken' is a broken link");
  EXPECT_EQ(write("file/p"), "cannot open '" + root + "file/p': Not a directory");
  EXPECT_FALSE(IsNewDestination(scratch.host(), "file"));
  EXPECT_FALSE(IsNewDestination(scratch.host(), "full"));
  EXPECT_TRUE(IsNewDestination(scratch.host(), "none"));
}

TEST(WriteNewTree, CallbackSeesTheStagedTreeAndMayAdd) {
  Scratch scratch;
  WriteNewTree(scratch.host(), Sample(), "p", {.before_publish = [&](const StagedTree& tree) {
                 EXPECT_FALSE(fs::exists(scratch / "p"));
                 ASSERT_EQ(tree.stamps.size(), 4u);
                 EXPECT_EQ(tree.stamps[0].path, "a-b");
                 EXPECT_EQ(tree.stamps[0].status.st_size, 5);
                 WriteFile(tree.path / "more", "m");
               }});
  EXPECT_EQ(ReadFile(scratch / "p/more"), "m");
}

TEST(WriteNewTree, FailureLeavesNothing) {
  Scratch scratch;
  const WriteOptions failing = {
      .before_publish = [](const StagedTree&) { throw Error(ErrorKind::kIo, "boom"); }};
  EXPECT_EQ(MessageOf([&] { WriteNewTree(scratch.host(), Sample(), "p/q", failing); }), "boom");
  // A name that is a file and a folder at once.
  const Tree clash = MakeTree({{"a", File("")}, {"a/b", File("")}});
  EXPECT_EQ(MessageOf([&] { WriteNewTree(scratch.host(), clash, "p/q"); }),
            "cannot write '" + (scratch / "p/q/a").string() + "': File exists");
  EXPECT_EQ(CountEntries(scratch / ""), 0u);
}

TEST(WriteNewTree, ManyFilesAreWrittenByThreads) {
  Scratch scratch;
  Tree tree;
  for (int i = 0; i < 1500; ++i) {
    const std::string folder = "f" + std::to_string(i % 70) + "/g" + std::to_string(i % 3);
    tree.Add(folder + "/" + std::to_string(i), File(std::to_string(i)));
  }
  WriteNewTree(scratch.host(), tree, "p");
  const Tree written = ReadTree(scratch.host(), scratch / "p");
  for (const auto& [path, entry] : tree) {
    const TreeEntry* found = written.Find(path);
    ASSERT_NE(found, nullptr) << path;
    EXPECT_EQ(found->bytes, entry.bytes);
  }
  tree.Add("f9/g0", File("a file and a folder"));
  EXPECT_THROW(WriteNewTree(scratch.host(), tree, "q"), Error);
  EXPECT_EQ(CountEntries(scratch / ""), 1u);
}

TEST(WriteNewTree, FullDiskLeavesNothing) {
  Scratch scratch;
  struct rlimit old = {};
  getrlimit(RLIMIT_FSIZE, &old);
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit small = {.rlim_cur = 1000, .rlim_max = old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const Tree tree = MakeTree({{"a", File("x")}, {"big", File(std::string(5000, 'x'))}});
  const std::string message = MessageOf([&] { WriteNewTree(scratch.host(), tree, "p"); });
  setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_EQ(message, "cannot write '" + (scratch / "p/big").string() + "': File too large");
  EXPECT_EQ(CountEntries(scratch / ""), 0u);
}

TEST(WriteNewTree, NextRunRemovesWhatAKilledOneLeft) {
  Scratch scratch;
  const pid_t child = fork();
  if (child == 0) {
    WriteNewTree(scratch.host(), Sample(), "p",
                 {.before_publish = [](const StagedTree&) { raise(SIGKILL); }});
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_FALSE(fs::exists(scratch / "p"));
  EXPECT_EQ(CountEntries(scratch / ""), 1u);
  WriteNewTree(scratch.host(), Sample(), "p");
  EXPECT_EQ(CountEntries(scratch / ""), 1u);
  EXPECT_EQ(scratch.Text("p"), kSampleText);
}

TEST(WriteNewTree, KilledAtAnyTimeItIsAbsentOrWhole) {
  Tree tree;
  for (int i = 0; i < 400; ++i)
    tree.Add("d" + std::to_string(i % 9) + "/" + std::to_string(i), File("x"));
  const std::string whole = Scratch::TreeText(tree);
  for (int round = 0; round < 15; ++round) {
    Scratch scratch;
    const pid_t child = fork();
    if (child == 0) {
      WriteNewTree(scratch.host(), tree, "p");
      _exit(0);
    }
    usleep(static_cast<useconds_t>(round * 700));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    if (fs::exists(scratch / "p")) {
      EXPECT_EQ(scratch.Text("p"), whole) << "round " << round;
    } else {
      WriteNewTree(scratch.host(), tree, "p");
    }
    EXPECT_EQ(CountEntries(scratch / ""), 1u);
  }
}

TEST(WriteNewTree, RunsBesideAnotherRun) {
  Scratch scratch;
  WriteNewTree(scratch.host(), Sample(), "p", {.before_publish = [&](const StagedTree&) {
                 WriteNewTree(scratch.host(), Sample(), "p/../q");
                 EXPECT_EQ(MessageOf([&] {
                             WriteNewTree(scratch.host(), Sample(), "p",
                                          {.before_publish = [](const StagedTree& inner) {
                                            throw Error(ErrorKind::kIo, inner.path.filename());
                                          }});
                           }),
                           ".p.scaffold-new-1");
               }});
  EXPECT_EQ(CountEntries(scratch / ""), 2u);
}

TEST(WriteNewTree, DeepTreesAreWritten) {
  Scratch scratch;
  std::string path = "d";
  for (int i = 0; i < 200; ++i) path += "/d";
  WriteNewTree(scratch.host(), MakeTree({{path, File("x")}}), "p");
  EXPECT_EQ(scratch.Text("p"), "644 " + path + ": x\n");
}

}  // namespace
}  // namespace scaffold
