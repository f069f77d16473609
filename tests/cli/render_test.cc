// `scaffold render` for people and shell scripts.

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

TEST(Render, ATemplateWithDataOfEveryKind) {
  CliTest test;
  test.File("t.j2", "{{ a }} {{ b }} {{ c.when.year }} {{ d }}\n");
  test.File("a.json", R"({"a": 1, "b": "json"})");
  test.File("b.yml", "b: yaml\n");
  test.File("c.toml", "[c]\nwhen = 2020-01-02\n");
  test.Run({"render", "t.j2", "--data-file", "a.json", "--data-file", "b.yml", "--data-file",
            "c.toml", "-D", "d=[1, x]"},
           0);
  EXPECT_EQ(test.out(), "1 yaml 2020 [1, 'x']\n");
  EXPECT_EQ(test.err(), "");
}

TEST(Render, TomlHasPythonsTypesAndTheOrderOfTheFile) {
  CliTest test;
  test.File("t.j2", "{{ z }}|{{ a }}|{{ n }}|{{ t }}|{{ m }}|{{ l }}|{{ e.x }}");
  test.File("d.toml",
            "z = 1.5\na = true\nn = \"text\"\nt = 2020-01-02T03:04:05+01:00\nm = 03:04:05.25\n"
            "l = [1, {q = 1, b = 2}]\n[e]\nx = -3\n");
  test.Run({"render", "t.j2", "--data-file", "d.toml"}, 0);
  EXPECT_EQ(test.out(),
            "1.5|True|text|2020-01-02 03:04:05+01:00|03:04:05.250000|[1, {'q': 1, 'b': 2}]|-3");
}

TEST(Render, TheTemplateMayComeFromStandardInput) {
  CliTest test;
  test.Input("Hello {{ name }}!\n");
  test.Run({"render", "-", "--data", "name=World"}, 0);
  EXPECT_EQ(test.out(), "Hello World!\n");
}

TEST(Render, TheDataMayComeFromStandardInput) {
  CliTest test;
  test.File("t.j2", "{{ name }}");
  test.Input("{\"name\": \"World\"}");
  test.Run({"render", "t.j2", "--data-file", "-"}, 0);
  EXPECT_EQ(test.out(), "World");
}

TEST(Render, StandardInputIsReadOnce) {
  CliTest test;
  test.Run({"render", "-", "--data-file", "-"}, 2);
  EXPECT_EQ(test.err(), "error: standard input can be read once only\n");
}

TEST(Render, TheEnvironmentIsThereWhenAskedFor) {
  CliTest test;
  test.File("t.j2", "{{ env.GREETING }}").Variable("GREETING", "hi");
  test.Run({"render", "t.j2", "--env"}, 0);
  EXPECT_EQ(test.out(), "hi");
  test.Run({"render", "t.j2"}, 1);
  EXPECT_NE(test.err().find("error: 'env' is undefined\n"), std::string::npos) << test.err();
}

TEST(Render, UndefinedNamesAreErrorsWhenStrict) {
  CliTest test;
  test.File("t.j2", "[{{ nmae }}]");
  test.Run({"render", "t.j2", "-D", "name=x"}, 0);
  EXPECT_EQ(test.out(), "[]");
  test.Run({"render", "t.j2", "-D", "name=x", "--strict"}, 1);
  EXPECT_EQ(test.out(), "");
  EXPECT_EQ(test.err(),
            "error: 'nmae' is undefined\n"
            " --> t.j2:1:5\n"
            "  |\n"
            "1 | [{{ nmae }}]\n"
            "  |     ^^^^\n"
            "help: did you mean 'name'?\n");
}

TEST(Render, UnknownKeysOfDictsSuggestTheNearest) {
  CliTest test;
  test.File("t.j2", "{{ user.nmae.first }}");
  test.Run({"render", "t.j2", "-D", "user={name: x}"}, 1);
  EXPECT_NE(test.err().find("error: 'dict object' has no attribute 'nmae'\n"), std::string::npos);
  EXPECT_NE(test.err().find("help: did you mean 'name'?\n"), std::string::npos) << test.err();
}

