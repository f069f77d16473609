#include "vcs/merge_text.h"

#include <ctime>
#include <random>

#include "gtest/gtest.h"
#include "tests/vcs/test_git.h"

namespace scaffold {
namespace {

using testing::GitScratch;

std::string Lines(int count, const std::string& line) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line + "\n";
  return text;
}

// Random texts of few distinct lines, and edits of them.
class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {}

  std::vector<std::string> MakeLines() {
    std::vector<std::string> lines(Below(14));
    for (std::string& line : lines) line = AnyLine();
    return lines;
  }
  std::vector<std::string> Edit(std::vector<std::string> lines) {
    if (Below(25) == 0) return {};
    for (int edits = Below(4); edits > 0; --edits) {
      const size_t at = lines.empty() ? 0 : static_cast<size_t>(Below(Size(lines)));
      const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
      if (lines.empty() || Below(3) == 0) {
        lines.insert(place, AnyLine());
      } else if (Below(2) == 0) {
        lines.erase(place);
      } else {
        lines[at] = AnyLine();
      }
    }
    return lines;
  }
  std::string Write(const std::vector<std::string>& lines) {
    std::string text;
    const int ends = Below(4);  // mostly as unix has them, else of DOS or mixed
    for (const std::string& line : lines) {
      const bool dos = ends == 0 || (ends == 1 && Below(4) == 0);
      text += line + (dos ? "\r\n" : "\n");
    }
    if (!text.empty() && Below(4) == 0) {
      text.pop_back();
      if (text.ends_with('\r') && Below(2) == 0) text.pop_back();
    }
    return text;
  }
  int Below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

 private:
  static int Size(const std::vector<std::string>& lines) { return static_cast<int>(lines.size()); }
  std::string AnyLine() {
    static const char* const kLines[] = {
        "",        "}",         "a = 1", "b",   "  {", "value", "<<<<<<< mine",
        "=======", ">>>>>>> x", "\tc",   "end", "--"};
    return kLines[Below(12)];
  }
  std::mt19937 random_;
};

TEST(MergeText, IsGitsOwnMerge) {
  GitScratch scratch;
  int conflicts = 0, clean = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    RandomTexts texts(seed);
    const std::vector<std::string> lines = texts.MakeLines();
    const std::string base = texts.Write(lines);
    const std::string ours = texts.Write(texts.Edit(lines));
    const std::string theirs = texts.Write(texts.Edit(lines));
    scratch.Write("base", base);
    scratch.Write("ours", ours);
    scratch.Write("theirs", theirs);
    const ConflictStyle style = seed % 2 == 0 ? ConflictStyle::kMerge : ConflictStyle::kDiff3;
    std::vector<std::string> arguments = {"merge-file", "-p",          "-L", "before updating",
                                          "-L",         "last update", "-L", "after updating"};
    if (style == ConflictStyle::kDiff3) arguments.emplace_back("--diff3");
    arguments.insert(arguments.end(), {"ours", "base", "theirs"});
    const CommandResult expected = scratch.Run(".", arguments);
    const MergedText merged = MergeText(base, ours, theirs, style);
    EXPECT_EQ(merged.text, expected.output) << "seed " << seed;
    EXPECT_EQ(merged.conflicts, static_cast<size_t>(expected.exit_status)) << "seed " << seed;
    ++(merged.conflicts == 0 ? clean : conflicts);
  }
  EXPECT_GT(conflicts, 50);
  EXPECT_GT(clean, 50);
}

TEST(MergeText, NamesTheSides) {
  const MergedText merged =
      MergeText("a\n", "b\n", "c\n", ConflictStyle::kDiff3, {"mine", "old", "new"});
  EXPECT_EQ(merged.text, "<<<<<<< mine\nb\n||||||| old\na\n=======\nc\n>>>>>>> new\n");
  EXPECT_EQ(merged.conflicts, 1u);
}

TEST(MergeText, CountsEachConflict) {
  const std::string between = "1\n2\n3\n4\n5\n";
  const MergedText merged = MergeText("a\n" + between + "a\n", "b\n" + between + "b\n",
                                      "c\n" + between + "c\n", ConflictStyle::kMerge);
  EXPECT_EQ(merged.conflicts, 2u);
}

TEST(MergeText, LinesLikeMarkersAreText) {
  const std::string marks = Lines(3, "<<<<<<< before updating") + "=\n";
  const MergedText merged =
      MergeText(marks + "a\n", marks + "b\n", marks + "c\n", ConflictStyle::kMerge);
  EXPECT_EQ(merged.conflicts, 1u);
  EXPECT_TRUE(MergeText(marks, marks + "x\n", marks, ConflictStyle::kMerge).conflicts == 0);
  // Longer than any marker can be.
  const std::string giant = std::string(70000, '<') + " \n";
  EXPECT_GE(MergeText(giant + "a\n", giant + "b\n", giant + "c\n", ConflictStyle::kMerge).conflicts,
            1u);
}

TEST(MergeText, HostileTextsEndSoon) {
  const std::clock_t start = std::clock();  // of the processor: other work does not count
  const std::string base = Lines(500000, "x");
  const std::string ours = Lines(250000, "x") + "y\n" + Lines(250000, "x");
  const std::string theirs = Lines(100, "z") + Lines(400000, "x") + "z\n";
  MergeText(base, ours, theirs, ConflictStyle::kMerge);
  // Nothing in common, in another order, or alternating.
  std::string up, down, mixed;
  for (int i = 0; i < 100000; ++i) {
    up += std::to_string(i) + "\n";
    down += std::to_string(100000 - i) + "\n";
    mixed += i % 2 == 0 ? "x\n" : "y\n";
  }
  MergeText(up, down, mixed, ConflictStyle::kMerge);
  MergeText(mixed, Lines(100000, "y"), down + mixed, ConflictStyle::kDiff3);
  MergeText("", up, down, ConflictStyle::kMerge);
  EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 60);
}

TEST(MergeText, BinaryIsANulNearTheBeginning) {
  EXPECT_FALSE(IsBinary(""));
  EXPECT_FALSE(IsBinary("text\xff\x01\n"));
  EXPECT_TRUE(IsBinary(std::string(7999, 'a') + std::string(1, '\0')));
  EXPECT_FALSE(IsBinary(std::string(8000, 'a') + std::string(1, '\0')));
}

}  // namespace
}  // namespace scaffold
