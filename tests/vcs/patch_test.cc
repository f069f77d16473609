#include "vcs/patch.h"

#include <random>

#include "gtest/gtest.h"
#include "support/text.h"
#include "tests/vcs/test_git.h"
#include "vcs/similarity.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using testing::GitScratch;
using testing::Scratch;

TreeEntry File(std::string bytes, uint32_t mode = 0644) {
  return {.bytes = std::move(bytes), .mode = mode, .origin = {}};
}
TreeEntry Link(std::string target) {
  return {.kind = EntryKind::kSymlink, .bytes = std::move(target), .mode = 0777, .origin = {}};
}

// Two trees in the index of a repository: `before` is committed, `after` staged.
class PatchScratch : public GitScratch {
 public:
  PatchScratch(const Tree& before, const Tree& after) : before_(before), after_(after) {
    Init("r");
    Put("r", before);
    Commit("r");
    for (const auto& item : fs::directory_iterator(*this / "r")) {
      if (item.path().filename() != ".git") fs::remove_all(item.path());
    }
    Put("r", after);
    Git("r", {"add", "-A"});
  }

  std::string GitsPatch(int context = 3) {
    const std::string lines = "-U" + std::to_string(context);
    return Run("r", {"diff", "--cached", "-M", "-l0", "--abbrev=7", lines}).output;
  }
  // Ours, in git's order: by the path that is shown last.
  std::string OurPatch(int context = 3, BinaryPatch binary = BinaryPatch::kNamed) const {
    std::map<std::string, FileSides> all;
    for (const auto& [path, entry] : before_) all[path] = {path, &entry, "", nullptr};
    for (const auto& [path, entry] : after_) {
      all[path].path = path;
      all[path].after = &entry;
    }
    for (const Rename& rename : FindRenames(before_, after_)) {
      const FileSides gone = all.at(rename.from);
      all.erase(rename.from);
      all[rename.to] = {gone.path, gone.before, rename.to, after_.Find(rename.to)};
    }
    std::string text;
    for (const auto& [path, sides] : all) text += FormatPatch(sides, context, binary);
    return text;
  }
  // The tree that `git apply` makes of `before` with our patch.
  std::string Apply(BinaryPatch binary = BinaryPatch::kNamed) {
    fs::create_directories(*this / "applied");
    Put("applied", before_);
    Write("patch", OurPatch(3, binary));
    Git("applied", {"apply", "--allow-empty", "../patch"});
    return Text("applied");
  }

 private:
  void Put(const std::string& folder, const Tree& tree) {
    for (const auto& [path, entry] : tree) {
      const fs::path full = *this / (folder + "/" + path);
      if (entry.kind == EntryKind::kFile) {
        Write(folder + "/" + path, entry.bytes, entry.mode);
      } else {
        fs::create_directories(full.parent_path());
        fs::create_symlink(entry.bytes, full);
      }
    }
  }
  const Tree& before_;
  const Tree& after_;
};

std::string Numbered(int count, const std::string& word = "line") {
  std::string text;
  for (int i = 0; i < count; ++i) text += word + " " + std::to_string(i) + "\n";
  return text;
}

TEST(FormatPatch, IsGitsOwn) {
  Tree before, after;
  const auto add = [&](const std::string& path, const TreeEntry& old_entry,
                       const TreeEntry& new_entry) {
    before.Add(path, old_entry);
    after.Add(path, new_entry);
  };
  add("same", File("x\n"), File("x\n"));
  add("edit", File(Numbered(40)), File(Numbered(12) + "new\n" + Numbered(38).substr(74)));
  add("func", File("int first() {\n" + Numbered(20, "  f") + "}\n"),
      File("int first() {\n" + Numbered(20, "  f") + "more\n}\n"));
  add("long", File(std::string(200, 'f') + "\n" + Numbered(9, " x")),
      File(std::string(200, 'f') + "\n" + Numbered(10, " x")));
  add("mode", File("x\n"), File("x\n", 0755));
  add("mode and text", File("x\n", 0755), File("y\n"));
  add("no end", File("a\nb"), File("a\nc"));
  add("end comes", File("a\nb"), File("a\nb\n"));
  add("end goes", File("a\nb\n"), File("a\nb"));
  add("crlf", File("a\r\nb\r\n"), File("a\r\nc\r\n"));
  add("filled", File(""), File("x\n"));
  add("emptied", File("x\n"), File(""));
  add("link", Link("here"), Link("there"));
  add("to link", File("text\n"), Link("text"));
  add("from link", Link("text"), File("text\n"));
  add("caf\xc3\xa9 \"q\"\\", File("1\n"), File("2\n"));
  add("tab\there", File("1\n"), File("2\n"));
  add("a folder/with \x01", File("1\n"), File("2\n"));
  before.Add("gone", File("x\ny\n", 0755));
  before.Add("gone link", Link("nowhere"));
  after.Add("new", File(Numbered(3)));
  after.Add("new empty", File("", 0755));
  after.Add("new run", File("#!/bin/sh", 0755));
  after.Add("new link", Link("edit"));
  before.Add("moved/plain", File(Numbered(10, "plain")));
  after.Add("new place/plain", File(Numbered(10, "plain")));
  before.Add("moved/\xc3\xa9", File(Numbered(10, "edited")));
  after.Add("moved/e edited", File(Numbered(9, "edited") + "other\n", 0755));
  PatchScratch scratch(before, after);
  EXPECT_EQ(scratch.OurPatch(), scratch.GitsPatch());
  EXPECT_EQ(scratch.OurPatch(0), scratch.GitsPatch(0));
  EXPECT_EQ(scratch.OurPatch(10), scratch.GitsPatch(10));
  EXPECT_EQ(scratch.Apply(), Scratch::TreeText(after));
}

