// Bad input: one clear error, a documented exit code, nothing half-written.

#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/cli_test_support.h"

namespace scaffold::testing {
namespace {

struct BadInput {
  const char* name;
  std::map<std::string, std::string> files;  // below the template
  std::vector<std::string> flags;
  std::string expected;  // part of stderr
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, EndsWithOneErrorAndNothingWritten) {
  const BadInput& input = GetParam();
  CliTest test;
  test.File("t/.keep", "");
  for (const auto& [path, text] : input.files) test.File("t/" + path, text);
  std::vector<std::string> arguments = {"new", "t", "p", "--defaults"};
  arguments.insert(arguments.end(), input.flags.begin(), input.flags.end());
  test.Run(arguments, 1);
  EXPECT_NE(test.err().find(input.expected), std::string::npos) << test.err();
  EXPECT_EQ(test.err().find("error: "), test.err().rfind("error: ")) << "one error";
  EXPECT_EQ(test.err().find("internal error"), std::string::npos) << test.err();
  EXPECT_FALSE(test.Exists("p"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadInputTest,
    ::testing::Values(
        BadInput{"MalformedYaml", {{"copier.yml", "a: [1,\nb: 2\n"}}, {}, "--> copier.yml:"},
        BadInput{"ManifestIsAList", {{"copier.yml", "- 1\n"}}, {}, "--> copier.yml:1:"},
        BadInput{"TwoManifests",
                 {{"copier.yml", "a: 1\n"}, {"copier.yaml", "a: 1\n"}},
                 {},
                 "MULTIPLE CONFIG FILES"},
        BadInput{"UnknownType",
                 {{"copier.yml", "q:\n  type: string\n  default: x\n"}},
                 {},
                 "Unsupported type \"string\" in question \"q\""},
        BadInput{"RequiredQuestion",
                 {{"copier.yml", "q: {type: str}\n"}},
                 {},
                 "Question \"q\" is required"},
        BadInput{"WrongTypeOfAnswer",
                 {{"copier.yml", "q: {type: int, default: 1}\n"}},
                 {"-d", "q=x"},
                 "invalid literal for int() with base 10: 'x'"},
        BadInput{"NotAChoice",
                 {{"copier.yml", "q: {type: str, choices: [a, b], default: a}\n"}},
                 {"-d", "q=c"},
                 "Invalid choice for 'q': 'c' is not in ['a', 'b']"},
        BadInput{"ValidatorSaysNo",
                 {{"copier.yml",
                   "q:\n  type: str\n  default: x\n  validator: '{% if q == \"x\" %}no x{% endif "
                   "%}'\n"}},
                 {},
                 "Validation error for question 'q': no x"},
        BadInput{"JinjaErrorInDefault",
                 {{"copier.yml", "q:\n  type: str\n  default: '{{ 1 + }}'\n"}},
                 {},
                 "--> copier.yml:3:"},
        BadInput{
            "JinjaErrorInFile", {{"f.txt.jinja", "one\n{{ x|nope }}\n"}}, {}, "--> f.txt.jinja:2:"},
        BadInput{"JinjaErrorInName", {{"{{ x", "x"}}, {}, "Error rendering template path {{ x"},
        BadInput{"UndefinedAttribute", {{"f.txt.jinja", "{{ a.b }}\n"}}, {}, "'a' is undefined"},
        BadInput{"PathLeavesDestination", {{"{{ '..' }}/x.txt", "x"}}, {}, "is forbidden"},
        BadInput{"SubdirectoryLeavesTemplate",
                 {{"copier.yml", "_subdirectory: ..\n"}},
                 {},
                 "is forbidden"},
        BadInput{
            "IncludeLeavesTemplate", {{"f.jinja", "{% include '../secret' %}"}}, {}, "../secret"},
        BadInput{"IncludeIsMissing",
                 {{"f.jinja", "{% include 'nope' %}"}},
                 {},
                 "'nope' not found in search path"},
        BadInput{"IncludeIsNotUtf8",
                 {{"copier.yml", "_exclude: [part]\n"},
                  {"part", "a\xff\n"},
                  {"f.jinja", "{% include 'part' %}"}},
                 {},
                 "'utf-8' codec can't decode"},
        BadInput{"NotUtf8", {{"f.txt.jinja", "a\xff\n"}}, {}, "f.txt"},
        BadInput{"NewerCopierNeeded",
                 {{"copier.yml", "_min_copier_version: \"99.0\"\n"}},
                 {},
                 "This template requires Copier version >= 99.0"},
        BadInput{
            "EndlessLoop",
            {{"f.jinja",
              "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
              "{% endfor %}{% endfor %}{% endfor %}"}},
            {},
            "limit"},
        BadInput{"TooManyPaths",
                 {{"{% yield i from range(999) %}{{ i }}{% endyield %}/"
                   "{% yield j from range(999) %}{{ j }}{% endyield %}",
                   ""}},
                 {},
                 "path limit exceeded (100000)"},
        BadInput{"HugeText", {{"f.jinja", "{{ 'a' * 10**12 }}"}}, {}, "limit"}),
    [](const ::testing::TestParamInfo<BadInput>& info) { return info.param.name; });

TEST(BadTemplate, AMissingFolderIsNamed) {
  CliTest test;
  test.Run({"new", "nowhere", "p", "--defaults"}, 1);
  EXPECT_NE(test.err().find("Local template must be a directory."), std::string::npos)
      << test.err();
  EXPECT_NE(test.err().find("nowhere"), std::string::npos) << test.err();
}

TEST(BadTemplate, AnUnknownRefIsNamed) {
  CliTest test;
  test.File("t/a.txt", "a");
  test.Git("t", {"init", "-q"});
  test.Git("t", {"add", "-A"});
  test.Git("t", {"commit", "-q", "-m", "x"});
  test.Run({"new", "t", "p", "--defaults", "-r", "v9"}, 1);
  EXPECT_NE(test.err().find("Unknown revision: 'v9'"), std::string::npos) << test.err();
  test.Run({"new", "t", "p", "--defaults", "-r", "--upload-pack=touch x"}, 1);
  EXPECT_FALSE(test.Exists("p"));
}

TEST(BadTemplate, ALinkOutOfTheTemplateIsNotFollowed) {
  CliTest test;
  test.File("secret.txt", "secret").File("t/a.txt", "a");
  ASSERT_EQ(symlink("../secret.txt", (test.folder() / "t/link.txt").c_str()), 0);
  test.Run({"new", "t", "p", "--defaults"}, 1);
  EXPECT_NE(test.err().find("is forbidden"), std::string::npos) << test.err();
  EXPECT_FALSE(test.Exists("p"));
}

TEST(BadDestination, ALinkOutOfTheDestinationIsNotWrittenThrough) {
  CliTest test;
  test.File("t/d/a.txt", "a").File("p/keep", "").File("outside/x", "x");
  ASSERT_EQ(symlink("../outside", (test.folder() / "p/d").c_str()), 0);
  test.Run({"copy", "-f", "t", "p"}, 1);
  EXPECT_NE(test.err().find("is forbidden"), std::string::npos) << test.err();
  EXPECT_FALSE(test.Exists("outside/a.txt"));
}

TEST(BadDestination, AFolderInTheWayIsNamed) {
  CliTest test;
  test.File("t/a", "a").File("p/a/keep", "k");
  test.Run({"copy", "-f", "t", "p"}, 1);
  EXPECT_NE(test.err().find("a"), std::string::npos);
  EXPECT_EQ(test.Read("p/a/keep"), "k");
}

TEST(BadDestination, AReadOnlyParentIsNamed) {
  if (geteuid() == 0) {
    // Root may write anywhere but into a file: use one as the parent instead.
    CliTest test;
    test.File("t/a", "a").File("file", "x").Run({"new", "t", "file/p", "--defaults"}, 1);
    EXPECT_NE(test.err().find("file/p"), std::string::npos) << test.err();
    return;
  }
  CliTest test;
  test.File("t/a", "a").File("ro/x", "x");
  chmod((test.folder() / "ro").c_str(), 0555);
  test.Run({"new", "t", "ro/p", "--defaults"}, 1);
  chmod((test.folder() / "ro").c_str(), 0755);
  EXPECT_NE(test.err().find("ro"), std::string::npos) << test.err();
}

}  // namespace
}  // namespace scaffold::testing
