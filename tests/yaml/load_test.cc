#include "yaml/load.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/yaml/json_rows.h"
#include "tests/yaml/requests.h"
#include "value/operators.h"

namespace scaffold {
namespace {

Value Load(const std::string& text) { return yaml::Load(Source("", text)); }

Error LoadError(const std::string& text) {
  try {
    Load(text);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "accepted: " << text.substr(0, 200);
  return Error(ErrorKind::kValue, "");
}

std::string Repeat(std::string_view text, size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

// What PyYAML makes of single documents, and with which words it refuses them.
TEST(YamlLoad, ReadsEveryRowAsPyYaml) {
  for (const Dict& row : LoadRows("yaml/load_cases.jsonl")) {
    SCOPED_TRACE(Repr(*row.Find("in")));
    yaml::LoadOptions options;
    options.error_text = yaml::ErrorText::kPython;
    try {
      const Value value = yaml::Load(Source("", TextOf(row, "in")), options);
      EXPECT_EQ(TypeName(value), TextOf(row, "type"));
      EXPECT_EQ(Repr(value), TextOf(row, "repr"));
    } catch (const Error& error) {
      EXPECT_EQ(error.message(), TextOf(row, "text"));
    }
  }
}

// A slice of tests/oracle/yaml_differential.py: streams, and dumps with random options.
TEST(YamlLoad, AnswersGeneratedRequestsAsPyYaml) {
  for (const Dict& row : LoadRows("yaml/generated_cases.jsonl")) {
    EXPECT_EQ(AnswerOrError(TextOf(row, "request")), TextOf(row, "answer"))
        << TextOf(row, "request");
  }
}

TEST(YamlLoad, AliasesShareTheirValue) {
  const Value value = Load("a: &x [1]\nb: *x\n");
  EXPECT_TRUE(value.AsDict().Get("a").IsSame(value.AsDict().Get("b")));
}

TEST(YamlLoad, ReadsUtf16WithByteOrderMark) {
  const std::string_view little(
      "\xFF\xFE"
      "a\0:\0 \0\xE9\0",
      10);
  const std::string_view big(
      "\xFE\xFF"
      "\0a\0:\0 \0\xE9",
      10);
  EXPECT_EQ(Repr(Load(std::string(little))), "{'a': 'é'}");
  EXPECT_EQ(Repr(Load(std::string(big))), "{'a': 'é'}");
  EXPECT_EQ(LoadError(std::string(little.substr(0, 9))).kind(), ErrorKind::kYaml);
}

TEST(YamlLoad, DropsUtf8ByteOrderMark) {
  EXPECT_EQ(Repr(Load("\xEF\xBB\xBF"
                      "a: 1")),
            "{'a': 1}");
}

TEST(YamlLoad, RefusesBytesThatAreNoText) {
  const Error error = LoadError("a: b\nc: \xC3(\n");
  EXPECT_EQ(error.message(), "'utf-8' codec can't decode byte #xc3: invalid continuation byte");
  EXPECT_EQ(error.location().line, 2u);
  EXPECT_EQ(error.location().column, 4u);
}

TEST(YamlLoad, ErrorHasPlaceAndContext) {
  const Error error = LoadError("first: 1\nlist: [a,\n  b\nlast: 2\n");
  EXPECT_EQ(error.message(), "expected ',' or ']', but got ':'");
  EXPECT_EQ(error.location().line, 4u);
  EXPECT_EQ(error.location().column, 5u);
  EXPECT_EQ(error.location().line_text, "last: 2");
  ASSERT_EQ(error.notes().size(), 1u);
  EXPECT_EQ(error.notes()[0], "while parsing a flow sequence that begins at line 2, column 7");
}

TEST(YamlLoad, ErrorOfScalarHasItsPlace) {
  const Error error = LoadError("when: 2001-02-30\n");
  EXPECT_EQ(error.message(), "day is out of range for month");
  EXPECT_EQ(error.location().column, 7u);
  EXPECT_EQ(error.location().length, 10u);
}

TEST(YamlLoad, RefusesValueThatContainsItself) {
  for (const char* text : {"&a [*a]", "&a {b: *a}", "a: &a\n  - {b: [*a]}\n", "&a {<<: *a}"}) {
    EXPECT_EQ(LoadError(text).message(), "found unconstructable recursive node") << text;
  }
}

TEST(YamlLoad, RefusesDeepNesting) {
  for (const std::string& text :
       {Repeat("[", 100000), Repeat("- ", 100000), Repeat("{a: ", 100000), Repeat("? ", 100000)}) {
    EXPECT_EQ(LoadError(text).kind(), ErrorKind::kRecursion) << text.substr(0, 10);
  }
  EXPECT_TRUE(Load(Repeat("[", 400) + Repeat("]", 400)).IsList());
}

TEST(YamlLoad, AliasBombEndsInError) {
  std::string text = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 64; ++i) {
    const std::string before = std::to_string(i - 1);
    const std::string name = std::to_string(i);
    text += "a" + name + ": &a" + name + " [*a" + before + ", *a" + before + "]\n";
  }
  EXPECT_EQ(LoadError(text).kind(), ErrorKind::kLimit);
  const std::string long_text = "a: &a " + Repeat("x", 100'000) + "\nb: [";
  EXPECT_TRUE(Load(long_text + Repeat("*a, ", 100) + "]").IsDict());
  EXPECT_EQ(LoadError(long_text + Repeat("*a, ", 1000) + "]").kind(), ErrorKind::kLimit);
}

TEST(YamlLoad, MergeBombEndsInError) {
  std::string text = "a0: &a0 {k: v}\n";
  for (int i = 1; i < 64; ++i) {
    const std::string before = std::to_string(i - 1);
    const std::string name = std::to_string(i);
    text += "a" + name + ": &a" + name + " {<<: [*a" + before + ", *a" + before + "]}\n";
  }
  EXPECT_EQ(LoadError(text).kind(), ErrorKind::kLimit);
}

TEST(YamlLoad, DeepMergesEndInError) {
  std::string text = "deep:\n- - &a0 {k: v}\n";
  for (int i = 1; i < 1000; ++i) {
    text += "  - &a" + std::to_string(i) + " {<<: *a" + std::to_string(i - 1) + "}\n";
  }
  EXPECT_EQ(LoadError(text + "top: {<<: *a999}\n").kind(), ErrorKind::kRecursion);
}

// PyYAML's and our scanner look ahead for keys; none of these may take more than linear time.
TEST(YamlLoad, LongInputTakesLinearTime) {
  constexpr size_t kCount = 40000;
  for (const std::string& text :
       {Repeat("a: b\n", kCount), Repeat("- a\n", kCount), "[" + Repeat("a,", kCount) + "]",
        "{" + Repeat("a: 1,", kCount) + "}", "\"" + Repeat("a b\\n", kCount) + "\"",
        Repeat("word ", kCount), "|\n" + Repeat(" text\n", kCount), Repeat("# c\n", kCount),
        Repeat("---\n", kCount), "[" + Repeat("&a b,", 1) + Repeat("*a ,", kCount) + "]",
        Repeat("!", kCount), Repeat(",", kCount), Repeat("?", kCount), Repeat("a\n", kCount)}) {
    try {
      yaml::LoadAll(Source("", text));
    } catch (const Error&) {
      // Some are malformed; only the time counts.
    }
  }
}

// Places ------------------------------------------------------------------------------------------

TEST(YamlSpans, StandBesideTheValues) {
  const Source source("", "é: [1, 'two']\nmap:\n  key: >\n    text\n  1: x\n");
  const yaml::Document document = yaml::LoadDocument(source);
  const yaml::SpanNode* list = document.spans.Find("é");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(source.Slice(list->span), "[1, 'two']");
  EXPECT_EQ(source.Slice(list->key), "é");
  ASSERT_EQ(list->items.size(), 2u);
  EXPECT_EQ(source.Slice(list->items[1].span), "'two'");
  const yaml::SpanNode* map = document.spans.Find("map");
  ASSERT_NE(map, nullptr);
  ASSERT_NE(map->Find("key"), nullptr);
  EXPECT_EQ(source.Slice(map->Find("key")->span), ">\n    text\n");
  ASSERT_NE(map->Find("1"), nullptr);
  EXPECT_EQ(source.Slice(map->Find("1")->span), "x");
  EXPECT_EQ(map->Find("absent"), nullptr);
}

TEST(YamlSpans, AliasStandsWhereItIsWritten) {
  const Source source("", "a: &x {k: v}\nb: *x\n");
  const yaml::Document document = yaml::LoadDocument(source);
  EXPECT_EQ(source.Slice(document.spans.Find("b")->span), "*x");
}

TEST(YamlSpans, LastOfEqualKeysCounts) {
  const Source source("", "a: 1\na: 22\n");
  const yaml::Document document = yaml::LoadDocument(source);
  EXPECT_EQ(source.Slice(document.spans.Find("a")->span), "22");
}

// Tags --------------------------------------------------------------------------------------------

TEST(YamlTags, HandlerGivesValueOfUnknownTag) {
  yaml::LoadOptions options;
  options.on_tag = [](std::string_view tag, const Value& scalar, Span) -> std::optional<Value> {
    if (tag != "!up") return std::nullopt;
    return Value(scalar.AsString() + "!");
  };
  EXPECT_EQ(Repr(yaml::Load(Source("", "[!up a, b]"), options)), "['a!', 'b']");
  EXPECT_THROW(yaml::Load(Source("", "!down a"), options), Error);
}

TEST(YamlRawItems, AreTheTextsOfTheList) {
  const auto items = yaml::LoadRawItems(Source("", "- 'a'\n- {b: 1}\n- 3\n"));
  ASSERT_TRUE(items.has_value());
  ASSERT_EQ(items->size(), 3u);
  EXPECT_EQ((*items)[0].text, "'a'");
  EXPECT_TRUE((*items)[0].is_string);
  EXPECT_EQ((*items)[1].text, "{b: 1}");
  EXPECT_FALSE((*items)[2].is_string);
  EXPECT_FALSE(yaml::LoadRawItems(Source("", "a")).has_value());
}

}  // namespace
}  // namespace scaffold
