#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

CliTest& AddTemplate(CliTest& test) {
  return test.File("t/copier.yml", "name: {type: str, default: demo}\n")
      .File("t/a.txt", "a\n")
      .File("t/b.txt.jinja", "{{ name }}\n");
}

TEST(Copy, PrintsALineAPathAsCopierDoes) {
  CliTest test;
  AddTemplate(test).Run({"copy", "-f", "t", "p"}, 0);
  EXPECT_EQ(test.err(),
            "\nCopying from template version None\n"
            "    create  a.txt\n"
            "    create  b.txt\n");
  EXPECT_FALSE(test.Exists("p/.git"));
  EXPECT_FALSE(test.Exists("p/.scaffold"));
}

TEST(Copy, TellsIdenticalSkippedAndOverwritten) {
  CliTest test;
  AddTemplate(test)
      .File("p/a.txt", "a\n")
      .File("p/b.txt", "mine\n")
      .Run({"copy", "-l", "-s", "b.txt", "t", "p"}, 0);
  EXPECT_NE(test.err().find(" identical  a.txt\n  conflict  b.txt\n      skip  b.txt\n"),
            std::string::npos)
      << test.err();
  test.Run({"copy", "-f", "t", "p"}, 0);
  EXPECT_NE(test.err().find("  conflict  b.txt\n overwrite  b.txt\n"), std::string::npos);
  EXPECT_EQ(test.Read("p/b.txt"), "demo\n");
}

TEST(Copy, AsksBeforeItOverwrites) {
  CliTest test;
  AddTemplate(test).File("p/b.txt", "mine\n").Input("n\n").Run({"copy", "-l", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/b.txt"), "mine\n");
  test.Input("").Run({"copy", "-l", "t", "p"}, 1);
  EXPECT_NE(test.err().find("Consider using `--overwrite`"), std::string::npos) << test.err();
  EXPECT_EQ(test.Read("p/b.txt"), "mine\n");
}

TEST(Copy, WritesNothingWhenALaterQuestionIsNotAnswered) {
  CliTest test;
  AddTemplate(test).File("p/b.txt", "mine\n").Input("").Run({"copy", "-l", "t", "p"}, 1);
  EXPECT_FALSE(test.Exists("p/a.txt"));
}

TEST(Copy, DataFileIsTypedAndDataWins) {
  CliTest test;
  test.File("t/copier.yml", "n: {type: int}\nm: {type: str}\n")
      .File("t/x.jinja", "{{ n + 1 }} {{ m }} {{ extra }}\n")
      .File("d.yml", "n: 4\nm: file\nextra: [1, a]\n")
      .Run({"copy", "-l", "--data-file", "d.yml", "-d", "m=flag", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/x"), "5 flag [1, 'a']\n");
}

TEST(Copy, QuietPrintsNothing) {
  CliTest test;
  AddTemplate(test).Run({"copy", "-q", "-f", "t", "p"}, 0);
  EXPECT_EQ(test.out() + test.err(), "");
}

TEST(Copy, TakesArgumentsThatLookLikeFlags) {
  CliTest test;
  AddTemplate(test).Run({"copy", "-f", "--", "t", "-p"}, 0);
  EXPECT_TRUE(test.Exists("-p/a.txt"));
}

TEST(Copy, UsesTheNewestTagOfARepository) {
  CliTest test;
  AddTemplate(test).File("t/.gitignore", "");
  test.Git("t", {"init", "-q"});
  for (const char* tag : {"v1.9.0", "v1.10.0", "v2.0.0rc1"}) {
    test.File("t/a.txt", std::string(tag) + "\n");
    test.Git("t", {"add", "-A"});
    test.Git("t", {"commit", "-q", "-m", tag});
    test.Git("t", {"tag", tag});
  }
  test.Run({"copy", "-f", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/a.txt"), "v1.10.0\n");
  EXPECT_NE(test.err().find("Copying from template version 1.10.0\n"), std::string::npos);
  test.Run({"copy", "-f", "-g", "t", "q"}, 0);
  EXPECT_EQ(test.Read("q/a.txt"), "v2.0.0rc1\n");
  test.Run({"copy", "-f", "-r", "v1.9.0", "t", "r"}, 0);
  EXPECT_EQ(test.Read("r/a.txt"), "v1.9.0\n");
}

TEST(Copy, SettingsGiveDefaultsAndTrust) {
  CliTest test;
  AddTemplate(test)
      .File("settings.yml", "defaults:\n  name: from settings\ntrust: [t]\n")
      .File("t/copier.yml", "name: {type: str, default: demo}\n_tasks: [touch made]\n")
      .Variable("COPIER_SETTINGS_PATH", "settings.yml")
      .Run({"copy", "-f", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/b.txt"), "from settings\n");
  EXPECT_TRUE(test.Exists("p/made"));
}

TEST(Copy, HasTheDeprecatedFunctionsOfCopier) {
  CliTest test;
  test.File("t/copier.yml", "at: \"{{ now() }}\"\nkey: \"{{ make_secret() }}\"\n")
      .File("t/x.jinja", "{{ at }} {{ key|length }} {{ now().year }}\n")
      .Run({"copy", "-f", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/x"), "2020-01-02 03:04:05+00:00 128 2020\n");
  const std::string warning = "'now' will be removed in a future release of Copier.";
  const size_t first = test.err().find(warning);
  EXPECT_NE(first, std::string::npos) << test.err();
  EXPECT_EQ(test.err().find(warning, first + 1), std::string::npos) << "warned once";
  EXPECT_NE(test.err().find("'make_secret' will be removed"), std::string::npos);
}

TEST(Copy, NamesForbiddenFilesInFull) {
  CliTest test;
  test.File("t/copier.yml", "!include ../outside/x.yml\n").Run({"copy", "-f", "t", "p"}, 1);
  EXPECT_EQ(test.err().find("error: \"" + (test.folder() / "outside/x.yml").string() +
                            "\" is forbidden\n"),
            0u)
      << test.err();

  test.File("u/copier.yml", "_preserve_symlinks: true\n")
      .File("u/sub/x.jinja", "{% include 'sub/link' %}\n")
      .File("outside/secret", "s\n");
  std::filesystem::create_symlink("../../outside/secret", test.folder() / "u/sub/link");
  test.Run({"copy", "-f", "u", "p"}, 1);
  EXPECT_NE(
      test.err().find("\"" + (test.folder() / "outside/secret").string() + "\" is forbidden\n"),
      std::string::npos)
      << test.err();
}

TEST(Copy, JoinsPathsWithASlash) {
  CliTest test;
  test.File("t/x.jinja",
            "{{ _copier_conf.dst_path / 'a' / 'b' }} {{ 'root' / _copier_conf.dst_path }} "
            "{{ _copier_conf.dst_path / '/abs' }}\n")
      .Run({"copy", "-f", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/x"), "p/a/b root/p /abs\n");
  test.File("t/x.jinja", "{{ _copier_conf.dst_path / 1 }}\n").Run({"copy", "-f", "t", "q"}, 1);
  EXPECT_NE(test.err().find("unsupported operand type(s) for /: 'PurePosixPath' and 'int'"),
            std::string::npos)
      << test.err();
}

}  // namespace
}  // namespace scaffold::testing
