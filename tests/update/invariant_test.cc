// Thousands of generated histories: a template changes, a user changes, and no line of the user's
// may be lost.

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/text.h"
#include "update/make_plan.h"
#include "update/renames.h"

namespace scaffold {
namespace {

constexpr int kHistories = 4000;

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {
    const int files = 2 + Pick(7);
    for (int i = 0; i < files; ++i) AddTo(&base_, FreshPath(base_), "b", "t" + std::to_string(i));
    theirs_ = base_;
    ours_ = base_;
    for (auto& [path, entry] : ours_.entries()) entry.origin = {};
  }

  void ChangeTemplate() {
    for (int i = Pick(6); i > 0; --i) ChangeOnce(&theirs_, "t");
  }
  void ChangeProject() {
    for (int i = 1 + Pick(6); i > 0; --i) ChangeOnce(&ours_, "u");
  }

  const Tree& base() const { return base_; }
  const Tree& theirs() const { return theirs_; }
  const Tree& ours() const { return ours_; }

 private:
  int Pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }

  // Few names, so that both sides meet.
  std::string FreshPath(const Tree& tree) {
    static const std::vector<std::string> kNames = {
        "a.txt", "b.txt", "src/a.py", "src/b.py", "src/deep/c.py", "docs/d.md",
        "e",     "src",   "docs",     "F.txt",    "f.txt",         "src/deep"};
    for (int tries = 0; tries < 50; ++tries) {
      const std::string& name = kNames[static_cast<size_t>(Pick(static_cast<int>(kNames.size())))];
      if (IsFree(tree, name)) return name;
    }
    return "only-" + std::to_string(next_++);
  }

  static bool IsFree(const Tree& tree, const std::string& path) {
    for (const auto& [other, entry] : tree) {
      if (other == path || other.starts_with(path + "/") || path.starts_with(other + "/")) {
        return false;
      }
    }
    return true;
  }

  std::string Line(const std::string& side) { return side + std::to_string(next_++) + "\n"; }

  std::string Text(const std::string& side) {
    std::string text;
    for (int i = 1 + Pick(8); i > 0; --i) text += Pick(4) == 0 ? "same\n" : Line(side);
    if (Pick(6) == 0) text.pop_back();
    return text;
  }

  void AddTo(Tree* tree, const std::string& path, const std::string& side,
             const std::string& origin) {
    TreeEntry entry;
    entry.bytes = Pick(10) == 0 ? std::string("\0", 1) + Text(side) : Text(side);
    entry.mode = Pick(5) == 0 ? 0755 : 0644;
    entry.origin.template_path = origin;
    tree->Add(path, std::move(entry));
  }

  std::string Any(const Tree& tree) {
    auto entry = tree.begin();
    std::advance(entry, Pick(static_cast<int>(tree.size())));
    return entry->first;
  }

  void Edit(TreeEntry* entry, const std::string& side) {
    std::string text;
    const std::vector<std::string_view> lines = Split(entry->bytes, '\n');
    const size_t at = static_cast<size_t>(Pick(static_cast<int>(lines.size())));
    const int how = Pick(3);  // insert, replace, remove
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i == at && how < 2) text += Line(side);
      if (i == at && how > 0) continue;
      text += lines[i];
      if (i + 1 < lines.size()) text += '\n';
    }
    entry->bytes = std::move(text);
  }

  void ChangeOnce(Tree* tree, const std::string& side) {
    const std::string origin = side == "t" ? "new" + std::to_string(next_++) : "";
    if (tree->empty()) return AddTo(tree, FreshPath(*tree), side, origin);
    const std::string path = Any(*tree);
    TreeEntry entry = *tree->Find(path);
    switch (Pick(9)) {
      case 0:
      case 1:
      case 2:
        Edit(&entry, side);
        tree->Add(path, std::move(entry));
        break;
      case 3:
        tree->Erase(path);
        break;
      case 4:
        AddTo(tree, FreshPath(*tree), side, origin);
        break;
      case 5: {
        tree->Erase(path);
        if (Pick(2) == 0) Edit(&entry, side);
        tree->Add(FreshPath(*tree), std::move(entry));
        break;
      }
      case 6:
        entry.mode ^= 0111;
        tree->Add(path, std::move(entry));
        break;
      case 7:
        entry.kind = EntryKind::kSymlink;
        entry.bytes = side + std::to_string(next_++);
        entry.mode = 0777;
        tree->Add(path, std::move(entry));
        break;
      case 8:
        if (entry.kind == EntryKind::kFile) entry.bytes = WithCr(WithoutCr(entry.bytes));
        tree->Add(path, std::move(entry));
        break;
    }
  }

  std::mt19937 random_;
  int next_ = 0;
  Tree base_, theirs_, ours_;
};

// What MakePlan wants to know of the project: entries at the paths of both renderings, what stands
// in their way, and folders.
Tree Seen(const Tree& project, const Tree& base, const Tree& theirs) {
  Tree seen = project;
  for (const Tree* tree : {&base, &theirs}) {
    for (const auto& [path, entry] : *tree) {
      if (IsFolder(project, path) && project.Find(path) == nullptr) {
        seen.Add(path, {.kind = EntryKind::kDirectory, .bytes = {}, .origin = {}});
      }
    }
  }
  return seen;
}

