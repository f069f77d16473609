#include "cli/summary.h"

#include "support/subprocess.h"
#include "support/text.h"
#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

std::string AgainLine(const CliTest& test) {
  const std::string label = "again:   scaffold ";
  const size_t begin = test.err().find(label);
  return begin == std::string::npos ? "" : test.err().substr(begin + label.size());
}

// The words of the command as a shell reads them, with another destination.
std::vector<std::string> RepeatWith(const CliTest& test, const std::string& destination) {
  const CommandResult words = RunCommand(
      Host::FromProcess(), {.arguments = {"sh", "-c", "printf '%s\\0' " + AgainLine(test)},
                            .working_directory = test.folder()});
  std::vector<std::string> arguments;
  for (const std::string_view word : Split(words.output, '\0')) {
    arguments.emplace_back(word == "p" ? destination : word);
  }
  arguments.pop_back();
  return arguments;
}

struct RoundTrip {
  const char* name;
  std::string question;  // of `q`
  std::string data;      // of a data file
  std::string repr;
};

void PrintTo(const RoundTrip& trip, std::ostream* out) { *out << trip.name; }

class RepeatCommandTest : public ::testing::TestWithParam<RoundTrip> {};

// The first run takes the answer from a file, as a value; the second one takes it as text.
TEST_P(RepeatCommandTest, GivesTheSameAnswer) {
  CliTest test;
  test.File("t/copier.yml", "q: {" + GetParam().question + "}\n")
      .File("t/out.jinja", "{{ [q] }}")
      .File("data.yml", "q: " + GetParam().data + "\n")
      .Run({"new", "t", "p", "--no-git", "--data-file", "data.yml", "--ask", "none"}, 0);
  EXPECT_EQ(test.Read("p/out"), "[" + GetParam().repr + "]");
  std::filesystem::remove(test.folder() / "data.yml");
  test.File("data.yml", "");
  test.Run(RepeatWith(test, "again"), 0);
  EXPECT_EQ(test.Read("again/out"), test.Read("p/out"));
}

