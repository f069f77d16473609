#include "yaml/dump.h"

#include <limits>

#include "gtest/gtest.h"
#include "tests/yaml/json_rows.h"
#include "value/operators.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

Value RowValue(const Dict& row) {
  const Value value = row.Get("in");
  const bool infinite = value.IsString() && value.AsString() == "__inf__";
  return infinite ? Value(std::numeric_limits<double>::infinity()) : value;
}

// The filters of Ansible, as their calls of yaml.dump.
TEST(YamlDump, WritesEveryRowAsTheFilters) {
  yaml::DumpOptions nice = {.indent = 4};
  nice.python_tags = true;
  yaml::DumpOptions plain;
  plain.default_flow_style = std::nullopt;
  plain.python_tags = true;
  for (const Dict& row : LoadRows("yaml/dump_cases.jsonl")) {
    const Value value = RowValue(row);
    EXPECT_EQ(yaml::Dump(value, nice), TextOf(row, "to_nice_yaml"));
    EXPECT_EQ(yaml::Dump(value, plain), TextOf(row, "to_yaml"));
  }
}

TEST(YamlDump, SharedListsBecomeAliases) {
  const Value list(List{Value(1), Value(2)});
  Dict dict;
  dict.Set("x", list);
  dict.Set("y", list);
  dict.Set("z", Value(List{Value(1), Value(2)}));
  EXPECT_EQ(yaml::Dump(Value(std::move(dict))), "x: &id001\n- 1\n- 2\ny: *id001\nz:\n- 1\n- 2\n");
}

TEST(YamlDump, SharedTextIsWrittenTwice) {
  const Value text("a");
  EXPECT_EQ(yaml::Dump(Value(List{text, text})), "- a\n- a\n");
}

TEST(YamlDump, TuplesAreListsOrTagged) {
  const Value tuple = Value::Tuple({Value(1), Value("a")});
  EXPECT_EQ(yaml::Dump(tuple), "- 1\n- a\n");
  yaml::DumpOptions options;
  options.python_tags = true;
  EXPECT_EQ(yaml::Dump(tuple, options), "!!python/tuple\n- 1\n- a\n");
}

TEST(YamlDump, PythonObjectsAsPyYamlPicklesThem) {
  yaml::DumpOptions options;
  options.python_tags = true;
  EXPECT_EQ(yaml::Dump(Value::Markup("x"), options),
            "!!python/object/new:markupsafe.Markup\n- x\n");
  EXPECT_THROW(yaml::Dump(Value::Markup("x")), Error);
  EXPECT_THROW(yaml::Dump(Value::Undefined(), options), Error);
}

TEST(YamlDump, KeysThatDoNotCompareKeepTheirOrder) {
  Dict dict;
  dict.Set(Value(2), Value("b"));
  dict.Set(Value("a"), Value(1));
  dict.Set(Value(), Value("n"));
  EXPECT_EQ(yaml::Dump(Value(std::move(dict))), "2: b\na: 1\nnull: n\n");
}

TEST(YamlDump, DeepValueEndsInError) {
  Value value{List()};
  for (int i = 0; i < 5000; ++i) value = Value(List{value});
  EXPECT_THROW(yaml::Dump(value), Error);
}

TEST(YamlDump, ValueThatContainsItselfIsAnAlias) {
  const Value list{List{Value(1)}};
  list.MutableList().push_back(list);
  EXPECT_EQ(yaml::Dump(list), "&id001\n- 1\n- *id001\n");
  list.MutableList().clear();  // break the cycle
}

}  // namespace
}  // namespace scaffold
