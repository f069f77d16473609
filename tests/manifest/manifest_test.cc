#include "manifest/manifest.h"

#include <string>

#include "gtest/gtest.h"
#include "support/error_report.h"
#include "support/text.h"
#include "tests/testing/cases.h"
#include "value/operators.h"

namespace scaffold {
namespace {

using testing::Case;

Tree MakeTree(const Case& test_case) {
  Tree tree;
  for (const auto& [name, text] : test_case.sections) {
    if (name.starts_with("file ")) tree.Add(name.substr(5), {.bytes = text + "\n", .origin = {}});
    if (name.starts_with("link ")) {
      tree.Add(name.substr(5), {.kind = EntryKind::kSymlink, .bytes = text, .origin = {}});
    }
  }
  return tree;
}

Manifest Load(const std::string& text) {
  Tree tree;
  tree.Add("copier.yml", {.bytes = text, .origin = {}});
  return LoadManifest(tree);
}

std::string Describe(const Manifest& manifest) {
  std::string out;
  for (const Question& question : manifest.questions) {
    out += "question " + question.name + " " + Repr(Value(question.keys)) + "\n";
  }
  for (const Dict::Entry& setting : manifest.settings) {
    out += "setting " + Str(setting.key) + " " + Repr(setting.value) + "\n";
  }
  return out;
}

// The lines that Copier's own reading gives; whether it then refuses to use it is another matter.
std::string ReadByCopier(const std::string& section) {
  std::string out;
  for (const std::string_view line : Split(section, '\n')) {
    if (!line.empty() && !line.starts_with("refused: ")) out += std::string(line) + "\n";
  }
  return out;
}

std::string Report(const Tree& tree) {
  try {
    LoadManifest(tree);
  } catch (const Error& error) {
    return FormatError(error);
  }
  return "";
}

class ManifestCase : public ::testing::TestWithParam<Case> {};

TEST_P(ManifestCase, IsReadOrRefused) {
  const Case& test_case = GetParam();
  const Tree tree = MakeTree(test_case);
  if (test_case.Has("report")) {
    EXPECT_EQ(Report(tree), test_case.Section("report") + "\n");
    return;
  }
  ASSERT_EQ(Report(tree), "");
  const Manifest manifest = LoadManifest(tree);
  EXPECT_EQ(Describe(manifest), ReadByCopier(test_case.Section("copier")));
  const std::string warnings = test_case.Has("warnings") ? test_case.Section("warnings") : "";
  EXPECT_EQ(Join(manifest.warnings, "\n"), warnings);
}

INSTANTIATE_TEST_SUITE_P(Cases, ManifestCase, ::testing::ValuesIn(testing::LoadCases("manifest")),
                         testing::CaseName);

TEST(Manifest, DefaultsOfSettings) {
  const Manifest manifest = Load("a: 1\n");
  EXPECT_EQ(manifest.answers_file, ".copier-answers.yml");
  EXPECT_EQ(manifest.templates_suffix, ".jinja");
  EXPECT_EQ(manifest.subdirectory, "");
  EXPECT_FALSE(manifest.exclude.has_value());
  EXPECT_FALSE(manifest.preserve_symlinks);
  EXPECT_FALSE(manifest.min_copier_version.has_value());
  EXPECT_EQ(Repr(Value(manifest.envops)), "{'keep_trailing_newline': True}");
}

TEST(Manifest, ReadsEverySetting) {
  const Manifest manifest = Load(
      "_answers_file: .{{ a }}.yml\n_exclude: []\n_external_data: {x: y.yml}\n"
      "_jinja_extensions: [jinja2.ext.do]\n_message_after_copy: ac\n_message_after_update: au\n"
      "_message_before_copy: bc\n_message_before_update: bu\n_min_copier_version: '9.1'\n"
      "_preserve_symlinks: 'no'\n_secret_questions: [s]\n_skip_if_exists: ['*.md']\n"
      "_subdirectory: '{{ a }}'\n_templates_suffix: ''\n_envops: {trim_blocks: yes}\n");
  EXPECT_EQ(manifest.answers_file, ".{{ a }}.yml");
  ASSERT_TRUE(manifest.exclude.has_value());
  EXPECT_TRUE(manifest.exclude->empty());
  EXPECT_EQ(Repr(Value(manifest.external_data)), "{'x': 'y.yml'}");
  EXPECT_EQ(manifest.jinja_extensions, std::vector<std::string>{"jinja2.ext.do"});
  EXPECT_EQ(manifest.message_after_copy + manifest.message_after_update +
                manifest.message_before_copy + manifest.message_before_update,
            "acaubcbu");
  EXPECT_EQ(manifest.min_copier_version, "9.1");
  EXPECT_TRUE(manifest.preserve_symlinks);  // Python's truth of a text
  EXPECT_EQ(manifest.secret_questions, std::vector<std::string>{"s"});
  EXPECT_EQ(Repr(Value(manifest.skip_if_exists)), "['*.md']");
  EXPECT_EQ(manifest.subdirectory, "{{ a }}");
  EXPECT_EQ(manifest.templates_suffix, "");
  EXPECT_EQ(Repr(Value(manifest.envops)), "{'trim_blocks': True, 'keep_trailing_newline': True}");
  EXPECT_TRUE(manifest.warnings.empty());
}

TEST(Manifest, TasksHaveOneShape) {
  const Manifest manifest =
      Load("_tasks:\n  - echo\n  - [a, b]\n  - {command: c, when: 0, working_directory: d}\n");
  ASSERT_EQ(manifest.tasks.size(), 3u);
  EXPECT_EQ(Repr(manifest.tasks[0].command), "'echo'");
  EXPECT_EQ(Repr(manifest.tasks[0].when), "True");
  EXPECT_EQ(manifest.tasks[0].working_directory, ".");
  EXPECT_EQ(Repr(manifest.tasks[1].command), "['a', 'b']");
  EXPECT_EQ(Repr(manifest.tasks[2].when), "False");
  EXPECT_EQ(manifest.tasks[2].working_directory, "d");
  EXPECT_EQ(manifest.tasks[1].place.Locate().line, 3u);
}

TEST(Manifest, MigrationsOfBothForms) {
  const Manifest manifest = Load(
      "_migrations:\n  - new\n  - {version: 1.10, command: [c], when: x}\n"
      "  - version: v2\n    before: [b1, [b, x]]\n    after: [a1]\n"
      "_envops: {variable_start_string: '[[', variable_end_string: ']]'}\n");
  ASSERT_EQ(manifest.migrations.size(), 5u);
  EXPECT_EQ(Repr(manifest.migrations[0].when), "'[[ _stage == \"after\" ]]'");
  EXPECT_FALSE(manifest.migrations[0].version.has_value());
  EXPECT_EQ(manifest.migrations[1].version, "1.10");  // not the number 1.1
  EXPECT_EQ(Repr(manifest.migrations[1].when), "'x'");
  EXPECT_EQ(manifest.migrations[2].stage, "before");
  EXPECT_EQ(Repr(manifest.migrations[3].command), "['b', 'x']");
  EXPECT_EQ(manifest.migrations[4].stage, "after");
  EXPECT_EQ(manifest.migrations[4].version, "v2");
}

TEST(Manifest, PlacesOfKeys) {
  const Manifest manifest = Load("_subdirectory: src\nname:\n  help: what?\nshort: x\n");
  EXPECT_EQ(manifest.PlaceOfSetting("subdirectory").Locate().column, 16u);
  EXPECT_EQ(manifest.PlaceOfSetting("exclude").Locate().line, 0u);
  const Question& name = manifest.questions.at(0);
  EXPECT_EQ(name.place.Locate().line, 2u);
  EXPECT_EQ(name.PlaceOf("help").Locate().line, 3u);
  EXPECT_EQ(name.PlaceOf("default").Locate().line, 2u);
  EXPECT_EQ(manifest.questions.at(1).PlaceOf("default").Locate().column, 8u);
}

TEST(Manifest, PlacesInIncludedFiles) {
  Tree tree;
  tree.Add("copier.yml", {.bytes = "a: 1\n---\n!include part.yml\n", .origin = {}});
  tree.Add("part.yml", {.bytes = "# c\n- b:\n    help: x\n", .origin = {}});
  const Manifest manifest = LoadManifest(tree);
  const SourceLocation place = manifest.questions.at(1).PlaceOf("help").Locate();
  EXPECT_EQ(place.file, "part.yml");
  EXPECT_EQ(place.line, 3u);
  EXPECT_EQ(manifest.files.size(), 2u);
}

TEST(Manifest, ReadsUtf16) {
  const std::string_view text(
      "\xFF\xFE"
      "a\0:\0 \0\xE9\0\n\0",
      12);
  EXPECT_EQ(Describe(Load(std::string(text))), "question a {'default': 'é'}\n");
}

}  // namespace
}  // namespace scaffold
