// Tables of cases: one JSON object a line.

#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "scaffold/value.h"
#include "value/json.h"

namespace scaffold {

// The rows of a file below tests/.
inline std::vector<Dict> LoadRows(const std::string& path) {
  std::vector<Dict> rows;
  std::ifstream file(std::string(SCAFFOLD_SOURCE_DIR "/tests/") + path);
  for (std::string line; std::getline(file, line);) rows.push_back(ParseJson(line).AsDict());
  EXPECT_FALSE(rows.empty()) << path;
  return rows;
}

inline std::string TextOf(const Dict& row, std::string_view key) {
  const Value* value = row.Find(key);
  return value == nullptr ? "" : value->AsString();
}

}  // namespace scaffold
