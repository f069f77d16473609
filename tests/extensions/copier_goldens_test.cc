// Copier's environment through the renderer that the rest of scaffold uses.

#include <cstdlib>
#include <filesystem>
#include <limits>
#include <sstream>

#include "extensions/string_renderer.h"
#include "gtest/gtest.h"
#include "support/file.h"
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

std::string RenderOrError(StringRenderer& renderer, const std::string& text, const Value& context) {
  try {
    return renderer.Render(Source("<template>", text), context);
  } catch (const Error& error) {
    return std::string(PythonClassName(error.kind())) + ": " + error.message();
  }
}

class CopierCases : public ::testing::TestWithParam<Case> {};

TEST_P(CopierCases, PrintWhatCopierPrints) {
  RendererOptions options;
  if (GetParam().Has("envops")) options.envops = ParseJson(GetParam().Section("envops"));
  const auto renderer = MakeNativeRenderer(options);
  const Value context =
      GetParam().Has("context") ? ParseJson(GetParam().Section("context")) : Value(Dict());
  for (const Exchange& exchange : ReadExchanges(GetParam())) {
    EXPECT_EQ(exchange.expected, RenderOrError(*renderer, exchange.input, context))
        << exchange.input;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, CopierCases, ::testing::ValuesIn(LoadCases("copier")), CaseName);

// Golden rows kept elsewhere: SCAFFOLD_SHARED names the folder of reference material.
class SharedGoldens : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("SCAFFOLD_SHARED");
    if (folder == nullptr) GTEST_SKIP() << "SCAFFOLD_SHARED is not set";
    folder_ = folder;
  }

  std::vector<Value> Rows(const std::string& name) const {
    const std::filesystem::path path = folder_ / "reference/copier-goldens" / name;
    std::istringstream lines(ReadFile(path));
    std::vector<Value> rows;
    for (std::string line; std::getline(lines, line);) rows.push_back(ParseJson(line));
    return rows;
  }

  std::filesystem::path folder_;
};

TEST_F(SharedGoldens, Expressions) {
  // The rows come from Copier's bare environment, which has no `pathjoin`.
  const auto renderer = MakeNativeRenderer({});
  for (const Value& row : Rows("expressions.jsonl")) {
    const Dict& fields = row.AsDict();
    const std::string expression = fields.Get("expr").AsString();
    if (expression.starts_with("pathjoin")) continue;
    const std::string expected =
        fields.Has("out") ? fields.Get("out").AsString()
                          : fields.Get("error").AsString() + ": " + fields.Get("text").AsString();
    EXPECT_EQ(expected, RenderOrError(*renderer, "{{ " + expression + " }}", Value()))
        << expression;
  }
}

TEST_F(SharedGoldens, Dumps) {
  const auto renderer = MakeNativeRenderer({});
  for (const Value& row : Rows("yaml_json_dump.jsonl")) {
    const Dict& fields = row.AsDict();
    Dict context;
    const Value& input = *fields.Find("in");
    const bool infinite = input.IsString() && input.AsString() == "__inf__";
    context.Set("v", infinite ? Value(std::numeric_limits<double>::infinity()) : input);
    for (const char* filter :
         {"to_nice_yaml", "to_yaml", "to_json", "to_nice_json", "tojson", "pprint"}) {
      if (!fields.Has(filter)) continue;  // PyYAML or json refused it
      EXPECT_EQ(fields.Get(filter).AsString(),
                RenderOrError(*renderer, "{{ v|" + std::string(filter) + " }}", Value(context)))
          << Repr(input) << " | " << filter;
    }
    EXPECT_EQ(fields.Get("str").AsString(), RenderOrError(*renderer, "{{ v }}", Value(context)));
  }
}

}  // namespace
}  // namespace scaffold
