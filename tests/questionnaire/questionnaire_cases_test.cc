// Questionnaires as text: a copier.yml, what is given, the replies; the output is that of real
// Copier (tests/oracle/make_questionnaire_cases.py).

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "questionnaire/questionnaire.h"
#include "support/text.h"
#include "tests/testing/cases.h"
#include "value/operators.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

using testing::Case;

Value LoadSection(const Case& test_case, const std::string& name) {
  return test_case.Has(name) ? yaml::Load(Source(name, test_case.Section(name))) : Value();
}

Dict LoadDict(const Case& test_case, const std::string& name) {
  const Value value = LoadSection(test_case, name);
  return value.IsNone() ? Dict() : value.AsDict();
}

QuestionnaireOptions ParseOptions(const Case& test_case) {
  QuestionnaireOptions options;
  if (!test_case.Has("options")) return options;
  for (std::string_view line : Split(test_case.Section("options"), '\n')) {
    if (line == "defaults") options.defaults = true;
    if (line == "skip-answered") options.skip_answered = true;
    if (line.starts_with("ask ")) options.ask.emplace_back(line.substr(4));
  }
  return options;
}

const char* KindName(PromptKind kind) {
  switch (kind) {
    case PromptKind::kText:
      return "text";
    case PromptKind::kMultiline:
      return "multiline";
    case PromptKind::kPassword:
      return "password";
    case PromptKind::kPath:
      return "path";
    case PromptKind::kConfirm:
      return "confirm";
    case PromptKind::kSelect:
      return "select";
    case PromptKind::kMultiselect:
      return "multiselect";
  }
  return "";
}

std::string Describe(const Prompt& prompt) {
  std::string text = "prompt " + prompt.name + " " + KindName(prompt.kind) + "\n";
  text += "  message " + Repr(Value(prompt.message)) + "\n";
  text += "  qmark " + Repr(Value(prompt.qmark)) + "\n";
  if (!prompt.placeholder.empty()) {
    text += "  placeholder " + Repr(Value(prompt.placeholder)) + "\n";
  }
  for (size_t i = 0; i < prompt.choices.size(); ++i) {
    const PromptChoice& choice = prompt.choices[i];
    text += choice.checked ? "  x " : prompt.initial_choice == i ? "  > " : "  - ";
    text += Repr(Value(choice.title)) + " " + Repr(choice.value);
    if (!choice.disabled.empty()) text += " disabled " + Repr(Value(choice.disabled));
    text += "\n";
  }
  if (!prompt.choices.empty()) return text;
  const Value initial = prompt.kind == PromptKind::kConfirm ? Value(prompt.initial_confirm)
                                                            : Value(prompt.initial_text);
  return text + "  initial " + Repr(initial) + "\n";
}

Value ValueOfTitle(const Prompt& prompt, const Value& title) {
  Value value;
  for (const PromptChoice& choice : prompt.choices) {
    if (choice.title == title.AsString()) value = choice.value;
  }
  return value;
}

std::optional<std::string> Reply(Questionnaire* questionnaire, const Prompt& prompt,
                                 const Value& reply) {
  if (reply.IsString()) return questionnaire->AnswerText(reply.AsString());
  if (!reply.IsDict()) return questionnaire->AnswerValue(reply);
  const Value titles = reply.AsDict().Get("pick");
  if (titles.IsString()) return questionnaire->AnswerValue(ValueOfTitle(prompt, titles));
  List picked;
  for (const Value& title : titles.AsList()) picked.push_back(ValueOfTitle(prompt, title));
  return questionnaire->AnswerValue(Value(std::move(picked)));
}

std::string FormatResult(const Answers& answers) {
  Dict last;
  for (const auto& entry : answers.sources.last) last.Set(entry.key, entry.value);
  List hidden;
  for (const std::string& name : answers.hidden) hidden.emplace_back(name);
  return "user " + Repr(Value(answers.user)) + "\nlast " + Repr(Value(last)) + "\nhidden " +
         Repr(Value(hidden));
}

class CaseRun {
 public:
  explicit CaseRun(const Case& test_case) : case_(test_case) {
    Tree tree;
    tree.Add("copier.yml", {.bytes = case_.Section("copier.yml") + "\n", .origin = {}});
    manifest_ = LoadManifest(tree);
    renderer_ =
        MakeNativeRenderer({.envops = Value(manifest_.envops), .extensions = {}, .loader = {}});
  }

  std::string Run() {
    std::string text;
    try {
      Play(&text);
    } catch (const Error& error) {
      text += "error " + Repr(Value(error.message()));
      EXPECT_TRUE(error.has_location()) << error.message();
    }
    return text;
  }

 private:
  void Play(std::string* text) {
    AnswerSources sources;
    sources.init = LoadDict(case_, "data");
    sources.last = LoadDict(case_, "last");
    sources.user_defaults = LoadDict(case_, "user_defaults");
    sources.settings_defaults = LoadDict(case_, "settings");
    QuestionnaireOptions options = ParseOptions(case_);
    options.context = [](const Answers& answers) {
      Dict context = answers.Combined({});
      context.Set("_copier_phase", Value("prompt"));
      context.Set("_folder_name", Value("project"));
      return context;
    };
    Questionnaire questionnaire(manifest_, std::move(sources), *renderer_, std::move(options));
    const Value replies = LoadSection(case_, "replies");
    size_t next = 0;
    std::optional<std::string> refused;
    while (std::optional<Prompt> prompt = questionnaire.Next()) {
      *text += refused ? "  refused " + Repr(Value(*refused)) + "\n" : Describe(*prompt);
      if (replies.IsNone() || next == replies.AsList().size()) {
        *text += "end of input";
        return;
      }
      refused = Reply(&questionnaire, *prompt, replies.AsList()[next++]);
    }
    *text += FormatResult(std::move(questionnaire).Result());
  }

  const Case& case_;
  Manifest manifest_;
  std::unique_ptr<StringRenderer> renderer_;
};

class QuestionnaireCases : public ::testing::TestWithParam<Case> {};

TEST_P(QuestionnaireCases, MatchesCopier) {
  EXPECT_EQ(CaseRun(GetParam()).Run(), GetParam().Section("output"));
}

INSTANTIATE_TEST_SUITE_P(Cases, QuestionnaireCases,
                         ::testing::ValuesIn(testing::LoadCases("questionnaire")),
                         testing::CaseName);

}  // namespace
}  // namespace scaffold
