// The program called through a link named `copier`.

#include "cli/program.h"
#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

TEST(AsCopier, GoesByTheNameOfTheProgram) {
  EXPECT_EQ(cli::ProgramNamed("copier"), cli::Program::kCopier);
  EXPECT_EQ(cli::ProgramNamed("/usr/bin/copier"), cli::Program::kCopier);
  EXPECT_EQ(cli::ProgramNamed("scaffold"), cli::Program::kScaffold);
  EXPECT_EQ(cli::ProgramNamed("copier/scaffold"), cli::Program::kScaffold);
  EXPECT_EQ(cli::ProgramNamed(""), cli::Program::kScaffold);
}

TEST(AsCopier, PrintsTheVersionOfCopierThatItStandsFor) {
  CliTest test;
  test.CalledAs("copier").Run({"--version"}, 0);
  EXPECT_EQ(test.out(), "copier 9.19.1\n");
}

TEST(AsCopier, KnowsOnlyCopiersCommands) {
  CliTest test;
  test.CalledAs("copier").Run({"new", "p"}, 1);
  EXPECT_EQ(test.err().find("error: unknown command 'new'\n"), 0u) << test.err();
  test.Run({}, 1);
  EXPECT_NE(test.err().find("usage: copier COMMAND"), std::string::npos) << test.err();
  EXPECT_EQ(test.err().find("run the template engine"), std::string::npos) << test.err();
}

TEST(AsCopier, HelpHasTheNamesOfCopiersArguments) {
  CliTest test;
  test.CalledAs("copier").Run({"--help-all"}, 0);
  EXPECT_NE(test.out().find("copier copy [SWITCHES] template_src destination_path\n"),
            std::string::npos)
      << test.out();
  test.Run({"copy", "a"}, 2);
  EXPECT_NE(test.err().find("run 'copier copy --help'"), std::string::npos) << test.err();
}

TEST(AsCopier, InterruptedRunsEndWithOne) {
  CliTest test;
  test.File("t/copier.yml", "a: b\n").Input("\x03").CalledAs("copier").Run({"copy", "t", "p"}, 1);
  EXPECT_EQ(test.err(), "error: Execution stopped by user\n");
}

TEST(AsCopier, QuietDoesNotSilenceWarnings) {
  CliTest test;
  test.File("t/sub/[[ _copier_conf.answers_file ]].jinja", "x\n")
      .File("t/copier.yml", "_envops: {variable_start_string: '[[', variable_end_string: ']]'}\n")
      .Run({"copy", "-qf", "t", "p"}, 0);
  EXPECT_EQ(test.err(), "");
  test.CalledAs("copier").Run({"copy", "-qf", "-a", "sub/x.yml", "t", "q"}, 0);
  EXPECT_NE(test.err().find("Answers file template locations other than"), std::string::npos)
      << test.err();
}

TEST(AsCopier, CookiecutterMeansNothing) {
  CliTest test;
  test.CalledAs("copier")
      .File("t/cookiecutter.json", "{\"name\": \"x\"}")
      .File("t/hooks/post_gen_project.py", "")
      .File("t/a.txt.jinja", "{{ 1 + 1 }}\n")
      .Run({"copy", "-l", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/a.txt"), "2\n");
  EXPECT_TRUE(test.Exists("p/cookiecutter.json"));
  EXPECT_TRUE(test.Exists("p/hooks/post_gen_project.py"));
  EXPECT_FALSE(test.Exists("p/.copier-answers.yml"));
}

}  // namespace
}  // namespace scaffold::testing
