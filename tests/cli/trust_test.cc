// Trust on a terminal: what is shown, what each answer means, what is remembered.

#include <unistd.h>

#include "cli/trust_prompt.h"
#include "project/trust_store.h"
#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSettings = "home/.config/copier/settings.yml";
constexpr std::string_view kStore = "home/.local/state/scaffold/trust";

// A template in git with one task, and a terminal on which `input` is typed.
class TrustTest : public ::testing::Test {
 protected:
  TrustTest() {
    test_.File("t/copier.yml", "_tasks:\n  - touch ran-{{ 1 + 1 }}\n").File("t/a.txt", "a");
    test_.Git("t", {"init", "-q"});
    Commit("one");
    test_.OnTerminal();
  }

  void Commit(const std::string& message) {
    test_.Git("t", {"add", "-A"});
    test_.Git("t", {"commit", "-q", "-m", message});
  }
  std::string Template() const { return (test_.folder() / "t").string(); }
  bool Ran() const { return test_.Exists("p/ran-2"); }
  void Remove() { fs::remove_all(test_.folder() / "p"); }
  void ExpectRefused() {
    Remove();
    test_.Run({"copy", "--defaults", Template(), "p"}, 4);
    EXPECT_FALSE(test_.Exists("p"));
  }
  void ExpectTrusted() {
    Remove();
    test_.Run({"copy", "--defaults", Template(), "p"}, 0);
    EXPECT_TRUE(Ran());
  }

  CliTest test_;
};

TEST_F(TrustTest, TheCommandsAreShownRawAndNoIsTheDefault) {
  test_.Input("\n").Run({"copy", Template(), "p"}, 4);
  EXPECT_NE(test_.err().find("  source: " + Template() + "\n  commit: "), std::string::npos)
      << test_.err();
  EXPECT_NE(test_.err().find("    1. touch ran-{{ 1 + 1 }}\n"), std::string::npos) << test_.err();
  EXPECT_NE(test_.err().find(test_.Git("t", {"rev-parse", "HEAD"})), std::string::npos);
  EXPECT_NE(test_.out().find("  1) No\n"), std::string::npos) << test_.out();
  EXPECT_NE(test_.err().find("error: Template uses potentially unsafe feature: tasks."),
            std::string::npos);
  EXPECT_FALSE(test_.Exists("p"));
}

TEST_F(TrustTest, TheEndOfInputIsNo) {
  test_.Input("").Run({"copy", Template(), "p"}, 4);
  EXPECT_FALSE(test_.Exists("p"));
}

TEST_F(TrustTest, ThisRunIsNotRemembered) {
  test_.Input("2\n").Run({"copy", Template(), "p"}, 0);
  EXPECT_TRUE(Ran());
  EXPECT_FALSE(test_.Exists(std::string(kSettings)));
  EXPECT_FALSE(test_.Exists(std::string(kStore)));
  ExpectRefused();
}

TEST_F(TrustTest, TheRepeatCommandOfOneRunSaysTrust) {
  test_.Input("2\n").Run({"new", Template(), "p"}, 0);
  EXPECT_NE(test_.err().find(" --trust"), std::string::npos) << test_.err();
}

TEST_F(TrustTest, ACommitIsTrustedUntilAnythingOfItChanges) {
  test_.Input("3\n").Run({"copy", Template(), "p"}, 0);
  EXPECT_TRUE(Ran());
  EXPECT_FALSE(test_.Exists(std::string(kSettings)));
  ExpectTrusted();
  // What is not committed yet counts too.
  test_.File("t/a.txt", "b");
  ExpectRefused();
  test_.File("t/a.txt", "a");
  ExpectTrusted();
  test_.File("t/b.txt", "b");
  Commit("two");
  ExpectRefused();
  // Nor is the same commit at another place.
  fs::rename(test_.folder() / "t", test_.folder() / "u");
  Remove();
  test_.Run({"copy", "--defaults", "-r", "HEAD~1", (test_.folder() / "u").string(), "p"}, 4);
}

