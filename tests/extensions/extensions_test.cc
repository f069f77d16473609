#include <cstdlib>
#include <ctime>

#include "extensions/registry.h"
#include "gtest/gtest.h"
#include "tests/testing/cases.h"
#include "tests/testing/exchanges.h"
#include "value/json.h"

namespace scaffold {
namespace {

using testing::Case;
using testing::CaseName;
using testing::Exchange;
using testing::LoadCases;
using testing::ReadExchanges;

std::vector<std::string> ImportPaths(const Case& test_case) {
  std::vector<std::string> paths;
  const Value options = ParseJson(test_case.Section("env"));
  const Value names = options.AsDict().Get("extensions");
  for (const Value& path : names.AsList()) {
    paths.push_back(path.AsString());
  }
  return paths;
}

std::string RenderOrError(const std::vector<std::string>& import_paths, const std::string& text,
                          const Value& context) {
  try {
    jinja::Options options;
    options.sandbox = jinja::Sandbox::kOn;
    options.syntax.keep_trailing_newline = true;
    ConfigureExtensions(import_paths, &options);
    jinja::Environment environment(options);
    InstallExtensions(import_paths, &environment);
    return environment.FromString(text).Render(context);
  } catch (const Error& error) {
    return std::string(PythonClassName(error.kind())) + ": " + error.message();
  }
}

class ExtensionCases : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    setenv("TZ", "UTC", 1);
    setenv("HOME", "/home/me", 1);
    tzset();
  }
};

TEST_P(ExtensionCases, PrintWhatThePackagesPrint) {
  const std::vector<std::string> paths = ImportPaths(GetParam());
  const Value context =
      GetParam().Has("context") ? ParseJson(GetParam().Section("context")) : Value(Dict());
  for (const Exchange& exchange : ReadExchanges(GetParam())) {
    EXPECT_EQ(exchange.expected, RenderOrError(paths, exchange.input, context)) << exchange.input;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ExtensionCases, ::testing::ValuesIn(LoadCases("extensions")),
                         CaseName);

}  // namespace
}  // namespace scaffold
