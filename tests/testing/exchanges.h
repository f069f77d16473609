// Case files with many numbered inputs: "=== in 1", "=== out 1", "=== in 2", "=== error 2", ...

#pragma once

#include <string>
#include <vector>

#include "tests/testing/cases.h"

namespace scaffold::testing {

struct Exchange {
  std::string input;
  std::string expected;  // an error is "Class: message"
};

inline std::vector<Exchange> ReadExchanges(const Case& test_case) {
  std::vector<Exchange> exchanges;
  for (int number = 1; test_case.Has("in " + std::to_string(number)); ++number) {
    const std::string suffix = " " + std::to_string(number);
    const bool error = test_case.Has("error" + suffix);
    exchanges.push_back(
        {test_case.Section("in" + suffix), test_case.Section((error ? "error" : "out") + suffix)});
  }
  EXPECT_FALSE(exchanges.empty()) << test_case.name;
  return exchanges;
}

}  // namespace scaffold::testing
