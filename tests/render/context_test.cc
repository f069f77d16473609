#include "render/context.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace scaffold {
namespace {

class ContextTest : public ::testing::Test {
 protected:
  void Load(std::string yaml) {
    Tree tree;
    tree.Add("copier.yml", {.bytes = std::move(yaml), .origin = {}});
    manifest_ = LoadManifest(tree);
    renderer_ =
        MakeNativeRenderer({.envops = Value(manifest_.envops), .extensions = {}, .loader = {}});
    inputs_.manifest = &manifest_;
    inputs_.renderer = renderer_.get();
    inputs_.src_url = "gh:a/b";
    inputs_.read_external = [this](const std::string& path) {
      ++reads_[path];
      Dict data;
      data.Set("path", Value(path));
      return Value(std::move(data));
    };
  }
  std::string Render(const ContextBuilder& builder, std::string text,
                     Phase phase = Phase::kRender) {
    return renderer_->Render(Source("t", std::move(text)), Value(builder.Build(answers_, phase)));
  }

  Manifest manifest_;
  std::unique_ptr<StringRenderer> renderer_;
  ContextInputs inputs_;
  Answers answers_;
  std::map<std::string, int> reads_;
};

TEST_F(ContextTest, RecordsWhatCopierRecords) {
  Load(
      "a: 1\nb: {default: x, secret: true}\nc: 3\nd: 4\n_secret_questions: [c]\n"
      "e: {type: yaml, default: x}\n");
  answers_.user.Set("a", Value(5));
  answers_.user.Set("b", Value("hush"));
  answers_.user.Set("c", Value("hush"));
  answers_.user.Set("d", Value(4));
  answers_.user.Set("e", Value::Tuple({}));
  answers_.hidden.insert("d");
  answers_.sources.init.Set("extra", Value(1));
  inputs_.commit = "v1";
  const ContextBuilder builder(inputs_);
  EXPECT_EQ(Render(builder, "{{ _copier_answers }}"),
            "{'_commit': 'v1', '_src_path': 'gh:a/b', 'a': 5}");
}

TEST_F(ContextTest, PhaseIsNamed) {
  Load("");
  const ContextBuilder builder(inputs_);
  EXPECT_EQ(Render(builder, "{{ _copier_phase }}", Phase::kPrompt), "prompt");
  EXPECT_EQ(Render(builder, "{{ _copier_phase }}", Phase::kMigrate), "migrate");
}

TEST_F(ContextTest, ExternalDataAreReadOnceAndAfresh) {
  Load("_external_data: {x: '{{ n }}.yml', y: never.yml}\n");
  ContextBuilder builder(inputs_);
  answers_.user.Set("n", Value("one"));
  EXPECT_EQ(Render(builder, "{{ _external_data.x.path }}{{ _external_data.x.path }}"),
            "one.ymlone.yml");
  answers_.user.Set("n", Value("two"));
  EXPECT_EQ(Render(builder, "{{ _external_data.x.path }}"), "one.yml");
  builder.ReloadExternalData();
  EXPECT_EQ(Render(builder, "{{ _external_data.x.path }}"), "two.yml");
  EXPECT_EQ(reads_, (std::map<std::string, int>{{"one.yml", 1}, {"two.yml", 1}}));
}

TEST_F(ContextTest, ExternalDataMayNameOtherExternalData) {
  Load("_external_data: {x: '{{ _external_data.y.path }}.x', y: '{{ _copier_phase }}'}\n");
  const ContextBuilder builder(inputs_);
  EXPECT_EQ(Render(builder, "{{ _external_data.x.path }}"), "undefined.x");
}

TEST_F(ContextTest, ExternalDataThatNeedsItselfIsAnError) {
  Load("_external_data: {x: '{{ _external_data.x.path }}'}\n");
  const ContextBuilder builder(inputs_);
  try {
    Render(builder, "{{ _external_data.x }}");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecursion);
  }
}

TEST_F(ContextTest, AnswersFileIsRenderedAndNormalised) {
  Load("_answers_file: '.a//{{ n }}/{{ _copier_conf.answers_file }}x.yml'\n");
  answers_.user.Set("n", Value("."));
  EXPECT_EQ(ContextBuilder(inputs_).AnswersFile(answers_), ".a/x.yml");
}

TEST_F(ContextTest, AbsoluteAnswersFileIsRefused) {
  Load("_answers_file: '{{ n }}'\n");
  answers_.user.Set("n", Value("/etc/x"));
  try {
    ContextBuilder(inputs_).AnswersFile(answers_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "\"/etc/x\" is not a relative path");
  }
}

TEST_F(ContextTest, MessagesAreRendered) {
  Load("_message_after_copy: 'made {{ n }} in {{ _folder_name }}'\n");
  inputs_.folder_name = "f";
  answers_.user.Set("n", Value(2));
  const ContextBuilder builder(inputs_);
  EXPECT_EQ(builder.Message("message_after_copy", answers_), "made 2 in f");
  EXPECT_EQ(builder.Message("message_before_copy", answers_), "");
}

TEST_F(ContextTest, DeprecatedFunctionsAreThereWhenGiven) {
  Load("");
  EXPECT_EQ(Render(ContextBuilder(inputs_), "{{ now is defined }}"), "False");
  inputs_.now = [] { return Value("today"); };
  inputs_.make_secret = [] { return Value("s"); };
  const ContextBuilder builder(inputs_);
  EXPECT_EQ(Render(builder, "{{ now() }} {{ make_secret() }}"), "today s");
  answers_.sources.init.Set("now", Value("mine"));
  EXPECT_EQ(Render(builder, "{{ now }}"), "mine");
}

}  // namespace
}  // namespace scaffold
