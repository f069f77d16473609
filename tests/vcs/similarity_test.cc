#include "vcs/similarity.h"

#include <ctime>
#include <random>

#include "gtest/gtest.h"
#include "support/text.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

using testing::GitScratch;

Tree MakeTree(const std::vector<std::pair<std::string, std::string>>& files) {
  Tree tree;
  for (const auto& [path, bytes] : files) tree.Add(path, {.bytes = bytes, .origin = {}});
  return tree;
}

std::string Show(const std::vector<Rename>& renames) {
  std::string text;
  for (const Rename& rename : renames) text += rename.from + " -> " + rename.to + "\n";
  return text;
}

std::string Numbered(int from, int to, const std::string& word) {
  std::string text;
  for (int i = from; i < to; ++i) text += word + " " + std::to_string(i) + "\n";
  return text;
}

TEST(FindRenames, PairsEqualAndSimilarFiles) {
  const Tree before = MakeTree({{"a", "same\n"},
                                {"b", Numbered(0, 20, "b")},
                                {"c", Numbered(0, 20, "c")},
                                {"kept", "same\n"},
                                {"empty", ""}});
  const Tree after = MakeTree({{"x/a2", "same\n"},
                               {"x/b2", Numbered(0, 15, "b")},
                               {"x/c2", Numbered(0, 5, "c")},
                               {"kept", "same\n"},
                               {"empty2", ""}});
  EXPECT_EQ(Show(FindRenames(before, after)), "a -> x/a2\nb -> x/b2\n");
  EXPECT_EQ(Show(FindRenames(before, after, 10)), "a -> x/a2\nb -> x/b2\nc -> x/c2\n");
  EXPECT_EQ(Show(FindRenames(before, after, 100)), "a -> x/a2\n");
  EXPECT_EQ(Show(FindRenames(after, after)), "");
  EXPECT_EQ(Show(FindRenames({}, after)), "");
}

TEST(FindRenames, KeepsLinksAndFilesApart) {
  Tree before = MakeTree({{"file", "target"}, {"type", "x\n"}});
  before.Add("link", {.kind = EntryKind::kSymlink, .bytes = "there/a", .origin = {}});
  before.Add("moved", {.kind = EntryKind::kSymlink, .bytes = "there/b", .origin = {}});
  before.Add("folder", {.kind = EntryKind::kDirectory, .bytes = "", .origin = {}});
  Tree after = MakeTree({{"new", "there/a"}});
  after.Add("type", {.kind = EntryKind::kSymlink, .bytes = "x\n", .origin = {}});
  after.Add("other", {.kind = EntryKind::kSymlink, .bytes = "there/b", .origin = {}});
  after.Add("almost", {.kind = EntryKind::kSymlink, .bytes = "there/a2", .origin = {}});
  EXPECT_EQ(Show(FindRenames(before, after)), "moved -> other\n");
}

TEST(FindRenames, EqualFilesKeepTheirPlaces) {
  std::vector<std::pair<std::string, std::string>> old_files, new_files;
  std::string expected;
  for (const std::string name : {"a/__init__.py", "__init__.py", "b/c/__init__.py", "z.py"}) {
    old_files.emplace_back("old/" + name, "# mark\n");
    new_files.emplace_back("src/new/" + name, "# mark\n");
  }
  for (const auto& [path, bytes] : MakeTree(old_files)) {
    expected += path + " -> src/new/" + path.substr(4) + "\n";
  }
  EXPECT_EQ(Show(FindRenames(MakeTree(old_files), MakeTree(new_files))), expected);
}

TEST(FindRenames, TakesTheBestOfSeveral) {
  const Tree before = MakeTree({{"one", Numbered(0, 30, "x")}, {"two", Numbered(3, 33, "x")}});
  const Tree after = MakeTree({{"p", Numbered(4, 33, "x")}, {"q", Numbered(0, 29, "x")}});
  EXPECT_EQ(Show(FindRenames(before, after)), "one -> q\ntwo -> p\n");
}