INSTANTIATE_TEST_SUITE_P(
    Types, RepeatCommandTest,
    ::testing::Values(
        RoundTrip{"Str", "type: str", R"("it's $HOME\n\"x\" = `y` ")",
                  R"('it\'s $HOME\n"x" = `y` ')"},
        RoundTrip{"StrThatLooksLikeANumber", "type: str", "'007'", "'007'"},
        RoundTrip{"EmptyStr", "type: str, default: x", "''", "''"},
        RoundTrip{"Int", "type: int", "-12", "-12"},
        RoundTrip{"Float", "type: float", "0.1", "0.1"},
        RoundTrip{"Infinity", "type: float", ".inf", "inf"},
        RoundTrip{"Bool", "type: bool, default: true", "false", "False"},
        RoundTrip{"Path", "type: path", "'a b/c'", "'a b/c'"},
        RoundTrip{"Json", "type: json", R"({a: [1, true, null, "it's"], "b c": 1.5})",
                  R"({'a': [1, True, None, "it's"], 'b c': 1.5})"},
        RoundTrip{"JsonText", "type: json", R"('"text"')", "'text'"},
        RoundTrip{"JsonNull", "type: json, default: 1", "null", "None"},
        RoundTrip{"Yaml", "type: yaml", "{b: [1, 'true', null, 2024-01-02], a: \"it's: x\"}",
                  "{'b': [1, 'true', None, datetime.date(2024, 1, 2)], 'a': \"it's: x\"}"},
        RoundTrip{"YamlText", "type: yaml", "\"'true'\"", "'true'"},
        RoundTrip{"YamlBool", "type: yaml", "true", "True"},
        RoundTrip{"YamlNull", "type: yaml, default: 1", "null", "None"},
        RoundTrip{"YamlLongList", "type: yaml", "[" + std::string(120, 'x') + ", b c, 3]",
                  "['" + std::string(120, 'x') + "', 'b c', 3]"},
        RoundTrip{"Choice", "type: int, choices: {one: 1, two: 2}", "2", "2"},
        RoundTrip{"JsonChoice", "type: json, choices: {one: '[1]', two: '{\"a\": 2}'}", "{a: 2}",
                  "{'a': 2}"},
        RoundTrip{"Multiselect", "type: str, multiselect: true, choices: [a, 'b, c', \"d's\", '7']",
                  "['b, c', \"d's\", '7']", "['b, c', \"d's\", '7']"},
        RoundTrip{"MultiselectOfNone", "type: str, multiselect: true, choices: [a], default: [a]",
                  "[]", "[]"},
        RoundTrip{"MultiselectOfInts", "type: int, multiselect: true, choices: [1, 2, -3]",
                  "[1, -3]", "[1, -3]"},
        RoundTrip{"MultiselectOfYaml",
                  "type: yaml, multiselect: true, choices: {x: '[1, 2]', y: 'true'}",
                  "[[1, 2], true]", "[[1, 2], True]"},
        RoundTrip{"MultiselectOfJson",
                  "type: json, multiselect: true, choices: {x: '{\"a\": 1}', y: 'true'}",
                  "[{a: 1}, true]", "[{'a': 1}, True]"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(RepeatCommand, NamesEveryFlagThatCounts) {
  CliTest test;
  test.File("t/copier.yml", "q: {type: str, default: x}\n").File("data.yml", "z: 1\n");
  test.Run({"new", "t",         "p",           "-m",       "Begin here", "-s",
            "a*",  "-x",        "b c",         "-g",       "-C",         "--no-git",
            "-T",  "--trust",   "--data-file", "data.yml", "-a",         ".answers.yml",
            "-d",  "extra=1 2", "--vcs-ref",   ""},
           0);
  EXPECT_EQ(AgainLine(test),
            "new t p --defaults --prereleases --answers-file .answers.yml --exclude 'b c' --skip "
            "'a*' --trust --skip-tasks --no-git --commit-message 'Begin here' --no-cleanup "
            "--data-file data.yml --data 'extra=1 2'\n");
}

TEST(RepeatCommand, AsksForSecretsAndNeverShowsThem) {
  CliTest test;
  test.File("t/copier.yml", "token: {type: str, secret: true, default: ''}\n")
      .Run({"new", "t", "p", "-d", "token=hunter2"}, 0);
  EXPECT_EQ(test.err().find("hunter2"), std::string::npos) << test.err();
  EXPECT_EQ(AgainLine(test),
            "new t p --defaults --data 'token=<secret>'\n"
            "         with the secret answers in their places: token\n");
}

TEST(RepeatCommand, HoldsWhatAFileThatIsGoneSaid) {
  CliTest test;
  test.File("t/copier.yml", "q: {type: str, default: x}\n")
      .Run({"new", "t", "p", "--data-file", "/dev/null", "-d", "q=a\x1b[1m'\\"}, 0);
  EXPECT_EQ(AgainLine(test), "new t p --defaults --data $'q=a\\x1b[1m\\'\\\\'\n");
}

TEST(RepeatCommand, TakesFoldersThatLookLikeFlags) {
  CliTest test;
  test.File("t/a", "a").Run({"new", "--no-git", "--", "t", "-x"}, 0);
  EXPECT_NE(test.err().find("next:    cd ./-x\n"), std::string::npos) << test.err();
  EXPECT_EQ(AgainLine(test), "new --defaults --no-git -- t -x\n");
  test.Run({"new", "t", "x/../y", "--no-git"}, 0);
  EXPECT_NE(test.err().find("next:    cd y\n"), std::string::npos) << test.err();
  EXPECT_FALSE(test.Exists("x"));
}

class BoxTest : public ::testing::Test {
 protected:
  BoxTest() {
    options_.arguments = {"t", "p"};
    request_.copy.source = "t";
    request_.copy.destination = "p";
    result_.copy.source = "t";
    result_.copy.counts.created = 3;
    result_.message = "Now run:\n  make\n";
  }
  cli::Options options_;
  NewOptions request_;
  NewResult result_;
};

TEST_F(BoxTest, HoldsTheNextSteps) {
  EXPECT_EQ(cli::FormatSummary(options_, request_, result_, cli::BoxStyle{}),
            "\n"
            "╭──────────────────────────────────────╮\n"
            "│ Created p (3 files) from t           │\n"
            "│                                      │\n"
            "│ Now run:                             │\n"
            "│   make                               │\n"
            "│                                      │\n"
            "│ next:    cd p                        │\n"
            "│ again:   scaffold new t p --defaults │\n"
            "╰──────────────────────────────────────╯\n");
}

TEST_F(BoxTest, LeavesALongCommandOutside) {
  result_.message.clear();
  EXPECT_EQ(cli::FormatSummary(options_, request_, result_,
                               cli::BoxStyle{.lines = cli::BoxLines::kAscii, .columns = 35}),
            "\n"
            "+----------------------------+\n"
            "| Created p (3 files) from t |\n"
            "| next:    cd p              |\n"
            "+----------------------------+\n"
            "again:   scaffold new t p --defaults\n");
}

TEST_F(BoxTest, WrapsLongLines) {
  result_.message = "Run:\n  make all  # builds it and tests it all\n";
  result_.git = GitOutcome::kNoIdentity;
  EXPECT_EQ(cli::FormatSummary(options_, request_, result_,
                               cli::BoxStyle{.lines = cli::BoxLines::kAscii, .columns = 78}),
            "\n"
            "+----------------------------------------------------------------------------+\n"
            "| Created p (3 files) from t                                                 |\n"
            "| git:     initialised, but nothing is committed: git does not know who you  |\n"
            "|          are                                                               |\n"
            "|          git config --global user.name \"Your Name\"                         |\n"
            "|          git config --global user.email you@example.com                    |\n"
            "|          then, in the project: git add . && git commit -m 'Initial commit' |\n"
            "|                                                                            |\n"
            "| Run:                                                                       |\n"
            "|   make all  # builds it and tests it all                                   |\n"
            "|                                                                            |\n"
            "| next:    cd p                                                              |\n"
            "| again:   scaffold new t p --defaults                                       |\n"
            "+----------------------------------------------------------------------------+\n");
  EXPECT_EQ(cli::WrapForBox(cli::BoxStyle{.columns = 30}, "  make all  # builds and tests it"),
            (std::vector<std::string>{"  make all  # builds and", "            # tests it"}));
  EXPECT_EQ(cli::WrapForBox(cli::BoxStyle{.columns = 12}, "  make this and that"),
            std::vector<std::string>{"  make this and that"});
}

TEST_F(BoxTest, GivesWayToLongLines) {
  const std::string plain = cli::FormatSummary(options_, request_, result_, std::nullopt);
  EXPECT_EQ(plain,
            "Now run:\n  make\n\n\nCreated p (3 files) from t\nnext:    cd p\n"
            "again:   scaffold new t p --defaults\n");
  EXPECT_EQ(cli::FormatSummary(options_, request_, result_, cli::BoxStyle{.columns = 12}), plain);
}

}  // namespace
}  // namespace scaffold::testing
