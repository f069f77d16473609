// docs/security.md names tests; each of them is there.

#include "support/text.h"
#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

namespace fs = std::filesystem;

std::string EveryTest() {
  std::string text;
  for (const auto& entry : fs::recursive_directory_iterator(SCAFFOLD_SOURCE_DIR "/tests")) {
    const std::string suffix = entry.path().extension();
    if (suffix == ".cc" || suffix == ".py") text += ReadFile(entry.path());
  }
  return text;
}

// Whether a word in backquotes is the name of a test, not of a file.
bool IsTestName(std::string_view word) {
  if (word.starts_with("test_")) return true;
  return word.find('/') == std::string_view::npos && word.size() > 2 && word[0] >= 'A' &&
         word[0] <= 'Z';
}

TEST(SecurityDocs, EveryTestThatIsNamedIsThere) {
  const std::string tests = EveryTest();
  size_t names = 0;
  const std::string document = ReadFile(SCAFFOLD_SOURCE_DIR "/docs/security.md");
  for (const std::string_view line : Split(document, '\n')) {
    if (!line.starts_with("| ")) continue;
    const std::vector<std::string_view> parts = Split(line.substr(line.rfind(" | ")), '`');
    for (size_t i = 1; i < parts.size(); i += 2) {
      if (!IsTestName(parts[i])) continue;
      ++names;
      const std::string name(parts[i].substr(parts[i].find('.') + 1));
      EXPECT_NE(tests.find(name), std::string::npos) << parts[i];
    }
  }
  EXPECT_GT(names, 25u);
}

}  // namespace
}  // namespace scaffold::testing
