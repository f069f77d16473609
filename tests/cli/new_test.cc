#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

// A template with one question of each common kind.
CliTest& AddTemplate(CliTest& test) {
  return test
      .File("t/copier.yml",
            "_subdirectory: files\n"
            "name: {type: str, default: demo}\n"
            "count: {type: int, default: 3}\n"
            "docker: {type: bool, default: false}\n")
      .File("t/files/{{ name }}.txt.jinja", "{{ name }} {{ count }} {{ docker }}\n")
      .File("t/files/{% if docker %}Dockerfile{% endif %}", "FROM scratch\n")
      .File("t/files/{{ _copier_conf.answers_file }}.jinja", "{{ _copier_answers|to_nice_yaml }}");
}

TEST(New, MakesARepositoryWithOneCommit) {
  CliTest test;
  AddTemplate(test).Run({"new", "t", "p", "--defaults"}, 0);
  EXPECT_EQ(test.Read("p/demo.txt"), "demo 3 False\n");
  EXPECT_EQ(test.Git("p", {"log", "--format=%an <%ae> %s"}),
            "Jane Doe <jane@example.com> Initial commit");
  EXPECT_EQ(test.Git("p", {"status", "--porcelain"}), "");
  EXPECT_EQ(test.Git("p", {"fsck", "--strict"}), "");
  EXPECT_EQ(test.out(), "");
}

TEST(New, UsesTheUsersBranchNameAndMessage) {
  CliTest test;
  AddTemplate(test)
      .File("home/.gitconfig",
            "[user]\n\tname = J\n\temail = j@x\n[init]\n\tdefaultBranch = trunk\n")
      .Run({"new", "t", "p", "--defaults", "--commit-message", "Begin"}, 0);
  EXPECT_EQ(test.Git("p", {"branch", "--show-current"}), "trunk");
  EXPECT_EQ(test.Git("p", {"log", "--format=%s"}), "Begin");
}

TEST(New, WithoutIdentityLeavesFilesAndSaysWhatToDo) {
  CliTest test;
  AddTemplate(test).File("home/.gitconfig", "").Run({"new", "t", "p", "--defaults"}, 0);
  EXPECT_TRUE(test.Exists("p/.git"));
  EXPECT_TRUE(test.Exists("p/demo.txt"));
  EXPECT_NE(test.err().find("git config --global user.email"), std::string::npos) << test.err();
}

TEST(New, NoGitMakesNoRepository) {
  CliTest test;
  AddTemplate(test).Run({"new", "t", "p", "--defaults", "--no-git"}, 0);
  EXPECT_FALSE(test.Exists("p/.git"));
}

TEST(New, DoesNotCommitWhatGitIgnores) {
  CliTest test;
  AddTemplate(test)
      .File("t/files/.gitignore", ".env\n")
      .File("t/files/.env", "TOKEN=1\n")
      .Run({"new", "t", "p", "--defaults"}, 0);
  EXPECT_TRUE(test.Exists("p/.env"));
  EXPECT_EQ(test.Git("p", {"ls-files", ".env"}), "");
  EXPECT_EQ(test.Git("p", {"status", "--porcelain"}), "");
}

TEST(New, KeepsFoldersApartWhoseNamesBeginAlike) {
  CliTest test;
  AddTemplate(test)
      .File("t/files/flake.nix", "1\n")
      .File("t/files/flake/a.nix", "2\n")
      .File("t/files/flake-x/b.nix", "3\n")
      .File("t/files/flake/c/d.nix", "4\n")
      .Run({"new", "t", "p", "--defaults"}, 0);
  EXPECT_EQ(test.Read("p/flake/c/d.nix"), "4\n");
  EXPECT_EQ(test.Git("p", {"status", "--porcelain"}), "");
  EXPECT_EQ(test.Git("p", {"fsck", "--strict"}), "");
}

TEST(New, TakesPathsOfTheConfigurationAsPaths) {
  CliTest test;
  AddTemplate(test)
      .File("t/files/x.jinja", "{{ _copier_conf.dst_path | basename }}\n")
      .Run({"new", "t", "p", "--defaults"}, 0);
  EXPECT_EQ(test.Read("p/x"), "p\n");
}

