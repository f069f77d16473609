#include "cli/flags.h"

#include "cli/completion.h"
#include "cli/manual.h"
#include "support/text.h"
#include "tests/cli/cli_test_support.h"

namespace scaffold::cli {
namespace {

// The row of a flag in the table of docs/cli.md.
std::string DocumentedRow(const FlagRow& flag) {
  std::vector<std::string> commands;
  for (const CommandRow& command : Commands()) {
    if ((flag.commands & Bit(command.id)) != 0) commands.emplace_back(command.name);
  }
  std::string names = ReplaceAll(flag.names, ",", ", ");
  if (!flag.value.empty()) names += " " + std::string(flag.value);
  return "| `" + names + "` | " +
         (commands.size() == Commands().size() ? "all" : Join(commands, ", ")) + " | " +
         std::string(flag.help) + " |\n";
}

TEST(Flags, EachHasItsRowInTheDocumentation) {
  const std::string text = ReadFile(SCAFFOLD_SOURCE_DIR "/docs/cli.md");
  for (const FlagRow& flag : Flags()) {
    if (flag.visibility == Visibility::kHidden) continue;
    EXPECT_NE(text.find(DocumentedRow(flag)), std::string::npos) << DocumentedRow(flag);
  }
  for (const CommandRow& command : Commands()) {
    EXPECT_NE(text.find("    scaffold " + std::string(command.name) + " "), std::string::npos)
        << command.name;
  }
}

TEST(Flags, EachIsInTheManualAndInEveryCompletion) {
  const std::string manual = ReplaceAll(FormatManual(), "\\-", "-");
  for (const FlagRow& flag : Flags()) {
    if (flag.visibility == Visibility::kHidden) continue;
    for (const std::string_view name : LongNames(flag)) {
      EXPECT_NE(manual.find(name), std::string::npos) << name;
      for (const std::string_view shell : CompletionShells()) {
        // fish has names without dashes.
        const std::string_view wanted = shell == "fish" ? name.substr(2) : name;
        EXPECT_NE(FormatCompletion(shell).find(wanted), std::string::npos) << shell << name;
      }
    }
  }
}

TEST(Flags, NoTextOfAFlagBreaksOutOfAShellScript) {
  // What stands in the tables is put between quotes; these characters would need more than that.
  for (const FlagRow& flag : Flags()) {
    EXPECT_EQ(flag.names.find_first_of("'\"\\$` "), std::string_view::npos) << flag.names;
    EXPECT_EQ(flag.help.find_first_of("\\\n"), std::string_view::npos) << flag.names;
  }
}

}  // namespace
}  // namespace scaffold::cli
