#include "support/subprocess.h"

#include <atomic>
#include <thread>

#include "gtest/gtest.h"

namespace scaffold {
namespace {

TEST(RunCommand, CollectsBothStreamsAndTheStatus) {
  const CommandResult result = RunCommand(
      Host::FromProcess(), {.arguments = {"sh", "-c", "echo out; echo err >&2; exit 3"}});
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.error_output, "err\n");
  EXPECT_EQ(result.exit_status, 3);
}

TEST(RunCommand, FeedsAndReadsMoreThanAPipeHolds) {
  const std::string text(1 << 20, 'x');
  const CommandResult result =
      RunCommand(Host::FromProcess(), {.arguments = {"cat"}, .input = text});
  EXPECT_EQ(result.output.size(), text.size());
}

TEST(RunCommand, SurvivesAChildThatDoesNotRead) {
  const CommandResult result =
      RunCommand(Host::FromProcess(), {.arguments = {"true"}, .input = std::string(1 << 20, 'x')});
  EXPECT_EQ(result.exit_status, 0);
}

TEST(RunCommand, SaysWhichProgramIsMissing) {
  try {
    RunCommand(Host::FromProcess(), {.arguments = {"no-such-program-here"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "cannot run 'no-such-program-here': No such file or directory");
  }
}

TEST(RunCommand, EndsTheChildWhenCancelled) {
  std::atomic<bool> cancelled{false};
  Host host = Host::FromProcess();
  host.cancelled = &cancelled;
  std::thread stopper([&] { cancelled = true; });
  EXPECT_THROW(RunCommand(host, {.arguments = {"sleep", "60"}}), Error);
  stopper.join();
}

TEST(RunCommand, UsesTheHostsFolderAndEnvironment) {
  Host host = Host::FromProcess();
  host.working_directory = "/";
  host.environment["SCAFFOLD_X"] = "a";
  const CommandResult result =
      RunCommand(host, {.arguments = {"sh", "-c", "pwd; echo $SCAFFOLD_X$SCAFFOLD_Y"},
                        .extra_environment = {{"SCAFFOLD_Y", "b"}}});
  EXPECT_EQ(result.output, "/\nab\n");
}

}  // namespace
}  // namespace scaffold
