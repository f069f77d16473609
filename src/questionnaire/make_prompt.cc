#include "questionnaire/make_prompt.h"

#include <utility>

#include "value/operators.h"

namespace scaffold {
namespace {

std::string MakeMessage(QuestionEvaluator* question, const std::string& help) {
  if (!help.empty()) return help + (help.ends_with('\n') ? "  " : "\n  ");
  std::string message = question->question().name;
  if (question->Type() != "str") message += " (" + question->Type() + ")";
  return message + "\n  ";
}

PromptKind ChooseKind(QuestionEvaluator* question) {
  const QuestionSpec& spec = question->spec();
  if (spec.HasChoices()) return spec.multiselect ? PromptKind::kMultiselect : PromptKind::kSelect;
  if (question->Type() == "bool") return PromptKind::kConfirm;
  if (question->Type() == "path") return PromptKind::kPath;
  if (spec.secret) return PromptKind::kPassword;
  return question->Multiline() ? PromptKind::kMultiline : PromptKind::kText;
}

void AddChoices(QuestionEvaluator* question, Prompt* prompt) {
  const bool many = prompt->kind == PromptKind::kMultiselect;
  for (const EvaluatedChoice& choice : question->Choices()) {
    const bool is_default =
        prompt->default_value && !many && Equal(choice.value, *prompt->default_value);
    if (is_default && !prompt->initial_choice) prompt->initial_choice = prompt->choices.size();
    const bool checked = many && prompt->default_value && prompt->default_value->IsList() &&
                         Contains(*prompt->default_value, choice.cast);
    prompt->choices.push_back({.title = choice.title,
                               .value = choice.value,
                               .disabled = choice.disabled,
                               .checked = checked});
  }
  if (prompt->choices.empty()) {
    throw Error(ErrorKind::kValue, "A list of choices needs to be provided.")
        .At(question->question().PlaceOf("choices").Locate());
  }
}

}  // namespace

Prompt MakePrompt(QuestionEvaluator* question) {
  const QuestionSpec& spec = question->spec();
  Prompt prompt;
  prompt.name = question->question().name;
  prompt.type = question->Type();
  prompt.help = question->Help();
  prompt.message = MakeMessage(question, prompt.help);
  prompt.secret = spec.secret;
  prompt.qmark = !spec.qmark.empty() ? spec.qmark : spec.secret ? "🕵️" : "🎤";
  prompt.default_value = question->Default();
  prompt.kind = ChooseKind(question);
  switch (prompt.kind) {
    case PromptKind::kSelect:
    case PromptKind::kMultiselect:
      AddChoices(question, &prompt);
      return prompt;
    case PromptKind::kConfirm:
      prompt.initial_confirm = prompt.default_value && Truth(*prompt.default_value);
      return prompt;
    case PromptKind::kText:
    case PromptKind::kMultiline:
    case PromptKind::kPassword:
    case PromptKind::kPath:
      break;
  }
  prompt.placeholder = question->Placeholder();
  if (prompt.default_value) prompt.initial_text = question->FormatForEditing(*prompt.default_value);
  return prompt;
}

}  // namespace scaffold
