#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

TEST(Usage, HelpGoesToStandardOutput) {
  CliTest test;
  test.Run({"--help"}, 0);
  EXPECT_NE(test.out().find("scaffold COMMAND"), std::string::npos);
  test.Run({"new", "--help"}, 0);
  EXPECT_NE(test.out().find("--commit-message TEXT"), std::string::npos);
}

TEST(Usage, NoCommandShowsTheHelpAndFails) {
  CliTest test;
  test.Run({}, 2);
  EXPECT_EQ(test.out(), "");
  EXPECT_NE(test.err().find("usage:"), std::string::npos);
}

TEST(Usage, VersionIsOneLine) {
  CliTest test;
  test.Run({"--version"}, 0);
  EXPECT_EQ(test.out().find("scaffold "), 0u);
}

TEST(Usage, UnknownCommandSuggestsTheNearest) {
  CliTest test;
  test.Run({"cpoy", "a", "b"}, 2);
  EXPECT_EQ(test.err(), "error: unknown command 'cpoy'\nhelp: did you mean 'copy'?\n");
}

TEST(Usage, UnknownFlagSuggestsTheNearest) {
  CliTest test;
  test.Run({"new", "--no-gti", "p"}, 2);
  EXPECT_EQ(test.err(), "error: unknown flag '--no-gti'\nhelp: did you mean '--no-git'?\n");
}

TEST(Usage, FlagsNeedTheirValue) {
  CliTest test;
  test.Run({"new", "p", "--vcs-ref"}, 2);
  EXPECT_EQ(test.err(),
            "error: '--vcs-ref' needs a value\nhelp: run 'scaffold new --help' for its flags\n");
}

TEST(Usage, AValueIsGivenOnce) {
  CliTest test;
  test.Run({"new", "p", "-r", "a", "-r", "b"}, 2);
  EXPECT_NE(test.err().find("was given more than once"), std::string::npos) << test.err();
}

TEST(Usage, SwitchesTakeNoValue) {
  CliTest test;
  test.Run({"new", "p", "--quiet=1"}, 2);
  EXPECT_NE(test.err().find("error: '--quiet' takes no value\n"), std::string::npos) << test.err();
  test.Run({"new", "p", "-q=1"}, 2);
  EXPECT_NE(test.err().find("error: a flag takes no value, but '=1' was given\n"),
            std::string::npos)
      << test.err();
}

TEST(Usage, SwitchesAreGivenOnce) {
  CliTest test;
  test.Run({"copy", "-f", "-f", "t", "p"}, 2);
  EXPECT_NE(test.err().find("error: '--force' was given more than once\n"), std::string::npos)
      << test.err();
}

TEST(Usage, DataFilesMustBeThere) {
  CliTest test;
  test.File("t/a", "a");
  test.Run({"copy", "--data-file", "nofile.yml", "t", "p"}, 2);
  EXPECT_EQ(test.err(), "error: '--data-file nofile.yml': there is no such file\n");
  test.Run({"new", "--data-file", "t", "t", "p"}, 2);
  EXPECT_EQ(test.err(), "error: '--data-file t': that is a folder\n");
}

TEST(Usage, ANewProjectNeedsAFolderOfItsOwn) {
  CliTest test;
  test.File("t/a", "a");
  test.Run({"new", "t", ""}, 2);
  EXPECT_NE(test.err().find("error: the name of the new folder is empty\n"), std::string::npos)
      << test.err();
  test.Run({"new", "t", "."}, 1);
  EXPECT_NE(
      test.err().find("'.' is the folder '" + test.folder().string() + "', which is not empty\n"),
      std::string::npos)
      << test.err();
}

TEST(Usage, AnEmptyRefIsNone) {
  CliTest test;
  test.File("t/a", "1");
  test.Git("t", {"init", "-q"});
  test.Git("t", {"add", "."});
  test.Git("t", {"commit", "-qm", "1"});
  test.Git("t", {"tag", "v1"});
  test.File("t/a", "2");
  test.Git("t", {"commit", "-qam", "2"});
  test.Run({"copy", "-r", "", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/a"), "1");
  test.Run({"copy", "-r", "@", "t", "q"}, 0);
  EXPECT_EQ(test.Read("q/a"), "2");
}

TEST(Usage, CountsPositionalArguments) {
  CliTest test;
  test.Run({"copy", "a"}, 2);
  EXPECT_EQ(test.err(),
            "error: 'copy' takes 2 arguments, 1 was given\n"
            "help: run 'scaffold copy --help' for its flags\n"
            "note: usage: scaffold copy TEMPLATE DEST\n");
}

TEST(Usage, DataNeedsNameAndValue) {
  CliTest test;
  test.Run({"new", "p", "--data", "foo"}, 2);
  EXPECT_EQ(test.err(),
            "error: '--data foo' is not NAME=VALUE\nhelp: write it as --data NAME=VALUE\n");
}

TEST(Usage, OneArgumentThatIsATemplateIsAMistake) {
  CliTest test;
  test.Run({"new", "gh:owner/name"}, 2);
  EXPECT_EQ(test.err(),
            "error: 'gh:owner/name' looks like a template, and no folder was named\n"
            "help: say where the project shall go: scaffold new gh:owner/name myproj\n");
}

}  // namespace
}  // namespace scaffold::testing
