#include "cli/pipe_prompt.h"

#include <algorithm>

#include "cli/pipe_text.h"
#include "support/text.h"
#include "support/utf8.h"

namespace scaffold::cli {
namespace {

PromptReply ReplyText(std::string text) {
  return {.action = PromptReply::Action::kText, .text = std::move(text), .value = {}};
}
PromptReply ReplyValue(Value value) {
  return {.action = PromptReply::Action::kValue, .text = {}, .value = std::move(value)};
}

class TextPrompt : public PipePrompt {
 public:
  TextPrompt(const Prompt& prompt, PromptValidator validate)
      : kind_(prompt.kind),
        placeholder_(prompt.placeholder),
        validate_(std::move(validate)),
        input_(prompt.initial_text) {}

  Status Press(const PipePress& press) override {
    if (press.key == PipeKey::kEndOfInput && input_.text().empty()) return Status::kEnded;
    touched_ = true;
    const bool newline = press.key == PipeKey::kEnter && kind_ == PromptKind::kMultiline;
    if (newline) {
      input_.Insert("\n");
    } else if (press.key == PipeKey::kEnter || press.key == PipeKey::kAccept) {
      if (Complaint().empty()) return Status::kAnswered;
      input_.MoveToEnd();
    } else if (!IsSecondSlash(press)) {
      input_.Press(press);
    }
    return Status::kOpen;
  }

  std::string OpenBody() const override {
    if (input_.text().empty() && !placeholder_.empty()) return Lead() + Escaped(placeholder_);
    return AnsweredBody();
  }

  std::string AnsweredBody() const override {
    if (kind_ == PromptKind::kPassword) {
      return std::string(CountCodePoints(input_.text()), '*');
    }
    return Lead() + Escaped(input_.text());
  }

  PromptReply Reply() const override {
    const std::string& text = input_.text();
    const bool cut = kind_ == PromptKind::kPath && text.size() > 1 && text.ends_with('/');
    return ReplyText(cut ? text.substr(0, text.size() - 1) : text);
  }

  std::string Complaint() const override {
    if (!touched_) return {};  // an input that nobody has seen yet is not scolded
    return validate_(input_.text()).value_or("");
  }

 private:
  std::string Lead() const {
    if (kind_ != PromptKind::kMultiline) return {};
    return " (Finish with 'Alt+Enter' or 'Esc then Enter')\n> ";
  }
  // A slash ends a folder's name; a path that ends with one needs no other.
  bool IsSecondSlash(const PipePress& press) const {
    return kind_ == PromptKind::kPath && press.text == "/" && input_.text().ends_with('/');
  }
  // The lines after the first stand below it.
  std::string Escaped(std::string_view text) const {
    return ReplaceAll(EscapeForTerminal(text), "\n", "\n  ");
  }

  PromptKind kind_;
  std::string placeholder_;
  PromptValidator validate_;
  PipeText input_;
  bool touched_ = false;
};

class ConfirmPrompt : public PipePrompt {
 public:
  explicit ConfirmPrompt(const Prompt& prompt) : yes_(prompt.initial_confirm) {}

  Status Press(const PipePress& press) override {
    if (press.key == PipeKey::kEndOfInput) return Status::kEnded;
    if (press.key == PipeKey::kEnter || press.key == PipeKey::kAccept) return Status::kAnswered;
    const std::string letter = ToLowerAscii(press.text);
    if (letter != "y" && letter != "n") return Status::kOpen;
    yes_ = letter == "y";
    return Status::kAnswered;
  }
  std::string OpenBody() const override { return yes_ ? "(Y/n) " : "(y/N) "; }
  std::string AnsweredBody() const override { return yes_ ? "Yes" : "No"; }
  PromptReply Reply() const override { return ReplyValue(Value(yes_)); }

 private:
  bool yes_;
};

// What a select and a multiselect share: lines of choices and a pointer that jumps over disabled
// ones.
class ChoicePrompt : public PipePrompt {
 public:
  explicit ChoicePrompt(const Prompt& prompt) : choices_(prompt.choices) {
    pointer_ = prompt.initial_choice.value_or(0);
    if (!choices_[pointer_].disabled.empty()) Move(1);
  }

 protected:
  bool Moves(const PipePress& press) {
    const bool up = press.key == PipeKey::kUp || press.text == "k";
    const bool down = press.key == PipeKey::kDown || press.text == "j";
    if (up) Move(choices_.size() - 1);
    if (down) Move(1);
    return up || down;
  }
  bool CanPick() const { return choices_[pointer_].disabled.empty(); }

