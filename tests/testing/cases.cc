#include "tests/testing/cases.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "support/file.h"

namespace scaffold::testing {
namespace {

namespace fs = std::filesystem;

const fs::path& TestsDirectory() {
  static const fs::path path = fs::path(SCAFFOLD_SOURCE_DIR) / "tests";
  return path;
}

std::map<std::string, std::string> ParseSections(const std::string& text) {
  std::map<std::string, std::string> sections;
  std::string name;
  size_t pos = 0;
  while (pos < text.size()) {
    size_t end = text.find('\n', pos);
    if (end == std::string::npos) end = text.size();
    std::string line = text.substr(pos, end - pos);
    if (line.starts_with("=== ")) {
      name = line.substr(4);
      sections[name];
    } else {
      sections[name] += line + "\n";
    }
    pos = end + 1;
  }
  for (auto& [key, body] : sections) {
    if (!body.empty()) body.pop_back();
  }
  return sections;
}

}  // namespace

const std::string& Case::Section(const std::string& section) const {
  static const std::string empty;
  auto found = sections.find(section);
  EXPECT_TRUE(found != sections.end()) << name << " has no section '" << section << "'";
  return found == sections.end() ? empty : found->second;
}

std::vector<Case> LoadCases(const std::string& folder) {
  const fs::path root = TestsDirectory() / "cases";
  std::vector<Case> cases;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (entry.path().extension() != ".case") continue;
    std::string name = fs::relative(entry.path(), root).replace_extension().string();
    cases.push_back({name, ParseSections(ReadFile(entry.path()))});
  }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

std::string CaseName(const ::testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

void PrintTo(const Case& test_case, std::ostream* out) { *out << test_case.name; }

void ExpectGolden(const std::string& path, const std::string& actual) {
  const fs::path file = TestsDirectory() / path;
  if (std::getenv("SCAFFOLD_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(file.parent_path());
    WriteFile(file, actual);
    return;
  }
  EXPECT_EQ(ReadFileIfExists(file).value_or("<no golden file>"), actual) << path;
}

}  // namespace scaffold::testing