TEST(Render, ListsTheVariablesThatATemplateTakes) {
  CliTest test;
  test.File("t.j2", "{% set local = b %}{{ a }}{{ local }}{{ range(3)|list }}{{ c.d }}");
  test.Run({"render", "t.j2", "--list-variables"}, 0);
  EXPECT_EQ(test.out(), "a\nb\nc\n");
  test.Run({"render", "t.j2", "--list-variables", "--json"}, 0);
  EXPECT_EQ(test.out(), "[\"a\", \"b\", \"c\"]\n");
}

TEST(Render, WritesAFileWholeOrNotAtAll) {
  CliTest test;
  test.File("t.j2", "{{ 1 / n }}").File("out.txt", "old");
  test.Run({"render", "t.j2", "-D", "n=0", "-o", "out.txt"}, 1);
  EXPECT_EQ(test.Read("out.txt"), "old");
  test.Run({"render", "t.j2", "-D", "n=2", "-o", "out.txt"}, 0);
  EXPECT_EQ(test.out(), "");
  EXPECT_EQ(test.Read("out.txt"), "0.5");
}

TEST(Render, ErrorsShowTheChainOfIncludesAndMacros) {
  CliTest test;
  test.File("top.j2", "x\n{% include 'parts/mid.j2' %}");
  test.File("parts/mid.j2", "{% import 'lib.j2' as lib %}\n\n{{ lib.show(1) }}");
  test.File("lib.j2", "{% macro show(x) %}\n{{ x.a.b }}{% endmacro %}");
  test.Run({"render", "top.j2"}, 1);
  EXPECT_EQ(test.err(),
            "error: 'int object' has no attribute 'a'\n"
            " --> lib.j2:2:4\n"
            "  |\n"
            "2 | {{ x.a.b }}{% endmacro %}\n"
            "  |    ^^^^^\n"
            "note: in macro 'show', called at parts/mid.j2:3\n"
            "note: included at top.j2:2\n");
}

TEST(Render, ErrorsAsJsonForTools) {
  CliTest test;
  test.File("t.j2", "a\n{{ x|uper }}");
  test.Run({"render", "t.j2", "--json"}, 1);
  EXPECT_EQ(test.out(), "");
  EXPECT_EQ(test.err(),
            R"({"error": {"type": "TemplateAssertionError", "message": "No filter named 'uper'.", )"
            R"("file": "t.j2", "line": 2, "column": 6, "length": 4, "source": "{{ x|uper }}", )"
            R"("help": "did you mean 'upper'?", "notes": []}})"
            "\n");
  test.Run({"render", "--json"}, 2);
  EXPECT_NE(test.err().find("\"line\": null"), std::string::npos) << test.err();
}

TEST(Render, IncludesStayInTheFolderOfTheTemplate) {
  CliTest test;
  test.File("secret", "no").File("t/a.j2", "{% include '../secret' %}");
  test.File("t/b.j2", "{% include 'link' %}").File("t/c.j2", "{% include '/etc/hostname' %}");
  test.File("t/d.j2", "{% include 'sub/e.j2' %}").File("t/sub/e.j2", "{% include 'f.j2' %}");
  test.File("t/f.j2", "beside the first");
  std::filesystem::create_symlink("../secret", test.folder() / "t/link");
  for (const auto& [name, error] :
       {std::pair("t/a.j2", "have no '..'"), std::pair("t/b.j2", "'link' not found in search path"),
        std::pair("t/c.j2", "'/etc/hostname' not found in search path")}) {
    test.Run({"render", name}, 1);
    EXPECT_EQ(test.out(), "");
    EXPECT_NE(test.err().find(error), std::string::npos) << test.err();
  }
  test.Run({"render", "t/d.j2"}, 0);
  EXPECT_EQ(test.out(), "beside the first");
}

