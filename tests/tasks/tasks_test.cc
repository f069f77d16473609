#include "tasks/tasks.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "support/file.h"

namespace scaffold {
namespace {

using Strings = std::vector<std::string>;

class TasksTest : public ::testing::Test {
 protected:
  void Load(std::string yaml) {
    Tree tree;
    tree.Add("copier.yml", {.bytes = std::move(yaml), .origin = {}});
    manifest_ = LoadManifest(tree);
    renderer_ =
        MakeNativeRenderer({.envops = Value(manifest_.envops), .extensions = {}, .loader = {}});
  }

  std::vector<PlannedCommand> Plan(const Dict& context = {}, std::string_view operation = "copy") {
    return PlanTasks(manifest_, *renderer_, context, operation);
  }

  // The texts of the migrations of a stage, from v1.0 to v3.0.
  Strings Migrate(std::string_view stage) {
    Strings texts;
    for (const PlannedCommand& command :
         PlanMigrations(manifest_, *renderer_, {}, stage, kVersions, Rules())) {
      texts.push_back(command.Display());
    }
    return texts;
  }

  // Enough of PEP 440 for one-digit versions.
  static VersionRules Rules() {
    return {.normalize = [](std::string_view text) -> std::optional<std::string> {
              if (text.starts_with("v")) text.remove_prefix(1);
              if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
              return std::string(text);
            },
            .compare = [](std::string_view a, std::string_view b) { return a.compare(b); }};
  }