// Against the git program, for files that have no twins.
TEST(FindRenames, AgreesWithGit) {
  int pairs = 0;
  for (unsigned seed = 0; seed < 25; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&random](unsigned limit) { return static_cast<int>(random() % limit); };
    GitScratch scratch;
    scratch.Init("r");
    Tree before, after;
    for (int i = 0; i < 12; ++i) {
      const std::string name = "f" + std::to_string(below(2) == 0 ? i : 90 - i);
      const std::string path = (below(2) == 0 ? "a/" : "a/b/") + name;
      std::string bytes;
      for (int line = 0, lines = 5 + below(20); line < lines; ++line) {
        // Some lines of all files, some of this one; some long ones.
        bytes += (below(5) == 0 ? "common" : "own " + std::to_string(i)) + " " +
                 std::to_string(line) + std::string(below(8) == 0 ? 150 : 0, 'x') + "\n";
      }
      before.Add(path, {.bytes = bytes, .origin = {}});
      std::string edited;
      const unsigned change = static_cast<unsigned>(2 + below(10));
      for (const std::string_view line : Split(bytes, '\n')) {
        if (below(change) == 0) {
          edited += "changed " + std::to_string(below(1000)) + "\n";
        } else if (!line.empty()) {
          edited += std::string(line) + (seed % 5 == 0 ? "\r\n" : "\n");
        }
      }
      after.Add((below(2) == 0 ? "n/" : "n/m/") + (below(3) == 0 ? name + "x" : name),
                {.bytes = edited, .origin = {}});
    }
    for (const auto& [path, entry] : before) scratch.Write("r/" + path, entry.bytes);
    scratch.Commit("r");
    std::filesystem::remove_all(scratch / "r/a");
    for (const auto& [path, entry] : after) scratch.Write("r/" + path, entry.bytes);
    scratch.Git("r", {"add", "-A"});
    const std::string listed =
        scratch.Git("r", {"diff", "--cached", "-M50%", "-l0", "--name-status", "--diff-filter=R"});
    std::map<std::string, std::string> expected;
    for (const std::string_view line : Split(listed, '\n')) {
      const std::vector<std::string_view> fields = Split(line, '\t');
      if (fields.size() == 3) expected[std::string(fields[1])] = fields[2];
    }
    std::map<std::string, std::string> found;
    for (const Rename& rename : FindRenames(before, after)) found[rename.from] = rename.to;
    EXPECT_EQ(found, expected) << "seed " << seed;
    pairs += static_cast<int>(found.size());
  }
  EXPECT_GT(pairs, 100);
}

TEST(FindRenames, DoesNotGiveUpOnMany) {
  const std::clock_t start = std::clock();  // of the processor: other work does not count
  std::vector<std::pair<std::string, std::string>> old_files, new_files;
  for (int i = 0; i < 600; ++i) {
    const std::string name = std::to_string(i) + ".txt";
    const std::string own = Numbered(0, 30, "line " + std::to_string(i));
    old_files.emplace_back("old/" + name, own);
    new_files.emplace_back("new/" + name + "x", own + "one more\n");
  }
  const std::vector<Rename> renames = FindRenames(MakeTree(old_files), MakeTree(new_files));
  ASSERT_EQ(renames.size(), 600u);
  for (const Rename& rename : renames) {
    EXPECT_EQ("new/" + rename.from.substr(4) + "x", rename.to);
  }
  // All alike, by the thousand.
  old_files.clear();
  new_files.clear();
  for (int i = 0; i < 1000; ++i) {
    old_files.emplace_back("old/" + std::to_string(i), Numbered(0, 9, "line") + std::to_string(i));
    new_files.emplace_back("new/" + std::to_string(i), Numbered(0, 9, "line") + "x");
  }
  EXPECT_EQ(FindRenames(MakeTree(old_files), MakeTree(new_files)).size(), 1000u);
  EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 60);
}

TEST(Similarity, IsTheShareOfCommonLines) {
  EXPECT_EQ(Similarity("a\nb\n", "a\nb\n"), 100);
  EXPECT_EQ(Similarity("a\nb\n", "b\nc\n"), 50);
  EXPECT_EQ(Similarity("a\n", "b\n"), 0);
  EXPECT_EQ(Similarity("", ""), 0);
  EXPECT_EQ(Similarity("", "a"), 0);
}

}  // namespace
}  // namespace scaffold
