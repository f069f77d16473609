// Python's answers to the expressions of tests/value/tables/, made by make_tables.py.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "tests/value/expression_support.h"

namespace scaffold::testing {
namespace {

std::vector<std::string> TableNames() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(SCAFFOLD_SOURCE_DIR "/tests/value/tables")) {
    names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ExpressionTable : public ::testing::TestWithParam<std::string> {};

TEST_P(ExpressionTable, AnswersAsPython) {
  std::ifstream table(SCAFFOLD_SOURCE_DIR "/tests/value/tables/" + GetParam() + ".tsv");
  size_t expressions = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line[0] == '#') continue;
    const size_t tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << line;
    const std::string expression = line.substr(0, tab);
    EXPECT_EQ(DescribeResult(expression), line.substr(tab + 1)) << "for " << expression;
    ++expressions;
  }
  EXPECT_GT(expressions, 0u);
}

INSTANTIATE_TEST_SUITE_P(Tables, ExpressionTable, ::testing::ValuesIn(TableNames()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace scaffold::testing