  const MigrationVersions kVersions = {
      .from = "v1.0", .to = "v3.0", .pep440_from = "1.0", .pep440_to = "3.0"};
  Manifest manifest_;
  std::unique_ptr<StringRenderer> renderer_;
};

TEST_F(TasksTest, TextsGoToAShellAndListsDoNot) {
  Load("_tasks: ['echo {{ x }}', [echo, '{{ x }} y']]\n");
  Dict context;
  context.Set("x", Value("v"));
  const std::vector<PlannedCommand> commands = Plan(context);
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_TRUE(commands[0].shell);
  EXPECT_EQ(commands[0].arguments, (Strings{"echo v"}));
  EXPECT_EQ(TaskAnnouncement(commands[0]), " > Running task 1 of 2: echo v");
  EXPECT_FALSE(commands[1].shell);
  EXPECT_EQ(commands[1].arguments, (Strings{"echo", "v y"}));
  EXPECT_EQ(TaskAnnouncement(commands[1]), " > Running task 2 of 2: ['echo', 'v y']");
}

TEST_F(TasksTest, ConditionsAreCastAndSkippedTasksCount) {
  Load(
      "_tasks:\n"
      "- {command: a, when: false}\n"
      "- {command: b, when: '{{ x == 1 }}'}\n"
      "- {command: c, when: ''}\n"
      "- {command: d, when: \"{{ _copier_operation == 'update' }}\"}\n"
      "- {command: e, when: 'no'}\n");
  Dict context;
  context.Set("x", Value(1));
  const std::vector<PlannedCommand> commands = Plan(context, "update");
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(TaskAnnouncement(commands[0]), " > Running task 2 of 5: b");
  EXPECT_EQ(TaskAnnouncement(commands[1]), " > Running task 4 of 5: d");
}

TEST_F(TasksTest, EnvironmentAndFolder) {
  Load("_tasks: [{command: '{{ _stage }}', working_directory: 'sub/{{ x }}'}]\n");
  Dict context;
  context.Set("x", Value("d"));
  const PlannedCommand command = Plan(context).at(0);
  EXPECT_EQ(command.arguments, (Strings{"task"}));
  EXPECT_EQ(command.working_directory, "sub/d");
  EXPECT_EQ(command.environment,
            (std::map<std::string, std::string>{{"STAGE", "task"}, {"COPIER_OPERATION", "copy"}}));
}

TEST_F(TasksTest, ErrorsPointAtTheTask) {
  Load("a: x\n_tasks:\n- echo 1\n- echo {{ nope.x }}\n");
  try {
    Plan();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "'nope' is undefined");
    EXPECT_EQ(error.location().line, 4u);
    EXPECT_EQ(error.location().column, 11u);
  }
}

TEST_F(TasksTest, MigrationsRunInTheirStage) {
  Load(
      "_migrations:\n"
      "- after by default\n"
      "- {command: before, when: \"{{ _stage == 'before' }}\"}\n"
      "- {command: both, when: true}\n"
      "- [list, '{{ _stage }}']\n");
  EXPECT_EQ(Migrate("before"), (Strings{"before", "both"}));
  EXPECT_EQ(Migrate("after"), (Strings{"after by default", "both", "['list', 'after']"}));
}

TEST_F(TasksTest, MigrationsOfVersionsBetweenOldAndNew) {
  Load(
      "_migrations:\n"
      "- {version: v1.0, command: old}\n"
      "- {version: v2.0, command: 'two {{ _version_current }} {{ _version_pep440_current }}'}\n"
      "- {version: 3.0, command: three}\n"
      "- {version: v4.0, command: later}\n");
  EXPECT_EQ(Migrate("after"), (Strings{"two v2.0 2.0", "three"}));
  EXPECT_TRUE(HasMigrations(manifest_, kVersions, Rules()));
}

TEST_F(TasksTest, LegacyMigrationsNameTheirStage) {
  Load(
      "_migrations:\n"
      "- version: v2.0\n"
      "  before: ['b {{ _version_from }}', [c, d]]\n"
      "  after: ['a {{ _version_to }}']\n"
      "- version: v9.0\n"
      "  after: [never]\n");
  EXPECT_EQ(Migrate("before"), (Strings{"b v1.0", "['c', 'd']"}));
  EXPECT_EQ(Migrate("after"), (Strings{"a v3.0"}));
}

TEST_F(TasksTest, MigrationVariablesAreVersions) {
  Load(
      "_migrations: ['{{ _version_pep440_from.major }} {{ _version_pep440_to.release }} "
      "{{ _version_pep440_to.is_prerelease }} {{ _version_current is defined }}']\n");
  EXPECT_EQ(Migrate("after"), (Strings{"1 (3, 0) False False"}));
  const PlannedCommand command =
      PlanMigrations(manifest_, *renderer_, {}, "after", kVersions, Rules()).at(0);
  EXPECT_EQ(command.environment,
            (std::map<std::string, std::string>{{"STAGE", "after"},
                                                {"COPIER_OPERATION", "update"},
                                                {"VERSION_FROM", "v1.0"},
                                                {"VERSION_TO", "v3.0"},
                                                {"VERSION_PEP440_FROM", "1.0"},
                                                {"VERSION_PEP440_TO", "3.0"}}));
}

TEST_F(TasksTest, WithoutVersionsThereAreNoMigrations) {
  Load("_migrations: [x]\n");
  EXPECT_FALSE(HasMigrations(manifest_, {}, Rules()));
}

class RunTaskTest : public TasksTest {
 protected:
  void Run(std::string yaml) {
    Load(std::move(yaml));
    for (const PlannedCommand& command : Plan()) RunTask(host_, command, folder_.path());
  }

  const Host host_ = Host::FromProcess();
  const TempDir folder_{"/tmp", "scaffold-tasks-"};
};

TEST_F(RunTaskTest, RunsInTheDestinationWithItsVariables) {
  Run("_tasks: ['mkdir d', {command: 'echo $STAGE $COPIER_OPERATION > out', working_directory: "
      "d}]\n");
  EXPECT_EQ(ReadFile(folder_.path() / "d/out"), "task copy\n");
}

TEST_F(RunTaskTest, ListsAreNotReadByAShell) {
  Run("_tasks: [[touch, '$HOME; x']]\n");
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "$HOME; x"));
}

TEST_F(RunTaskTest, FailureHasCopiersText) {
  try {
    Run("_tasks: ['echo \"it''s\" > /dev/null; exit 3']\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kTask);
    EXPECT_EQ(error.message(),
              "Task 'echo \"it\\'s\" > /dev/null; exit 3' returned non-zero exit status 3.");
    EXPECT_EQ(error.location().line, 1u);
  }
}

TEST_F(RunTaskTest, MissingProgramIsAnError) {
  try {
    Run("_tasks: [[no-such-program-anywhere]]\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
    EXPECT_EQ(error.notes(), (Strings{"while running task 1 of 1"}));
  }
}

}  // namespace
}  // namespace scaffold
