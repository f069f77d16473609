#include "tree/apply_tree.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "scaffold/error.h"
#include "tests/tree/test_files.h"
#include "tree/fingerprint.h"
#include "tree/journal.h"
#include "tree/staging_folder.h"
#include "tree/step_runner.h"
#include "tree/write_tree.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::File;
using testing::Folder;
using testing::Link;
using testing::MakeTree;
using testing::Scratch;

std::string MessageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(ApplyTree, CreatesOverwritesAndDeletes) {
  Scratch scratch;
  scratch.Write("p/old", "1");
  scratch.Write("p/gone", "2");
  scratch.Write("p/mine", "3");
  ApplyTree(scratch.host(),
            {.writes = MakeTree({{"old", File("new", 0755)},
                                 {"a/b/c", File("x")},
                                 {"link", Link("old")},
                                 {"empty/inner", Folder()}}),
             .deletions = {"gone", "never/there"}},
            scratch / "p");
  EXPECT_EQ(scratch.Text("p"),
            "644 a/b/c: x\ndir empty/inner\nlink link -> old\n644 mine: 3\n755 old: new\n");
}

TEST(ApplyTree, EmptiedFoldersGoWhenNothingIsLeftInThem) {
  Scratch scratch;
  scratch.Write("p/full/f", "1");
  scratch.Write("p/used/gone", "1");
  fs::create_directories(scratch / "p/above/empty");
  ApplyTree(scratch.host(),
            {.writes = MakeTree({{"used/new", File("x")}}),
             .deletions = {"used/gone"},
             .emptied = {"above/empty", "full", "never", "used"}},
            scratch / "p");
  EXPECT_EQ(scratch.Text("p"), "644 full/f: 1\n644 used/new: x\n");
}

TEST(ApplyTree, MakesADestinationThatIsNotThere) {
  Scratch scratch;
  ApplyTree(scratch.host(), {.writes = MakeTree({{"a/b", File("1")}}), .deletions = {}},
            scratch / "p/q");
  EXPECT_EQ(scratch.Text("p"), "644 q/a/b: 1\n");
}