TEST(New, AsksOneLineAQuestion) {
  CliTest test;
  AddTemplate(test).Input("blue\nx\n7\ny\n").Run({"new", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/blue.txt"), "blue 7 True\n");
  EXPECT_TRUE(test.Exists("p/Dockerfile"));
  EXPECT_NE(test.out().find("  ! "), std::string::npos) << "the wrong number is refused";
}

TEST(New, TakesDefaultsWhenInputEnds) {
  CliTest test;
  AddTemplate(test).Input("blue\n").Run({"new", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/blue.txt"), "blue 3 False\n");
}

TEST(New, ListsWhatHasNoDefaultWhenInputEnds) {
  CliTest test;
  test.File("t/copier.yml", "a: {type: str}\nb: {type: int}\nc: {type: str, default: x}\n")
      .Input("")
      .Run({"new", "t", "p"}, 1);
  EXPECT_NE(test.err().find("2 questions have no default"), std::string::npos) << test.err();
  EXPECT_NE(test.err().find("--data a="), std::string::npos) << test.err();
  EXPECT_NE(test.err().find("question 'b' (int)"), std::string::npos) << test.err();
  EXPECT_FALSE(test.Exists("p"));
}

TEST(New, PrintsTheCommandThatRepeatsTheRun) {
  CliTest test;
  AddTemplate(test).Input("two words\n").Run({"new", "t", "p"}, 0);
  EXPECT_NE(test.err().find("again:   scaffold new t p --defaults --data 'name=two words'\n"),
            std::string::npos)
      << test.err();
}

TEST(New, RecordsWhichAnswersWereChosen) {
  CliTest test;
  AddTemplate(test).Run({"new", "t", "p", "--defaults", "-d", "name=a"}, 0);
  const std::string state = test.Read("p/.scaffold/state.yml");
  EXPECT_NE(state.find("name"), std::string::npos) << state;
  EXPECT_EQ(state.find("count"), std::string::npos) << state;
}

TEST(New, PretendWritesNothing) {
  CliTest test;
  AddTemplate(test).Run({"new", "t", "p", "--defaults", "--pretend"}, 0);
  EXPECT_FALSE(test.Exists("p"));
  EXPECT_NE(test.err().find("create  demo.txt"), std::string::npos) << test.err();
}

TEST(New, RefusesAFolderThatHoldsSomething) {
  CliTest test;
  AddTemplate(test).File("p/mine.txt", "x").Run({"new", "t", "p", "--defaults"}, 1);
  EXPECT_EQ(
      test.err(),
      "error: 'p' is not empty\n"
      "help: choose another name, or use 'scaffold copy' to render into an existing folder\n");
  EXPECT_EQ(test.Read("p/mine.txt"), "x");
}

TEST(New, RefusesAFile) {
  CliTest test;
  AddTemplate(test).File("p", "x").Run({"new", "t", "p", "--defaults"}, 1);
  EXPECT_NE(test.err().find("'p' exists and is not a folder"), std::string::npos) << test.err();
}

TEST(New, RunsTasksOnlyWithTrust) {
  CliTest test;
  AddTemplate(test).File("t/copier.yml", "_tasks: ['echo made > made.txt']\n");
  test.Run({"new", "t", "p", "--defaults"}, 4);
  EXPECT_NE(test.err().find("Template uses potentially unsafe feature: tasks."), std::string::npos)
      << test.err();
  EXPECT_FALSE(test.Exists("p"));
  test.Run({"new", "t", "p", "--defaults", "--trust"}, 0);
  EXPECT_EQ(test.Git("p", {"ls-files", "made.txt"}), "made.txt");
  test.Run({"new", "t", "q", "--defaults", "--skip-tasks"}, 0);
  EXPECT_FALSE(test.Exists("q/made.txt"));
}

TEST(New, AFailingTaskLeavesNothing) {
  CliTest test;
  AddTemplate(test).File("t/copier.yml", "_tasks: ['exit 3']\n");
  test.Run({"new", "t", "p", "--defaults", "--trust"}, 1);
  EXPECT_NE(test.err().find("Task 'exit 3' returned non-zero exit status 3."), std::string::npos)
      << test.err();
  EXPECT_FALSE(test.Exists("p"));
  test.Run({"new", "t", "p", "--defaults", "--trust", "--no-cleanup"}, 1);
  EXPECT_TRUE(test.Exists("p"));
}

TEST(New, TheBundledTemplateNeedsNoFilesBesideTheProgram) {
  CliTest test;
  test.Run({"new", "myproj", "--defaults"}, 0);
  EXPECT_TRUE(test.Exists("myproj/pyproject.toml"));
  EXPECT_NE(test.Read("myproj/.copier-answers.yml").find("_src_path: bundled:python"),
            std::string::npos);
  EXPECT_EQ(test.Git("myproj", {"status", "--porcelain"}), "");
}

}  // namespace
}  // namespace scaffold::testing