// A rendering names its folders as well.
Tree WithFolders(const Tree& rendered) {
  Tree tree = rendered;
  for (const auto& [path, entry] : rendered) {
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      tree.Add(path.substr(0, slash),
               {.kind = EntryKind::kDirectory, .bytes = {}, .mode = 0755, .origin = {}});
    }
  }
  return tree;
}

Plan PlanFor(const Tree& base, const Tree& ours, const Tree& theirs) {
  MergeInput input;
  input.base = WithFolders(base);
  input.theirs = WithFolders(theirs);
  input.ours = Seen(ours, input.base, input.theirs);
  input.renames = MatchRenames(base, theirs, {}, [&](const std::string& path) {
    const TreeEntry* mine = ours.Find(path);
    return mine != nullptr && !SameEntry(*mine, *base.Find(path), true);
  });
  input.skip_if_exists = [](std::string_view) { return false; };
  input.is_ignored = [](const std::string&) { return false; };
  input.exists = [&](const std::string& path) {
    return ours.Find(path) != nullptr || IsFolder(ours, path);
  };
  return MakePlan(std::move(input));
}

Tree Applied(Tree tree, const Plan& plan) {
  for (const std::string& path : plan.changes.deletions) tree.Erase(path);
  for (const auto& [path, entry] : plan.changes.writes) {
    if (entry.kind != EntryKind::kDirectory) tree.Add(path, entry);  // git knows none
  }
  return tree;
}

std::string WithoutEnds(std::string_view line) {
  std::string text(line);
  std::erase(text, '\r');
  return text;
}

// Lines and link targets that only the user has written.
std::set<std::string> UserLines(const Tree& tree) {
  std::set<std::string> lines;
  for (const auto& [path, entry] : tree) {
    for (const std::string_view line : Split(entry.bytes, '\n')) {
      if (line.starts_with('u')) lines.insert(WithoutEnds(line));
    }
  }
  return lines;
}

std::string Show(const Tree& tree) {
  std::string text;
  for (const auto& [path, entry] : tree) {
    text += path + " (" + std::to_string(static_cast<int>(entry.kind)) + ", " +
            entry.origin.template_path + "): " + EscapeForTerminal(entry.bytes) + "\n";
  }
  return text;
}

bool SameFiles(const Tree& a, const Tree& b) {
  if (a.size() != b.size()) return false;
  for (const auto& [path, entry] : a) {
    const TreeEntry* other = b.Find(path);
    if (other == nullptr || !SameEntry(entry, *other)) return false;
  }
  return true;
}

TEST(Invariant, NoLineOfTheUserIsLost) {
  int conflicts = 0;
  for (unsigned seed = 0; seed < kHistories; ++seed) {
    History history(seed);
    history.ChangeTemplate();
    history.ChangeProject();
    const Plan plan = PlanFor(history.base(), history.ours(), history.theirs());
    const Tree result = Applied(history.ours(), plan);
    conflicts += plan.HasConflicts() ? 1 : 0;

    std::set<std::string> left = UserLines(result);
    left.merge(UserLines(plan.backups));
    for (const std::string& line : UserLines(history.ours())) {
      ASSERT_TRUE(left.contains(line)) << "seed " << seed << " lost " << line << "\nbase\n"
                                       << Show(history.base()) << "ours\n"
                                       << Show(history.ours()) << "theirs\n"
                                       << Show(history.theirs()) << "result\n"
                                       << Show(result);
    }

    // No file of the result lies below another one.
    for (const auto& [path, entry] : result) {
      for (size_t slash = path.find('/'); slash != std::string::npos;
           slash = path.find('/', slash + 1)) {
        ASSERT_EQ(result.Find(path.substr(0, slash)), nullptr) << "seed " << seed << ": " << path;
      }
    }

    const Plan again = PlanFor(history.theirs(), result, history.theirs());
    ASSERT_TRUE(SameFiles(Applied(result, again), result))
        << "seed " << seed << ": a second update changes something\n"
        << Show(again.changes.writes);
  }
  std::printf("%d histories, %d with conflicts\n", kHistories, conflicts);
  EXPECT_GT(conflicts, kHistories / 10);
  EXPECT_LT(conflicts, kHistories * 9 / 10);
}

TEST(Invariant, WithoutAUserTheResultIsAFreshRendering) {
  for (unsigned seed = 0; seed < kHistories; ++seed) {
    History history(seed);
    history.ChangeTemplate();
    const Plan plan = PlanFor(history.base(), history.ours(), history.theirs());
    ASSERT_FALSE(plan.HasConflicts()) << "seed " << seed;
    ASSERT_TRUE(SameFiles(Applied(history.ours(), plan), history.theirs()))
        << "seed " << seed << "\nbase\n"
        << Show(history.base()) << "theirs\n"
        << Show(history.theirs()) << "result\n"
        << Show(Applied(history.ours(), plan));
  }
}

}  // namespace
}  // namespace scaffold