TEST(FormatPatch, SaysOnlyThatBinaryFilesDiffer) {
  const std::string data("a\0b", 3);
  Tree before, after;
  before.Add("changed", File(data));
  after.Add("changed", File(data + "c"));
  before.Add("gone \"x\"", File(data + "gone"));
  after.Add("new x", File(data + "new and different"));
  after.Add("text", File("now text\n"));
  before.Add("text", File(data));
  before.Add("gone empty", File(""));
  PatchScratch scratch(before, after);
  EXPECT_EQ(scratch.OurPatch(), scratch.GitsPatch());
}

TEST(FormatPatch, HoldsBinaryFilesWhole) {
  std::string data("a\0b", 3);
  for (int i = 0; i < 3000; ++i) data += static_cast<char>(i * i % 251);
  Tree before, after;
  before.Add("changed", File(data));
  after.Add("changed", File(data + "c", 0755));
  before.Add("gone", File(data + "gone"));
  after.Add("new x", File(data + "new and different"));
  before.Add("moved", File(data + std::string(100, 'm')));
  after.Add("moved there", File(data + std::string(90, 'm')));
  before.Add("to text", File(data));
  after.Add("to text", File("now text\n"));
  before.Add("to link", File(data));
  after.Add("to link", Link("changed"));
  before.Add("emptied", File(data));
  after.Add("emptied", File(""));
  before.Add("only mode", File(data));
  after.Add("only mode", File(data, 0755));
  PatchScratch scratch(before, after);
  EXPECT_EQ(scratch.Apply(BinaryPatch::kWhole), Scratch::TreeText(after));
}

TEST(FormatPatch, IsGitsOwnForRandomTexts) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&random](unsigned limit) { return static_cast<int>(random() % limit); };
    static const char* const kLines[] = {"", "{", "}", "  a", "  b", "name", "def x():", "    c"};
    Tree before, after;
    for (int i = 0; i < 80; ++i) {
      std::string old_text, new_text;
      for (int line = 0, lines = below(40); line < lines; ++line) {
        const std::string text = std::string(kLines[below(8)]) + "\n";
        old_text += text;
        const int change = below(12);
        if (change == 0) new_text += std::string(kLines[below(8)]) + "\n";
        if (change != 1) new_text += text;
      }
      if (!old_text.empty() && below(3) == 0) old_text.pop_back();
      if (!new_text.empty() && below(3) == 0) new_text.pop_back();
      before.Add(std::to_string(i), File(old_text));
      after.Add(std::to_string(i), File(new_text, below(5) == 0 ? 0755 : 0644));
    }
    PatchScratch scratch(before, after);
    EXPECT_EQ(scratch.OurPatch(), scratch.GitsPatch()) << "seed " << seed;
    EXPECT_EQ(scratch.Apply(), Scratch::TreeText(after)) << "seed " << seed;
  }
}

TEST(FormatPatch, IsEmptyWhenNothingChanged) {
  const TreeEntry file = File("x\n");
  const TreeEntry folder = {.kind = EntryKind::kDirectory, .bytes = "", .origin = {}};
  EXPECT_EQ(FormatPatch({"a", nullptr, "", nullptr}), "");
  EXPECT_EQ(FormatPatch({"a", &file, "", &file}), "");
  EXPECT_EQ(FormatPatch({"a", &folder, "", &folder}), "");
  EXPECT_EQ(FormatPatch({"a", nullptr, "", &folder}), "");
  EXPECT_EQ(FormatPatch({"a", &folder, "", &file}), FormatPatch({"a", nullptr, "", &file}));
}

}  // namespace
}  // namespace scaffold
