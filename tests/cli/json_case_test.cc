// The engine against answers of the real Jinja2: tests/oracle/make_engine_cases.py wrote the cases.

#include "cli/json_case.h"

#include <fstream>
#include <sstream>

#include "gtest/gtest.h"
#include "value/json.h"
#include "value/operators.h"

namespace scaffold::cli {
namespace {

constexpr char kCases[] = SCAFFOLD_SOURCE_DIR "/tests/cases/jinja/engine.jsonl";

Value Answer(const Value& request) {
  std::istringstream in(FormatJson(request) + "\n");
  std::ostringstream out;
  EXPECT_EQ(RunJsonCases(in, out), 0);
  return ParseJson(out.str());
}

TEST(JsonCase, AnswersWhatJinja2Answers) {
  std::ifstream file(kCases);
  size_t count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const Value row = ParseJson(line);
    const Value answer = Answer(row.AsDict().Get("case"));
    EXPECT_EQ(FormatJson(row.AsDict().Get("expect")), FormatJson(answer)) << line;
  }
  EXPECT_GT(count, 250u);
}

TEST(JsonCase, AnythingThatIsNoCaseIsAnAnswerWithAnError) {
  for (const std::string line :
       {"[]", "{", "1", "{\"source\": 1}", "{\"env\": [], \"source\": \"\"}",
        "{\"source\": \"\", \"context\": {\"a\": {\"$tuple\": 1}}}",
        "{\"source\": \"\", \"context\": {\"a\": {\"$range\": [1]}}}",
        "{\"source\": \"\", \"context\": {\"a\": {\"$dict\": [[1]]}}}"}) {
    std::istringstream in(line + "\n");
    std::ostringstream out;
    RunJsonCases(in, out);
    EXPECT_EQ(out.str().find('{'), 0u) << line;
  }
}

TEST(JsonCase, ValuesThatJsonLacksAreTagged) {
  std::istringstream in(
      R"({"source": "{{ t }}{{ f }}{{ d }}{{ m }}{{ r|list }}{{ s }}", "env": {"autoescape": true}, )"
      R"("context": {"t": {"$tuple": [1]}, "f": {"$float": "-inf"}, "d": {"$dict": [[1, 2]]}, )"
      R"("m": {"$markup": "<"}, "r": {"$range": [0, 4, 2]}, "s": {"$set": [1]}}})"
      "\n");
  std::ostringstream out;
  RunJsonCases(in, out);
  EXPECT_EQ(out.str(), "{\"ok\": \"(1,)-inf{1: 2}<[0, 2]{1}\"}\n");
}

}  // namespace
}  // namespace scaffold::cli