TEST(Render, KnowsTheFiltersOfTemplatesForCopierAndCookiecutter) {
  CliTest test;
  test.Input("{{ 'My Project'|to_snake }} {{ 'a b'|slugify }} {{ {}|to_nice_json }} {% do [] %}");
  test.Run({"render", "-"}, 0);
  EXPECT_EQ(test.out(), "my_project a-b {} ");
}

TEST(Render, BadDataIsAnErrorWithItsPlace) {
  CliTest test;
  test.File("t.j2", "x").File("d.toml", "a = 1\nb = = 2\n").File("d.json", "{\"a\": }");
  test.File("list.yml", "- a\n").File("latin.toml", "a = '\xe9'\n");
  test.Run({"render", "t.j2", "--data-file", "d.toml"}, 1);
  EXPECT_NE(test.err().find("d.toml:2:5\n"), std::string::npos) << test.err();
  test.Run({"render", "t.j2", "--data-file", "d.json"}, 1);
  EXPECT_EQ(test.err(), "error: 'd.json' is not JSON: Expecting value: line 1 column 7 (char 6)\n");
  test.Run({"render", "t.j2", "--data-file", "list.yml"}, 1);
  EXPECT_EQ(test.err(),
            "error: the data in 'list.yml' is a list, not a mapping\n"
            "help: the names of the variables are its keys\n");
  test.Run({"render", "t.j2", "--data-file", "latin.toml"}, 1);
  EXPECT_EQ(test.err(), "error: 'latin.toml' is not UTF-8\n");
  test.Run({"render", "t.j2", "-D", "a"}, 2);
  EXPECT_NE(test.err().find("is not NAME=VALUE"), std::string::npos);
  test.Run({"render", "t.j2", "-D", "a=[1"}, 1);
  EXPECT_NE(test.err().find("--data a:1:"), std::string::npos) << test.err();
}

TEST(Render, NeedsATemplate) {
  CliTest test;
  test.Run({"render"}, 2);
  EXPECT_EQ(test.err(),
            "error: nothing to render\n"
            "help: name a template file, or '-' for standard input\n");
  test.Run({"render", "absent.j2"}, 1);
  EXPECT_NE(test.err().find("absent.j2"), std::string::npos);
}

TEST(Render, EachLimitNamesItself) {
  const std::pair<std::string, std::string> cases[] = {
      {"{{ 'a' * 10**12 }}", "value size limit exceeded"},
      {"{{ 10 ** (10**9) }}", "limit"},
      {"{{ '%999999999999d' % 1 }}", "limit"},
      {"{{ range(1000000)|list }}", "Range too big"},
      {"{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"},
      {"{% for a in range(99999) %}{{ 'x' * 100000 }}{% endfor %}", "memory limit exceeded"},
      {"{{ ('a' * 40 ~ '!')|regex_search('^(a+)+$') }}", "regular expression took too many steps"},
  };
  for (const auto& [text, limit] : cases) {
    CliTest test;
    test.Input(text);
    test.Run({"render", "-"}, 1);
    EXPECT_NE(test.err().find(limit), std::string::npos) << text << "\n" << test.err();
  }
}

TEST(Render, AChainOfAHundredIncludesIsFine) {
  CliTest test;
  for (int i = 0; i < 100; ++i) {
    test.File("t" + std::to_string(i), "{% include 't" + std::to_string(i + 1) + "' %}");
  }
  test.File("t100", "end");
  test.Run({"render", "t0"}, 0);
  EXPECT_EQ(test.out(), "end");
}

TEST(Render, ALongTemplateIsFine) {
  CliTest test;
  std::string text, expected;
  for (int i = 0; i < 20000; ++i) {
    text += "{{ n }} {% if n %}yes{% endif %}\n";
    expected += "1 yes\n";
  }
  test.File("t.j2", text);
  test.Run({"render", "t.j2", "-D", "n=1"}, 0);
  EXPECT_EQ(test.out(), expected);
}

}  // namespace
}  // namespace scaffold::testing
