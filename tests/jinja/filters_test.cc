#include "jinja/filters.h"

#include <set>

#include "gtest/gtest.h"
#include "scaffold/jinja.h"
#include "tests/testing/cases.h"
#include "tests/testing/exchanges.h"
#include "value/json.h"

namespace scaffold::jinja {
namespace {

using ::scaffold::testing::Case;
using ::scaffold::testing::CaseName;
using ::scaffold::testing::Exchange;
using ::scaffold::testing::LoadCases;
using ::scaffold::testing::ReadExchanges;

std::string RenderOrError(Environment& environment, const std::string& text, const Value& context) {
  try {
    return environment.FromString(text).Render(context);
  } catch (const Error& error) {
    return std::string(PythonClassName(error.kind())) + ": " + error.message();
  }
}

class FilterCases : public ::testing::TestWithParam<Case> {};

TEST_P(FilterCases, PrintWhatJinja2Prints) {
  Options options;
  if (GetParam().Has("env")) options.autoescape = Autoescape::kOn;
  const Value context =
      GetParam().Has("context") ? ParseJson(GetParam().Section("context")) : Value(Dict());
  for (const Exchange& exchange : ReadExchanges(GetParam())) {
    Environment environment(options);
    EXPECT_EQ(exchange.expected, RenderOrError(environment, exchange.input, context))
        << exchange.input;
  }
}

INSTANTIATE_TEST_SUITE_P(Filters, FilterCases, ::testing::ValuesIn(LoadCases("jinja/filters")),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(Tests, FilterCases, ::testing::ValuesIn(LoadCases("jinja/tests")),
                         CaseName);

TEST(Filters, AllOfJinja2AreThere) {
  EXPECT_EQ(BuiltinFilters().size(), 54u);
  EXPECT_EQ(BuiltinTests().size(), 39u);
}

TEST(Filters, GeneratorOfAnImportedModuleOutlivesTheRenderThatMadeIt) {
  Options options;
  options.loader = [](std::string_view) -> std::optional<std::string> {
    return "{% set g = ['a', 'b']|map('upper') %}";
  };
  Environment environment(options);
  environment.FromString("{% import 'm' as m %}").Render(Value());
  EXPECT_EQ(environment.FromString("{% import 'm' as m %}{{ m.g|list }}").Render(Value()),
            "['A', 'B']");
}

}  // namespace
}  // namespace scaffold::jinja