  std::string Line(size_t index, std::string_view mark) const {
    const PromptChoice& choice = choices_[index];
    std::string line = index == pointer_ ? " » " : "   ";
    if (!choice.disabled.empty()) {
      return line + "- " + EscapeForTerminal(choice.title) + " (" +
             EscapeForTerminal(choice.disabled) + ")\n";
    }
    return line + std::string(mark) + EscapeForTerminal(choice.title) + "\n";
  }

  std::vector<PromptChoice> choices_;
  size_t pointer_ = 0;

 private:
  // Goes round; stays when nothing can be picked.
  void Move(size_t step) {
    for (size_t i = 0; i < choices_.size(); ++i) {
      pointer_ = (pointer_ + step) % choices_.size();
      if (CanPick()) return;
    }
  }
};

class SelectPrompt : public ChoicePrompt {
 public:
  using ChoicePrompt::ChoicePrompt;

  Status Press(const PipePress& press) override {
    if (press.key == PipeKey::kEndOfInput) return Status::kEnded;
    if (Moves(press)) return Status::kOpen;
    const bool enter = press.key == PipeKey::kEnter || press.key == PipeKey::kAccept;
    return enter && CanPick() ? Status::kAnswered : Status::kOpen;
  }
  std::string OpenBody() const override {
    std::string body = "(Use arrow keys)\n";
    for (size_t i = 0; i < choices_.size(); ++i) body += Line(i, "");
    return body;
  }
  std::string AnsweredBody() const override { return EscapeForTerminal(choices_[pointer_].title); }
  PromptReply Reply() const override { return ReplyValue(choices_[pointer_].value); }
};

class MultiselectPrompt : public ChoicePrompt {
 public:
  using ChoicePrompt::ChoicePrompt;

  Status Press(const PipePress& press) override {
    if (press.key == PipeKey::kEndOfInput) return Status::kEnded;
    if (Moves(press)) return Status::kOpen;
    if (press.key == PipeKey::kEnter || press.key == PipeKey::kAccept) return Status::kAnswered;
    if (press.text == " " && CanPick()) choices_[pointer_].checked ^= true;
    if (press.text == "a") SetAll(!AllChecked());
    if (press.text == "i") {
      for (PromptChoice& choice : choices_) {
        if (choice.disabled.empty()) choice.checked ^= true;
      }
    }
    return Status::kOpen;
  }
  std::string OpenBody() const override {
    std::string body =
        "(Use arrow keys to move, <space> to select, <a> to toggle, <i> to invert)\n";
    for (size_t i = 0; i < choices_.size(); ++i) body += Line(i, choices_[i].checked ? "● " : "○ ");
    return body;
  }
  std::string AnsweredBody() const override {
    std::string only;
    size_t count = 0;
    for (const PromptChoice& choice : choices_) {
      if (!choice.checked) continue;
      only = choice.title;
      ++count;
    }
    if (count == 0) return "done";
    if (count == 1) return "[" + EscapeForTerminal(only) + "]";
    return "done (" + std::to_string(count) + " selections)";
  }
  PromptReply Reply() const override {
    List chosen;
    for (const PromptChoice& choice : choices_) {
      if (choice.checked) chosen.push_back(choice.value);
    }
    return ReplyValue(Value(std::move(chosen)));
  }

 private:
  bool AllChecked() const {
    return std::all_of(choices_.begin(), choices_.end(), [](const PromptChoice& choice) {
      return choice.checked || !choice.disabled.empty();
    });
  }
  void SetAll(bool checked) {
    for (PromptChoice& choice : choices_) {
      if (choice.disabled.empty()) choice.checked = checked;
    }
  }
};

}  // namespace

std::unique_ptr<PipePrompt> PipePrompt::Make(const Prompt& prompt,
                                             const PromptValidator& validate) {
  switch (prompt.kind) {
    case PromptKind::kConfirm:
      return std::make_unique<ConfirmPrompt>(prompt);
    case PromptKind::kSelect:
      return std::make_unique<SelectPrompt>(prompt);
    case PromptKind::kMultiselect:
      return std::make_unique<MultiselectPrompt>(prompt);
    case PromptKind::kText:
    case PromptKind::kMultiline:
    case PromptKind::kPassword:
    case PromptKind::kPath:
      break;
  }
  return std::make_unique<TextPrompt>(prompt, validate);
}

}  // namespace scaffold::cli
