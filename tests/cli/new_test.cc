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
  AddTemplate(test).Input("blue\n7\ny\n").Run({"new", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/blue.txt"), "blue 7 True\n");
  EXPECT_TRUE(test.Exists("p/Dockerfile"));
  EXPECT_EQ(test.out(), "? name [demo]: \n? count (int) [3]: \n? docker (bool) (y/N) \n");
}

TEST(New, AWrongAnswerFromAPipeEndsTheRun) {
  const std::vector<std::pair<std::string, std::string>> questions = {
      {"{type: int, default: 1}", "Invalid input"},
      {"{type: str, validator: '{% if q == \"y\" %}no y{% endif %}'}", "no y"},
      {"{type: str, choices: [a, b]}", "give a number from 1 to 2"},
      {"{type: str, choices: [a, b], multiselect: true}", "'y' is none of them"}};
  for (const auto& [question, reason] : questions) {
    CliTest test;
    test.File("t/copier.yml", "q: " + question + "\n").Input("y\ny\ny\n").Run({"new", "t", "p"}, 1);
    const std::string type = question.find("int") != std::string::npos ? "int" : "str";
    EXPECT_EQ(test.err(), "error: the answer 'y' to question 'q' (" + type + ") was refused: " +
                              reason + "\nhelp: give it on the command line: --data q=...\n");
    EXPECT_FALSE(test.Exists("p"));
  }
  CliTest test;
  test.File("t/copier.yml", "q: {type: bool, default: true}\n").Input("maybe\n");
  test.Run({"new", "t", "p"}, 1);
  EXPECT_NE(test.err().find("the answer 'maybe' to question 'q' (bool) was refused: answer y or n"),
            std::string::npos)
      << test.err();
}

TEST(New, InputWithoutEndIsRefused) {
  const std::string long_line(3 << 20, '\0');
  std::string many_lines;
  while (many_lines.size() < (3 << 20)) many_lines += "more and more\n";
  for (const std::string& input : {long_line, many_lines}) {
    CliTest test;
    test.File("t/copier.yml", "q: {type: str, multiline: true}\n").Input(input);
    test.Run({"new", "t", "p"}, 1);
    EXPECT_EQ(test.err(),
              "error: an answer on standard input is longer than 1 MiB\n"
              "help: give long answers with --data-file\n");
  }
}

TEST(New, AnswersThatAreNotUtf8AreRefused) {
  CliTest test;
  test.File("t/copier.yml", "q: {type: str}\n").Input("caf\xe9\n").Run({"new", "t", "p"}, 1);
  EXPECT_EQ(test.err(), "error: an answer on standard input is not UTF-8\n");
  test.Run({"new", "t", "p", "-d", "q=caf\xe9"}, 2);
  EXPECT_EQ(test.err(),
            "error: '--data q=caf\\xe9' is not UTF-8\n"
            "help: is the terminal, or the script, set to another encoding?\n");
  test.File("data.yml", "q: caf\xe9\n").Run({"new", "t", "p", "--data-file", "data.yml"}, 1);
  EXPECT_NE(test.err().find("'utf-8' codec can't decode byte"), std::string::npos) << test.err();
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
