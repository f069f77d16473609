#include "source/version.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "gtest/gtest.h"

namespace scaffold {
namespace {

using Json = nlohmann::json;

std::vector<Json> LoadRows() {
  std::vector<Json> rows;
  std::ifstream file(SCAFFOLD_SOURCE_DIR "/tests/source/version_cases.jsonl");
  for (std::string line; std::getline(file, line);) rows.push_back(Json::parse(line));
  return rows;
}

Json Describe(const std::string& text) {
  const std::optional<Version> version = Version::Parse(text);
  if (!version) return {{"in", text}, {"invalid", true}};
  return {{"in", text},
          {"text", version->text()},
          {"public", version->public_text()},
          {"base", version->base_version()},
          {"local", version->local()},
          {"pre", version->is_prerelease()},
          {"post", version->is_postrelease()},
          {"dev", version->is_devrelease()},
          {"numbers", {version->major().text(), version->minor().text(), version->micro().text()}}};
}

TEST(Version, ReadsEveryRowAsPackagingDoes) {
  const std::vector<Json> rows = LoadRows();
  ASSERT_GT(rows.size(), 1000u);
  for (const Json& row : rows) {
    if (row.contains("in")) {
      EXPECT_EQ(Describe(row["in"]), row);
    }
  }
}

TEST(Version, OrderIsThatOfPackaging) {
  const Json groups = LoadRows().back()["ordered"];
  std::optional<Version> before;
  for (const Json& group : groups) {
    const std::optional<Version> first = Version::Parse(group[0].get<std::string>());
    ASSERT_TRUE(first);
    for (const std::string text : group) EXPECT_TRUE(*Version::Parse(text) == *first) << text;
    if (before) {
      EXPECT_TRUE(*before < *first) << before->text() << " " << first->text();
    }
    before = first;
  }
}

}  // namespace
}  // namespace scaffold
