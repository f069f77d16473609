// Case files: tests as text.
//
// A file under tests/cases/ is a sequence of sections, each headed by a line `=== NAME`. The text
// of a section runs to the next heading; its last newline belongs to the heading that follows.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace scaffold::testing {

struct Case {
  std::string name;  // path below tests/cases without ".case"
  std::map<std::string, std::string> sections;
  const std::string& Section(const std::string& section) const;  // fails the test when missing
  bool Has(const std::string& section) const { return sections.count(section) != 0; }
};

// All *.case files of tests/cases/`folder` and below it, sorted.
std::vector<Case> LoadCases(const std::string& folder);
// For INSTANTIATE_TEST_SUITE_P.
std::string CaseName(const ::testing::TestParamInfo<Case>& info);
void PrintTo(const Case& test_case, std::ostream* out);

// Compares with a stored file below tests/; with SCAFFOLD_UPDATE_GOLDEN=1 writes it instead.
void ExpectGolden(const std::string& path, const std::string& actual);

}  // namespace scaffold::testing
