// NO_COLOR and FORCE_COLOR, in everything that is printed.

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

struct Output {
  const char* name;
  std::vector<std::string> arguments;
  int exit;
  bool colored;  // when colours are wanted
};

const Output kOutputs[] = {
    {"paths and a warning", {"copy", "-f", "t", "p"}, 0, true},
    {"a summary", {"new", "-l", "bad", "q"}, 0, true},
    {"an error with its place", {"copy", "-f", "broken", "r"}, 1, true},
    {"a wrong command line", {"nwe"}, 2, true},
    {"an error of render", {"render", "broken/a.jinja"}, 1, true},
    {"an error for programs", {"copy", "--json", "broken", "r"}, 1, false},
    {"a result for programs", {"copy", "-f", "--json", "t", "s"}, 0, false},
    {"data", {"render", "t/a.txt"}, 0, false},
    {"help", {"new", "--help"}, 0, false},
    {"the manual", {"man"}, 0, false},
    {"a completion", {"completion", "bash"}, 0, false},
};

void Prepare(CliTest* test) {
  test->File("t/a.txt", "a").File("t/copier.yml", "_nonsense: 1\n");
  test->File("bad/copier.yml", "_nonsense: 1\n").File("bad/a", "a");
  test->File("broken/a.jinja", "{{ 1 + }}");
}

TEST(Color, IsForcedOnWhereItIsMeantForPeople) {
  CliTest test;
  Prepare(&test);
  test.Variable("NO_COLOR", "").Variable("FORCE_COLOR", "1");
  for (const Output& output : kOutputs) {
    test.Run(output.arguments, output.exit);
    EXPECT_EQ(test.err().find('\x1b') != std::string::npos, output.colored) << output.name << "\n"
                                                                            << test.err();
    EXPECT_EQ(test.out().find('\x1b'), std::string::npos) << output.name;
  }
}

TEST(Color, IsOffWithoutATerminalAndNoColorWins) {
  for (const bool asked_for : {false, true}) {
    CliTest test;
    Prepare(&test);
    test.Variable("NO_COLOR", asked_for ? "1" : "").Variable("FORCE_COLOR", asked_for ? "1" : "");
    for (const Output& output : kOutputs) {
      test.Run(output.arguments, output.exit);
      EXPECT_EQ(test.err().find('\x1b'), std::string::npos) << output.name << "\n" << test.err();
      EXPECT_EQ(test.out().find('\x1b'), std::string::npos) << output.name;
    }
  }
}

TEST(Color, IsOffOnADumbTerminal) {
  CliTest test;
  Prepare(&test);
  test.Variable("NO_COLOR", "").OnTerminal();
  for (const Output& output : kOutputs) {
    test.Run(output.arguments, output.exit);
    EXPECT_EQ(test.err().find('\x1b'), std::string::npos) << output.name << "\n" << test.err();
  }
  test.Variable("TERM", "xterm").Run({"nwe"}, 2);
  EXPECT_NE(test.err().find('\x1b'), std::string::npos) << test.err();
}

}  // namespace
}  // namespace scaffold::testing