TEST_F(TrustTest, TheStoreIsPrivateAndNamesWhatItTrusts) {
  test_.Input("3\n").Run({"copy", Template(), "p"}, 0);
  EXPECT_NE(test_.Read(std::string(kStore)).find(" " + Template() + " "), std::string::npos);
  EXPECT_EQ(fs::status(test_.folder() / kStore).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  test_.Variable("XDG_STATE_HOME", (test_.folder() / "state").string());
  ExpectRefused();
}

TEST_F(TrustTest, ASourceIsWrittenToTheTrustListOfTheSettings) {
  test_.File(std::string(kSettings), "# mine\ndefaults: {a: 1}  # keep\ntrust:\n- gh:x/  # x\n\n");
  test_.Input("4\n").Run({"copy", Template(), "p"}, 0);
  EXPECT_TRUE(Ran());
  EXPECT_EQ(test_.Read(std::string(kSettings)),
            "# mine\ndefaults: {a: 1}  # keep\ntrust:\n- gh:x/  # x\n- '" + Template() + "'\n\n");
  test_.File("t/b.txt", "b");
  Commit("two");
  ExpectTrusted();
}

TEST_F(TrustTest, SettingsThatAreALinkStayOne) {
  test_.File("dotfiles/settings.yml", "").File("home/.config/copier/x", "");
  ASSERT_EQ(symlink("../../../dotfiles/settings.yml", (test_.folder() / kSettings).c_str()), 0);
  test_.Input("4\n").Run({"copy", Template(), "p"}, 0);
  EXPECT_TRUE(fs::is_symlink(test_.folder() / kSettings));
  EXPECT_EQ(test_.Read("dotfiles/settings.yml"), "trust:\n  - '" + Template() + "'\n");
}

TEST_F(TrustTest, WhatCannotBeRememberedCountsForThisRun) {
  test_.File(std::string(kSettings), "{defaults: {a: 1}}\n");
  test_.Input("4\n").Run({"copy", Template(), "p"}, 0);
  EXPECT_TRUE(Ran());
  EXPECT_NE(test_.err().find("warning: trust is given for this run only: cannot add"),
            std::string::npos)
      << test_.err();
  EXPECT_EQ(test_.Read(std::string(kSettings)), "{defaults: {a: 1}}\n");
  ExpectRefused();
}

TEST_F(TrustTest, NobodyIsAskedWhereNothingShallBeAsked) {
  test_.Input("2\n");
  for (const char* flag : {"--defaults", "--quiet", "--force", "--json"}) {
    test_.Run({"copy", flag, Template(), "p"}, 4);
    EXPECT_EQ(test_.err().find("wants to run"), std::string::npos) << flag;
  }
  test_.CalledAs("copier").Run({"copy", Template(), "p"}, 4).CalledAs("scaffold");
  EXPECT_EQ(test_.err().find("wants to run"), std::string::npos);
  test_.Variable("CI", "true").Run({"copy", Template(), "p"}, 4);
  EXPECT_EQ(test_.err().find("wants to run"), std::string::npos);
  EXPECT_FALSE(test_.Exists("p"));
}

TEST_F(TrustTest, ARelativePathCannotBeTrustedAsASource) {
  test_.Input("4\n2\n").Run({"copy", "t", "p"}, 0);
  EXPECT_EQ(test_.out().find("this source"), std::string::npos) << test_.out();
}

TEST_F(TrustTest, NothingIsRenderedBeforeTheAnswer) {
  test_.File("t/copier.yml",
             "_message_before_copy: '{{ 1/0 }}'\n_tasks: [\"touch {{ 1/0 }}\"]\n"
             "q: {type: str, default: \"{{ 1/0 }}\"}\n");
  Commit("two");
  test_.Input("1\n").Run({"copy", Template(), "p"}, 4);
  EXPECT_EQ(test_.err().find("division"), std::string::npos) << test_.err();
  EXPECT_EQ(test_.out().find("? q"), std::string::npos) << test_.out();
}

TEST(TrustPrompt, HiddenCharactersAreShown) {
  EXPECT_EQ(cli::ShowEverything("a\x1b[2K\rb\x7f\tc"), "a\\u{1b}[2K\\u{0d}b\\u{7f}\\u{09}c");
  EXPECT_EQ(cli::ShowEverything("a\u202eb\u200bc\u00a0d\ufeff\U000e0041"),
            "a\\u{202e}b\\u{200b}c\\u{a0}d\\u{feff}\\u{e0041}");
  EXPECT_EQ(cli::ShowEverything("né 日本"), "né 日本");
}

TEST(TrustPrompt, NoLineOfACommandPassesForOneOfOurs) {
  const std::string text = cli::FormatTrustRequest({.source = "s\n  commit: abc",
                                                    .commit = std::nullopt,
                                                    .commit_hash = std::nullopt,
                                                    .commands = {"echo\n    2. rm", "last"},
                                                    .extensions = {"x.Y"}});
  EXPECT_EQ(text,
            "This template is not trusted, and it wants to run code on this machine.\n"
            "  source: s\n"
            "        |   commit: abc\n"
            "  extension: x.Y\n"
            "  commands:\n"
            "    1. echo\n"
            "     |     2. rm\n"
            "    2. last\n");
}

struct Edit {
  const char* before;
  const char* after;  // null: refused
};

TEST(TrustList, AnEntryIsAddedAndEverythingElseStays) {
  const Edit edits[] = {
      {"", "trust:\n  - 'e'\n"},
      {"# only a comment", "# only a comment\ntrust:\n  - 'e'\n"},
      {"defaults:\n  a: 1\n", "defaults:\n  a: 1\ntrust:\n  - 'e'\n"},
      {"trust:\n", "trust:\n  - 'e'\n"},
      {"trust: # none yet\n\ndefaults: {}\n", "trust: # none yet\n  - 'e'\n\ndefaults: {}\n"},
      {"trust: []\n", "trust: ['e']\n"},
      {"trust: [a, \"b\"] # x\nz: 1\n", "trust: [a, \"b\", 'e'] # x\nz: 1\n"},
      {"trust: [a, ]\n", "trust: [a, 'e']\n"},
      {"trust: [\n  a\n]\n", "trust: [\n  a\n, 'e']\n"},
      {"trust:\n- a\n- b", "trust:\n- a\n- b\n- 'e'\n"},
      {"trust:\n    - a # one\n# two\nz: 1\n", "trust:\n    - a # one\n    - 'e'\n# two\nz: 1\n"},
      {"trust:\r\n  - a\r\nz: 1\r\n", "trust:\r\n  - a\r\n  - 'e'\r\nz: 1\r\n"},
      {"trust:\n  - \"a\n    b\"\n", "trust:\n  - \"a\n    b\"\n  - 'e'\n"},
      {"{defaults: {}}\n", nullptr},
      {"z: 1\n...\n", nullptr},
  };
  for (const Edit& edit : edits) {
    const std::optional<std::string> after = AddToTrustList(edit.before, "e");
    if (edit.after == nullptr) {
      EXPECT_EQ(after, std::nullopt) << edit.before;
    } else {
      EXPECT_EQ(after.value_or("(refused)"), edit.after) << edit.before;
    }
  }
  EXPECT_EQ(AddToTrustList("", "it's"), "trust:\n  - 'it''s'\n");
}

TEST(TrustList, OnlyASourceThatMeansOneThingIsTaken) {
  Host host;
  host.working_directory = "/w";
  host.environment = {{"HOME", "/h"}};
  for (const char* source : {"/a/b", "~/b", "gh:o/n", "https://h/o/n.git", "git@h:o/n.git"}) {
    EXPECT_TRUE(CanTrustSource(host, source)) << source;
  }
  for (const char* source :
       {"t", "./t", "/a/", "gh:o/", "https://u:p@h/o/n", "bundled:python", "/a\nb", "/a\u202eb"}) {
    EXPECT_FALSE(CanTrustSource(host, source)) << source;
  }
}

}  // namespace
}  // namespace scaffold::testing
