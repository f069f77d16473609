#include "cli/prompt_field.h"

#include <algorithm>
#include <utility>

#include "cli/path_completer.h"
#include "support/text.h"
#include "terminal/confirm_field.h"
#include "terminal/select_field.h"
#include "terminal/text_field.h"
#include "terminal/text_layout.h"

namespace scaffold::cli {
namespace {

using terminal::ConfirmField;
using terminal::Field;
using terminal::FieldLabel;
using terminal::SelectField;
using terminal::SelectFieldOptions;
using terminal::TextField;
using terminal::TextFieldOptions;

std::unique_ptr<Field> MakeTextField(const Prompt& prompt, FieldLabel label,
                                     terminal::TextValidator validate,
                                     const std::filesystem::path& working_directory) {
  TextFieldOptions options;
  options.initial = prompt.initial_text;
  options.placeholder = prompt.placeholder;
  options.masked = prompt.kind == PromptKind::kPassword;
  options.multiline = prompt.kind == PromptKind::kMultiline;
  options.validate = std::move(validate);
  if (prompt.kind == PromptKind::kPath) options.complete = MakePathCompleter(working_directory);
  return std::make_unique<TextField>(std::move(label), std::move(options));
}

std::unique_ptr<Field> MakeSelectField(const Prompt& prompt, FieldLabel label) {
  SelectFieldOptions options;
  if (prompt.kind == PromptKind::kMultiselect) options.how_many = terminal::HowMany::kMany;
  options.pointer = prompt.initial_choice.value_or(0);
  for (const PromptChoice& choice : prompt.choices) {
    options.choices.push_back(
        {.title = choice.title, .disabled = choice.disabled, .checked = choice.checked});
  }
  return std::make_unique<SelectField>(std::move(label), std::move(options));
}

PromptReply ReplyValue(Value value) {
  return {.action = PromptReply::Action::kValue, .text = {}, .value = std::move(value)};
}

}  // namespace

// Without a sign of its own a question has Copier's, which is a wide emoji that some terminals
// lack.
std::string MarkOf(const Prompt& prompt) {
  const bool usual = prompt.qmark.empty() || prompt.qmark == "🎤" || prompt.qmark == "🕵️";
  return usual ? "?" : prompt.qmark;
}

std::unique_ptr<Field> MakeField(const Prompt& prompt, terminal::TextValidator validate,
                                 const std::filesystem::path& working_directory,
                                 const terminal::Glyphs& glyphs) {
  FieldLabel label = {.mark = MarkOf(prompt),
                      .title = prompt.message,
                      .can_go_back = prompt.has_previous,
                      .glyphs = glyphs};
  switch (prompt.kind) {
    case PromptKind::kConfirm:
      return std::make_unique<ConfirmField>(std::move(label), prompt.initial_confirm);
    case PromptKind::kSelect:
    case PromptKind::kMultiselect:
      return MakeSelectField(prompt, std::move(label));
    case PromptKind::kText:
    case PromptKind::kMultiline:
    case PromptKind::kPassword:
    case PromptKind::kPath:
      break;
  }
  return MakeTextField(prompt, std::move(label), std::move(validate), working_directory);
}

PromptReply ReplyOf(const Prompt& prompt, const Field& field) {
  switch (prompt.kind) {
    case PromptKind::kConfirm:
      return ReplyValue(Value(static_cast<const ConfirmField&>(field).yes()));
    case PromptKind::kSelect:
      return ReplyValue(prompt.choices[static_cast<const SelectField&>(field).picked()].value);
    case PromptKind::kMultiselect: {
      List values;
      for (size_t i : static_cast<const SelectField&>(field).checked()) {
        values.push_back(prompt.choices[i].value);
      }
      return ReplyValue(std::move(values));
    }
    case PromptKind::kText:
    case PromptKind::kMultiline:
    case PromptKind::kPassword:
    case PromptKind::kPath:
      break;
  }
  return {.action = PromptReply::Action::kText,
          .text = static_cast<const TextField&>(field).text(),
          .value = {}};
}

std::unique_ptr<Field> MakeReviewField(const std::vector<ReviewedAnswer>& answers, size_t columns,
                                       const terminal::Glyphs& glyphs) {
  const auto first_line = [](std::string_view text) {
    text = StripBlanks(text);
    return terminal::ShownText(text.substr(0, text.find('\n')));
  };
  size_t widest = 0;
  for (const ReviewedAnswer& answer : answers) {
    widest = std::max(widest, terminal::CountColumns(first_line(answer.question)));
  }
  widest = std::min(widest, columns / 2);
  SelectFieldOptions options;
  options.hint = "Enter go on, or change the answer";
  options.choices.push_back({.title = "Yes, go on"});
  for (const ReviewedAnswer& answer : answers) {
    const std::string text = answer.secret ? "(hidden)" : answer.text;
    options.choices.push_back(
        {.title = terminal::PadToColumns(first_line(answer.question), widest) + "  " +
                  terminal::ShownText(text)});
  }
  FieldLabel label = {.title = "Are these answers right?", .can_go_back = true, .glyphs = glyphs};
  return std::make_unique<SelectField>(std::move(label), std::move(options));
}

std::string FormatRefusal(const Prompt& prompt, std::string_view refusal) {
  const std::string prefix = "Validation error for question '" + prompt.name + "': ";
  if (refusal.starts_with(prefix)) refusal.remove_prefix(prefix.size());
  return std::string(refusal);
}

}  // namespace scaffold::cli
