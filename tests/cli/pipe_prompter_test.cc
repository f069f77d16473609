#include "cli/pipe_prompter.h"

#include <sstream>

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

constexpr const char* kQuestions =
    "name: {type: str, default: bar}\n"
    "fly: {type: bool, default: true}\n"
    "size: {type: int, validator: \"{% if size > 5 %}too big{% endif %}\"}\n"
    "kind: {type: str, choices: [a, b]}\n"
    "parts: {type: str, choices: [x, y], multiselect: true, "
    "validator: \"{% if not parts %}one at least{% endif %}\"}\n";

CliTest& AddTemplate(CliTest& test) {
  return test.File("t/copier.yml", kQuestions)
      .File("t/r.jinja", "{{ name }} {{ fly }} {{ size }} {{ kind }} {{ parts }}\n");
}

TEST(PipePrompter, CopyReadsKeysFromAPipe) {
  CliTest test;
  AddTemplate(test).Input("x\nn3\n\x1b[B\n \n").Run({"copy", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/r"), "barx False 3 b ['x']\n");
  EXPECT_EQ(test.out(),
            "🎤 name\n   barx\n"
            "🎤 fly (bool)\n   (Y/n) \n🎤 fly (bool)\n   No\n"
            "🎤 size (int)\n   3\n"
            "🎤 kind\n   (Use arrow keys)\n » a\n   b\n🎤 kind\n   b\n"
            "🎤 parts\n   (Use arrow keys to move, <space> to select, <a> to toggle, <i> to "
            "invert)\n » ○ x\n   ○ y\n🎤 parts\n   [x]\n");
}

TEST(PipePrompter, RefusedInputStaysAndIsEdited) {
  CliTest test;
  AddTemplate(test).Input("\n\n9\n\x08").Run({"copy", "t", "p"}, 1);
  EXPECT_NE(test.out().find("🎤 size (int)\n   \nInvalid input\n"), std::string::npos)
      << test.out();
  test.Input("\n\n9\n").Run({"copy", "t", "p"}, 1);
  EXPECT_NE(test.out().find("9\nValidation error for question 'size': too big\n"),
            std::string::npos)
      << test.out();
  test.Input(
          "\n\n9\n\x08"
          "4\n\n\n \n")
      .Run({"copy", "t", "p"}, 0);
  EXPECT_EQ(test.Read("p/r"), "bar True 4 a ['x']\n");
}

TEST(PipePrompter, KeepsTheChoicesOfARefusedMultiselect) {
  CliTest test;
  AddTemplate(test).Input("\n\n1\n\n\x1b[B\n \n").Run({"copy", "t", "p"}, 0);
  EXPECT_NE(test.out().find("one at least"), std::string::npos) << test.out();
  EXPECT_EQ(test.Read("p/r"), "bar True 1 a ['y']\n") << "the pointer stays where it was";
}

TEST(PipePrompter, EndOfInputAsksForASession) {
  CliTest test;
  AddTemplate(test).Input("\n").Run({"copy", "t", "p"}, 1);
  EXPECT_EQ(test.err().find("error: Interactive session required: Use `--defaults` and/or "
                            "`--data`/`--data-file`\n"),
            0U)
      << test.err();
  EXPECT_FALSE(test.Exists("p"));
}

TEST(PipePrompter, ControlCStops) {
  CliTest test;
  AddTemplate(test).Input("\n\x03\n").Run({"copy", "t", "p"}, 130);
  EXPECT_EQ(test.err(), "error: Execution stopped by user\n");
  EXPECT_FALSE(test.Exists("p"));
}

TEST(PipePrompter, AsksBeforeOverwriting) {
  CliTest test;
  test.File("t/a", "new\n").File("t/b", "new\n").File("p/a", "old\n").File("p/b", "old\n");
  test.Input("ny").Run({"copy", "t", "p"}, 0);
  EXPECT_EQ(test.out(),
            "?  Overwrite a? (Y/n) \n?  Overwrite a? No\n"
            "?  Overwrite b? (Y/n) \n?  Overwrite b? Yes\n");
  EXPECT_EQ(test.Read("p/a"), "old\n");
  EXPECT_EQ(test.Read("p/b"), "new\n");
}

TEST(PipePrompter, WritesOnlyTheNewEndOfGrowingText) {
  // What waits in the pipe is read before the question is written again.
  std::istringstream in("ab\n");
  std::ostringstream out, err;
  const cli::Streams streams = {.in = in, .out = out, .err = err};
  const Host host = Host::FromProcess();
  cli::PipePrompter prompter(host, streams);
  Prompt prompt;
  prompt.qmark = "?";
  prompt.message = "Q\n  ";
  const PromptReply reply = prompter.Ask(
      prompt, [](auto) { return std::nullopt; }, "");
  EXPECT_EQ(reply.text, "ab");
  EXPECT_EQ(out.str(), "? Q\n   ab\n");
}

}  // namespace
}  // namespace scaffold::testing
