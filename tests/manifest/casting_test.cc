#include "manifest/casting.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/yaml/json_rows.h"

namespace scaffold {
namespace {

// "1", or "ValueError: invalid literal ..." as Python's traceback ends.
std::string Cast(std::string_view type, const Value& value) {
  try {
    return Repr(CastAnswer(type, value));
  } catch (const Error& error) {
    return std::string(PythonClassName(error.kind())) + ": " + error.message();
  }
}

TEST(Casting, CastsEveryRowAsCopier) {
  for (const Dict& row : LoadRows("manifest/cast_cases.jsonl")) {
    const Value value = row.Get("in");
    SCOPED_TRACE(Repr(value));
    EXPECT_EQ(CastToBool(value), row.Get("bool").AsBool());
    for (const std::string type : {"int", "float", "str"}) {
      const std::string wanted = TextOf(row, row.Has(type) ? type : type + "_error");
      EXPECT_EQ(Cast(type, value), wanted) << type;
    }
  }
}

TEST(Casting, ShallowListsKeepTheTextOfTheirItems) {
  for (const Dict& row : LoadRows("manifest/yaml_list_cases.jsonl")) {
    const std::string text = TextOf(row, "in");
    SCOPED_TRACE(text);
    try {
      List items;
      for (const std::string& item : ParseYamlList(text)) items.emplace_back(item);
      EXPECT_EQ(Repr(Value(std::move(items))), Repr(row.Get("out")));
    } catch (const Error& error) {
      EXPECT_EQ(error.message(), TextOf(row, "text"));
      if (TextOf(row, "error") == "TypeError") {
        EXPECT_EQ(error.kind(), ErrorKind::kType);
      }
    }
  }
}

TEST(Casting, YamlAndJsonReadTextOnly) {
  EXPECT_EQ(Cast("yaml", Value("[1, yes]")), "[1, True]");
  EXPECT_EQ(Cast("yaml", Value(5)), "5");
  EXPECT_EQ(Cast("json", Value("{\"a\": NaN}")), "{'a': nan}");
  EXPECT_EQ(Cast("json", Value(List{Value(1)})), "[1]");
  EXPECT_EQ(Cast("json", Value("x")), "JSONDecodeError: Expecting value: line 1 column 1 (char 0)");
}

TEST(Casting, MalformedYamlIsAValueErrorInPyYamlsWords) {
  EXPECT_EQ(Cast("yaml", Value("a: b: c")),
            "ValueError: mapping values are not allowed here\n"
            "  in \"<unicode string>\", line 1, column 5:\n"
            "    a: b: c\n"
            "        ^");
}

TEST(Casting, PathIsText) {
  EXPECT_EQ(Cast("path", Value("~/x")), "'~/x'");
  EXPECT_EQ(Cast("path", Value(1.5)), "'1.5'");
}

TEST(Casting, KnowsTheTypes) {
  EXPECT_TRUE(IsAnswerType("path"));
  EXPECT_FALSE(IsAnswerType("list"));
  EXPECT_FALSE(IsAnswerType(""));
}

}  // namespace
}  // namespace scaffold
