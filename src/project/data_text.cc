#include "project/data_text.h"

#include <algorithm>
#include <cctype>

#include "questionnaire/question_evaluator.h"
#include "support/text.h"
#include "value/json.h"
#include "value/operators.h"
#include "yaml/dump.h"

namespace scaffold {
namespace {

std::string FormatYaml(const Value& value) {
  yaml::DumpOptions options;
  options.width = 2147483647;
  options.default_flow_style = true;
  options.sort_keys = false;
  std::string text = yaml::Dump(value, options);
  // A plain scalar ends with a document's end.
  if (text.ends_with("\n...\n")) text.resize(text.size() - 5);
  return std::string(StripBlanks(text));
}

std::string FormatOne(std::string_view type, const Value& value) {
  if (type == "json") return FormatJson(value);
  if (type == "yaml") return FormatYaml(value);
  if (type == "bool") return Truth(value) ? "true" : "false";
  return Str(value);
}

bool IsPlainItem(std::string_view text) {
  return !text.empty() && std::isalnum(static_cast<unsigned char>(text.front())) != 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-' || c == '/';
         });
}

// An item of a list whose items are taken as they are written, without their quotes.
std::string QuoteItem(const std::string& text) {
  if (IsPlainItem(text)) return text;
  if (text.find('\'') == std::string::npos) return "'" + text + "'";
  if (text.find_first_of("\"\\") == std::string::npos) return "\"" + text + "\"";
  return text;
}

}  // namespace

std::string FormatDataText(std::string_view type, bool multiselect, const Value& value) {
  if (!multiselect || !value.IsList()) return FormatOne(type, value);
  std::vector<std::string> items;
  for (const Value& item : value.AsList()) items.push_back(QuoteItem(FormatOne(type, item)));
  return "[" + Join(items, ", ") + "]";
}

void AddChosenTexts(const Session& session, CopyResult* result) {
  const Manifest& manifest = session.manifest;
  const Dict context = session.context->Build(session.answers, Phase::kPrompt);
  for (const Question& question : manifest.questions) {
    const Value* value = session.answers.user.Find(question.name);
    if (value == nullptr || !session.answers.chosen.contains(question.name)) continue;
    QuestionEvaluator evaluator(question, ParseQuestionSpec(manifest, question), session.answers,
                                context, *session.renderer);
    const auto& secrets = manifest.secret_questions;
    if (evaluator.spec().secret ||
        std::find(secrets.begin(), secrets.end(), question.name) != secrets.end()) {
      result->chosen_secrets.push_back(question.name);
      continue;
    }
    result->chosen_texts.emplace_back(
        question.name, FormatDataText(evaluator.Type(), evaluator.spec().multiselect, *value));
  }
}

}  // namespace scaffold
