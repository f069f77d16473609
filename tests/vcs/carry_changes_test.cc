#include "vcs/carry_changes.h"

#include "gtest/gtest.h"

namespace scaffold {
namespace {

std::string Block(const std::string& name, int lines = 8) {
  std::string text;
  for (int i = 0; i < lines; ++i) text += name + std::to_string(i) + "\n";
  return text;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(CarryChanges, FollowABlockThatMoved) {
  const std::string base = Block("a") + Block("b") + Block("c");
  const std::string ours = Replaced(Replaced(base, "b4\n", "b4\nmine\n"), "c3\n", "");
  const std::string theirs = Block("b") + Block("c") + Block("a");
  EXPECT_EQ(CarryChanges(base, ours, theirs),
            Replaced(Replaced(theirs, "b4\n", "b4\nmine\n"), "c3\n", ""));
}

TEST(CarryChanges, FitNowhereElse) {
  const std::string base = Block("a") + Block("b");
  const std::string ours = Replaced(base, "b4\n", "b4\nmine\n");
  EXPECT_EQ(CarryChanges(base, ours, Replaced(base, "b5\n", "other\n")), std::nullopt);
  EXPECT_EQ(CarryChanges(base, ours, Block("a")), std::nullopt);
  EXPECT_EQ(CarryChanges("", "mine\n", "theirs\n"), std::nullopt);
}

TEST(CarryChanges, DoNotGuessAmongBlocksThatLookAlike) {
  const std::string twice = Block("a") + Block("b") + Block("a");
  const std::string ours = Replaced(twice, "a4\n", "a4\nmine\n");
  EXPECT_EQ(CarryChanges(twice, ours, Block("b") + Block("a")), std::nullopt);
  const std::string once = Block("b") + Block("a");
  EXPECT_EQ(CarryChanges(once, Replaced(once, "a4\n", "a4\nmine\n"), twice), std::nullopt);
}

TEST(CarryChanges, EndsStayEnds) {
  const std::string base = Block("a");
  EXPECT_EQ(CarryChanges(base, base + "mine\n", base + "theirs\n"), std::nullopt);
  EXPECT_EQ(CarryChanges(base, "mine\n" + base, "theirs\n" + base), std::nullopt);
  EXPECT_EQ(CarryChanges(base, base + "mine", "theirs\n" + base), "theirs\n" + base + "mine");
}

}  // namespace
}  // namespace scaffold