// Killed at any time, a run is carried out by the next command as a whole or not at all.
TEST(ApplyTree, SurvivesKillsAtRandomTimes) {
  std::string old_text, new_text;
  Tree old_tree, new_tree;
  for (int i = 0; i < 300; ++i) {
    const std::string path = "d" + std::to_string(i % 7) + "/f" + std::to_string(i);
    old_tree.Add(path, File("old"));
    new_tree.Add(path, File(std::string(2000, 'n')));
  }
  old_text = Scratch::TreeText(old_tree);
  new_text = Scratch::TreeText(new_tree);
  int whole = 0;
  for (int round = 0; round < 15; ++round) {
    Scratch scratch;
    WriteNewTree(scratch.host(), old_tree, "p");
    const pid_t child = fork();
    if (child == 0) {
      ApplyTree(scratch.host(), {.writes = new_tree, .deletions = {}}, scratch / "p");
      _exit(0);
    }
    usleep(static_cast<useconds_t>(round * 1000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    RecoverTree(scratch.host(), scratch / "p");
    const std::string text = scratch.Text("p");
    EXPECT_TRUE(text == old_text || text == new_text) << "round " << round;
    whole += text == new_text ? 1 : 0;
  }
  std::printf("%d of 15 runs were carried out\n", whole);
}

TEST(ApplyTree, LinkInTheWayIsReplacedNotFollowed) {
  Scratch scratch;
  scratch.Write("outside", "safe");
  fs::create_directory(scratch / "p");
  fs::create_symlink("../outside", scratch / "p/f");
  ApplyTree(scratch.host(), {.writes = MakeTree({{"f", File("new")}}), .deletions = {}},
            scratch / "p");
  EXPECT_EQ(scratch.Text("p"), "644 f: new\n");
  EXPECT_EQ(ReadFile(scratch / "outside"), "safe");
}

TEST(ApplyTree, FolderLinksAreFollowedOnlyInside) {
  Scratch scratch;
  fs::create_directories(scratch / "p/real");
  fs::create_directory(scratch / "outside");
  fs::create_directory_symlink("real", scratch / "p/in");
  fs::create_directory_symlink(scratch / "p/real", scratch / "p/absolute");
  fs::create_directory_symlink("../outside", scratch / "p/out");
  ApplyTree(
      scratch.host(),
      {.writes = MakeTree({{"in/a", File("1")}, {"absolute/d/b", File("2")}}), .deletions = {}},
      scratch / "p");
  EXPECT_EQ(ReadFile(scratch / "p/real/a"), "1");
  EXPECT_EQ(ReadFile(scratch / "p/real/d/b"), "2");
  const auto write = [&](const char* path) {
    return MessageOf([&] {
      ApplyTree(scratch.host(),
                {.writes = MakeTree({{"new", File("")}, {path, File("x")}}), .deletions = {}},
                scratch / "p");
    });
  };
  EXPECT_EQ(write("out/a"), "\"out\" is forbidden");
  EXPECT_EQ(write("../a"), "\"../a\" is forbidden");
  EXPECT_FALSE(fs::exists(scratch / "p/new"));
  EXPECT_TRUE(fs::is_empty(scratch / "outside"));
}

TEST(ApplyTree, ClashesAreFoundBeforeAnythingChanges) {
  Scratch scratch;
  scratch.Write("p/file", "1");
  scratch.Write("p/folder/x", "2");
  const std::string before = scratch.Text("p");
  const auto write = [&](const char* path) {
    return MessageOf([&] {
      ApplyTree(scratch.host(),
                {.writes = MakeTree({{"a", File("")}, {path, File("x")}}), .deletions = {}},
                scratch / "p");
    });
  };
  EXPECT_EQ(write("folder"),
            "cannot write '" + (scratch / "p/folder").string() + "': Is a directory");
  EXPECT_EQ(write("file/x"),
            "cannot create folder '" + (scratch / "p/file").string() + "': File exists");
  EXPECT_EQ(scratch.Text("p"), before);
}

TEST(RunSteps, FailureUndoesTheStepsBefore) {
  Scratch scratch;
  scratch.Write("p/a", "old");
  scratch.Write("p/gone", "back");
  scratch.Write("p/dir/x", "1");
  const std::string before = scratch.Text("p");
  fs::create_directory(scratch / "s");
  for (const char* name : {"0", "1", "2"}) scratch.Write(std::string("s/") + name, "new");
  RootFolder root(scratch / "p");
  const std::vector<Step> steps = {{Step::Kind::kDelete, "gone", ""},
                                   {Step::Kind::kMakeDirectory, "made", ""},
                                   {Step::Kind::kMove, "made/f", "0"},
                                   {Step::Kind::kMove, "a", "1"},
                                   {Step::Kind::kMove, "dir", "2"}};
  const Descriptor staging = OpenDirectory(scratch / "s");
  EXPECT_THROW(RunSteps(steps, {.staging = staging.get(), .root = &root, .mode = 0755}), Error);
  EXPECT_EQ(scratch.Text("p"), before);
}

TEST(RecoverTree, FinishesWhatAKilledRunBegan) {
  Scratch scratch;
  scratch.Write("p/a", "old a");
  scratch.Write("p/b", "old b");
  const pid_t child = fork();
  if (child == 0) {
    StagingFolder staging(scratch.host(), scratch / "p", kApplyFolder, "p", Sharing::kExclusive);
    WriteFile(staging.path() / "0", "new a");
    WriteFile(staging.path() / "1", "new b");
    WriteFile(staging.path() / "2", "new c");
    const std::vector<Step> steps = {{Step::Kind::kMove, "a", "0"},
                                     {Step::Kind::kMove, "b", "1"},
                                     {Step::Kind::kMakeDirectory, "d", ""},
                                     {Step::Kind::kMove, "d/c", "2"}};
    WriteJournal(staging, steps);
    fs::rename(staging.path() / "0", scratch / "p/a");
    raise(SIGKILL);
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(RecoverTree(scratch.host(), scratch / "p"), Recovery::kFinished);
  EXPECT_EQ(scratch.Text("p"), "644 a: new a\n644 b: new b\n644 d/c: new c\n");
  EXPECT_EQ(RecoverTree(scratch.host(), scratch / "p"), Recovery::kNothing);
}

TEST(RecoverTree, DropsWhatWasOnlyStaged) {
  Scratch scratch;
  scratch.Write("p/a", "old");
  scratch.Write("p/.scaffold-apply/0", "new");
  EXPECT_EQ(RecoverTree(scratch.host(), scratch / "p"), Recovery::kNothing);
  EXPECT_EQ(scratch.Text("p"), "644 a: old\n");
}

TEST(RecoverTree, HostileJournalIsRefused) {
  Scratch scratch;
  scratch.Write("p/.scaffold-apply/0", "new");
  scratch.Write("p/.scaffold-apply/journal", std::string("scaffold journal 2\0m../x\0"
                                                         "0\0\0",
                                                         29));
  EXPECT_THROW(RecoverTree(scratch.host(), scratch / "p"), Error);
  EXPECT_FALSE(fs::exists(scratch / "x"));
}

// A project and the steps of a run on it; both ways can be stopped after any step.
class JournalTest : public ::testing::Test {
 protected:
  JournalTest() {
    scratch_.Write("p/a", "old a", 0600);
    scratch_.Write("p/gone/x", "gone");
    scratch_.Write("p/kind/x", "in a folder");
    scratch_.Write("p/file", "a file");
    chmod((scratch_ / "p/gone").c_str(), 0700);
    before_ = scratch_.Text("p");
    fs::create_directory(scratch_ / "s");
    staging_ = OpenDirectory(scratch_ / "s");
    root_.emplace(scratch_ / "p");
    Add({Step::Kind::kDelete, "gone/x", ""});
    Add({Step::Kind::kDelete, "kind/x", ""});
    Add({Step::Kind::kDelete, "file", ""});
    Add({Step::Kind::kRemoveDirectory, "kind", ""});
    Add({Step::Kind::kRemoveDirectory, "gone", ""});
    Add({Step::Kind::kMove, "a", "0"}, File("new a"));
    Add({Step::Kind::kMakeDirectory, "file", ""});
    Add({Step::Kind::kMove, "file/inner", "1"}, File("inner"));
    Add({Step::Kind::kMove, "kind", "2"}, Link("a"));
    Add({Step::Kind::kMove, "made", "3"}, File("made"));
  }

  void Add(Step step, const TreeEntry& entry = {}) {
    const int parent = root_->OpenParent(step.path);
    step.before = parent < 0 ? kNothingThere : Fingerprint(parent, LastPart(step.path));
    if (step.kind == Step::Kind::kMove) {
      step.after = Fingerprint(entry);
      const fs::path staged = scratch_ / "s" / step.staged;
      if (entry.kind == EntryKind::kSymlink) {
        fs::create_symlink(entry.bytes, staged);
      } else {
        WriteFile(staged, entry.bytes);
        chmod(staged.c_str(), entry.mode);
      }
    }
    steps_.push_back(step);
  }

  StepPlace Place() {
    return {.staging = staging_.get(), .root = &*root_, .mode = 0755, .recovering = true};
  }
  std::string Now() { return scratch_.Text("p"); }
  std::string Kept() { return fs::exists(scratch_ / "s/kept") ? scratch_.Text("s/kept") : ""; }

  const std::string after_ =
      "644 a: new a\n644 file/inner: inner\nlink kind -> a\n644 made: made\n";
  Scratch scratch_;
  std::string before_;
  Descriptor staging_;
  std::optional<RootFolder> root_;
  std::vector<Step> steps_;
};

TEST_F(JournalTest, EveryStepMayBeDoneAndUndoneTwice) {
  for (size_t done = 0; done <= steps_.size(); ++done) {
    for (size_t undone = 0; undone <= done; ++undone) {
      StepRunner runner(Place());
      for (size_t i = 0; i < done; ++i) runner.Do(steps_[i], i);
      for (size_t i = done; i-- > done - undone;) runner.Undo(steps_[i], i);
      UndoSteps(steps_, Place());
      UndoSteps(steps_, Place());
      ASSERT_EQ(Now(), before_) << done << " done, " << undone << " undone";
      struct stat status = {};
      ASSERT_EQ(stat((scratch_ / "p/gone").c_str(), &status), 0);
      ASSERT_EQ(status.st_mode & 0777, 0700U);
      for (size_t i = 0; i < done; ++i) runner.Do(steps_[i], i);
      RunSteps(steps_, Place());
      RunSteps(steps_, Place());
      ASSERT_EQ(Now(), after_) << done << " done, " << undone << " undone";
      UndoSteps(steps_, Place());
      ASSERT_EQ(Now(), before_) << done << " done, " << undone << " undone";
    }
  }
  EXPECT_EQ(Kept(), "");
}

TEST_F(JournalTest, EditsAfterTheKillAreKeptWhenARunIsFinished) {
  scratch_.Write("p/a", "edited a");
  scratch_.Write("p/gone/x", "edited gone");
  RunSteps(steps_, Place());
  EXPECT_EQ(Now(), after_);
  EXPECT_EQ(Kept(), "644 a: edited a\n644 gone/x: edited gone\n");
}

TEST_F(JournalTest, EditsAfterTheKillAreKeptWhenARunIsUndone) {
  RunSteps(steps_, Place());
  scratch_.Write("p/a", "edited a");
  scratch_.Write("p/gone/x", "another");
  scratch_.Write("p/made", "edited made");
  scratch_.Write("p/file/mine", "mine");
  // A folder with a file of the user's stands where a file was: that is said, the rest goes back.
  EXPECT_THROW(UndoSteps(steps_, Place()), Error);
  EXPECT_EQ(Kept(), "644 a: edited a\n644 gone/x: another\n644 made: edited made\n");
  fs::rename(scratch_ / "p/file/mine", scratch_ / "p/mine");
  UndoSteps(steps_, Place());
  EXPECT_EQ(Now(), before_ + "644 mine: mine\n");
}

TEST_F(JournalTest, AHalfDoneMoveIsUndone) {
  fs::create_hard_link(scratch_ / "p/a", scratch_ / "s/old-5");
  UndoSteps(steps_, Place());
  EXPECT_EQ(Now(), before_);
  EXPECT_FALSE(fs::exists(scratch_ / "s/old-5"));
  EXPECT_EQ(Kept(), "");
}

TEST(StagingFolder, StaysWhenItsRunCouldNotBeEnded) {
  Scratch scratch;
  fs::create_directory(scratch / "p");
  for (const bool ended : {false, true}) {
    {
      StagingFolder staging(scratch.host(), scratch / "p", "s", "p", Sharing::kExclusive);
      WriteJournal(staging, {});
      if (ended) EndJournal(staging.path());
    }
    EXPECT_NE(fs::exists(scratch / "p/s"), ended);
  }
}

TEST(RecoverTree, GoesOnlyBackOnceItHasBegunTo) {
  Scratch scratch;
  scratch.Write("p/a", "old");
  {
    StagingFolder staging(scratch.host(), scratch / "p", kApplyFolder, "p", Sharing::kExclusive);
    WriteFile(staging.path() / "0", "new");
    WriteJournal(staging, {{Step::Kind::kMove, "a", "0"}});
    fs::rename(staging.path() / "journal", staging.path() / "journal-undo");
    fs::create_hard_link(scratch / "p/a", staging.path() / "old-0");
    fs::rename(staging.path() / "0", scratch / "p/a");
  }
  EXPECT_EQ(RecoverTree(scratch.host(), scratch / "p"), Recovery::kUndone);
  EXPECT_EQ(scratch.Text("p"), "644 a: old\n");
}

TEST(RecoverTree, PutsEditedFilesIntoAFolderOfTheDestination) {
  Scratch scratch;
  scratch.Write("p/d/a", "old");
  {
    StagingFolder staging(scratch.host(), scratch / "p", kApplyFolder, "p", Sharing::kExclusive);
    WriteFile(staging.path() / "0", "new");
    WriteJournal(staging, {{Step::Kind::kMove, "d/a", "0", Fingerprint(File("old"))}});
  }
  scratch.Write("p/d/a", "mine");
  EXPECT_EQ(RecoverTree(scratch.host(), scratch / "p"), Recovery::kFinished);
  EXPECT_EQ(scratch.Text("p"), "644 d/a: new\n644 scaffold-kept-1/d/a: mine\n");
}

}  // namespace
}  // namespace scaffold
