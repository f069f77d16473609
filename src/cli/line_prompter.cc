#include "cli/line_prompter.h"

#include <termios.h>
#include <unistd.h>

#include <charconv>
#include <vector>

#include "cli/prompt_field.h"
#include "support/text.h"
#include "support/utf8.h"

namespace scaffold::cli {
namespace {

constexpr size_t kMaxInputBytes = 1 << 20;  // of one answer
constexpr size_t kMaxQuotedBytes = 60;

PromptReply EndOfInput() {
  return {.action = PromptReply::Action::kEndOfInput, .text = {}, .value = {}};
}
PromptReply Back() { return {.action = PromptReply::Action::kBack, .text = {}, .value = {}}; }
PromptReply ReplyText(std::string text) {
  return {.action = PromptReply::Action::kText, .text = std::move(text), .value = {}};
}
PromptReply ReplyValue(Value value) {
  return {.action = PromptReply::Action::kValue, .text = {}, .value = std::move(value)};
}

// Keeps what is typed off the screen; puts the terminal back whatever happens.
class EchoOff {
 public:
  explicit EchoOff(bool wanted) : active_(wanted && tcgetattr(STDIN_FILENO, &saved_) == 0) {
    if (!active_) return;
    termios silent = saved_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  ~EchoOff() {
    if (active_) tcsetattr(STDIN_FILENO, TCSANOW, &saved_);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  termios saved_ = {};
  bool active_;
};

// The index that a number from 1 to `count` stands for.
std::optional<size_t> ParseNumber(std::string_view text, size_t count) {
  size_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failure == std::errc() && end == text.data() + text.size();
  if (!whole || number < 1 || number > count) return std::nullopt;
  return number - 1;
}

[[noreturn]] void ThrowTooLong() {
  throw Error(ErrorKind::kInteractive, "an answer on standard input is longer than 1 MiB")
      .WithHelp("give long answers with --data-file");
}

// The index of a choice given as its number or its title.
std::optional<size_t> FindChoice(const Prompt& prompt, std::string_view text) {
  if (auto index = ParseNumber(text, prompt.choices.size())) return index;
  for (size_t i = 0; i < prompt.choices.size(); ++i) {
    if (prompt.choices[i].title == text) return i;
  }
  return std::nullopt;
}

std::optional<bool> ParseYesNo(std::string_view text) {
  const std::string lower = ToLowerAscii(text);
  if (lower == "y" || lower == "yes") return true;
  if (lower == "n" || lower == "no") return false;
  return std::nullopt;
}

// The number of the choice that Enter takes, 0 when there is none.
size_t DefaultChoice(const Prompt& prompt) {
  if (!prompt.initial_choice || !prompt.default_value) return 0;
  return prompt.choices[*prompt.initial_choice].disabled.empty() ? *prompt.initial_choice + 1 : 0;
}

}  // namespace

PromptReply LinePrompter::Ask(const Prompt& prompt, const PromptValidator&,
                              std::string_view error) {
  if (!error.empty()) Refuse(prompt, FormatRefusal(prompt, error));
  if (prompt.has_previous && streams_.in_is_terminal && !told_of_back_) {
    streams_.out << "(a line with only < goes back to the question before)\n";
    told_of_back_ = true;
  }
  // Before the question is seen, so that nothing typed at once is shown.
  const EchoOff silent(prompt.kind == PromptKind::kPassword && streams_.in_is_terminal);
  streams_.out << EscapeForTerminal(MarkOf(prompt)) << " "
               << EscapeForTerminal(StripBlanks(prompt.message));
  switch (prompt.kind) {
    case PromptKind::kText:
    case PromptKind::kPassword:
    case PromptKind::kPath:
      return AskText(prompt);
    case PromptKind::kMultiline:
      return AskMultiline(prompt);
    case PromptKind::kConfirm:
      return AskConfirm(prompt);
    case PromptKind::kSelect:
      return AskChoice(prompt);
    case PromptKind::kMultiselect:
      return AskChoices(prompt);
  }
  return EndOfInput();
}

std::optional<size_t> LinePrompter::Review(const std::vector<ReviewedAnswer>& answers) {
  if (!streams_.in_is_terminal) return std::nullopt;
  streams_.out << "Your answers:\n";
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string_view question = StripBlanks(answers[i].question);
    streams_.out << "  " << i + 1 << ") "
                 << EscapeForTerminal(question.substr(0, question.find('\n'))) << ": "
                 << (answers[i].secret ? "(hidden)" : EscapeForTerminal(answers[i].text)) << "\n";
  }
  while (true) {
    streams_.out << "Enter goes on, a number changes that answer: ";
    const std::optional<std::string> line = ReadLine();
    if (!line || StripBlanks(*line).empty()) return std::nullopt;
    if (StripBlanks(*line) == "<") return answers.size() - 1;
    if (auto index = ParseNumber(StripBlanks(*line), answers.size())) return index;
    Complain("give a number from 1 to " + std::to_string(answers.size()));
  }
}

std::optional<bool> LinePrompter::ConfirmOverwrite(std::string_view path) {
  while (true) {
    streams_.out << " Overwrite " << EscapeForTerminal(path) << "? (Y/n) " << std::flush;
    const std::optional<std::string> line = ReadLine();
    if (!line) return std::nullopt;
    if (StripBlanks(*line).empty()) return true;
    if (auto answer = ParseYesNo(StripBlanks(*line))) return answer;
    Complain("answer y or n");
  }
}

std::optional<std::string> LinePrompter::ReadRawLine() {
  using Traits = std::istream::traits_type;
  std::string line;
  while (true) {
    const int byte = streams_.in.get();
    if (byte == Traits::eof()) break;
    if (byte == '\n') return line;
    if (line.size() == kMaxInputBytes) ThrowTooLong();
    line += Traits::to_char_type(byte);
  }
  if (line.empty()) return std::nullopt;
  return line;
}

std::optional<std::string> LinePrompter::ReadLine(LineKind kind) {
  // Only a terminal that echoes has moved to the next line by itself.
  const bool echoed = streams_.in_is_terminal && kind != LineKind::kHidden;
  const bool ends_line = !echoed && kind != LineKind::kOneOfMany;
  while (true) {
    streams_.out << std::flush;
    std::optional<std::string> line = ReadRawLine();
    if (ends_line || (!line && streams_.in_is_terminal)) streams_.out << "\n" << std::flush;
    host_.CheckCancelled();
    if (!line) return std::nullopt;
    if (line->ends_with('\r')) line->pop_back();
    last_line_ = kind == LineKind::kHidden ? "" : *line;
    if (FindInvalidUtf8(*line) == std::string::npos) return line;
    if (!streams_.in_is_terminal) {
      throw Error(ErrorKind::kInteractive, "an answer on standard input is not UTF-8");
    }
    Complain("that is not UTF-8");
  }
}

PromptReply LinePrompter::AskText(const Prompt& prompt) {
  const bool hidden = prompt.kind == PromptKind::kPassword;
  if (prompt.default_value && !hidden) {
    streams_.out << " [" << EscapeForTerminal(prompt.initial_text) << "]";
  } else if (!prompt.placeholder.empty()) {
    streams_.out << " (e.g. " << EscapeForTerminal(prompt.placeholder) << ")";
  }
  streams_.out << ": ";
  const std::optional<std::string> line = ReadLine(hidden ? LineKind::kHidden : LineKind::kShown);
  if (!line) return EndOfInput();
  if (IsBack(prompt, *line)) return Back();
  return ReplyText(line->empty() ? prompt.initial_text : *line);
}

PromptReply LinePrompter::AskMultiline(const Prompt& prompt) {
  streams_.out << " (end with a line that holds only a dot";
  if (prompt.default_value) {
    streams_.out << "; the dot alone takes the default:\n"
                 << EscapeForTerminal(prompt.initial_text);
    if (!prompt.initial_text.ends_with('\n')) streams_.out << "\n";
  }
  streams_.out << ")\n";
  std::vector<std::string> lines;
  size_t bytes = 0;
  while (true) {
    const std::optional<std::string> line = ReadLine(LineKind::kOneOfMany);
    if (!line && lines.empty()) return EndOfInput();
    if (line && lines.empty() && IsBack(prompt, *line)) return Back();
    if (!line || *line == ".") break;
    bytes += line->size() + 1;
    if (bytes > kMaxInputBytes) ThrowTooLong();
    lines.push_back(*line);
  }
  return ReplyText(lines.empty() ? prompt.initial_text : Join(lines, "\n"));
}

PromptReply LinePrompter::AskConfirm(const Prompt& prompt) {
  const bool fallback = prompt.initial_confirm;
  while (true) {
    streams_.out << (fallback ? " (Y/n) " : " (y/N) ");
    const std::optional<std::string> line = ReadLine();
    if (!line) return EndOfInput();
    if (IsBack(prompt, *line)) return Back();
    if (StripBlanks(*line).empty()) return ReplyValue(fallback);
    if (auto answer = ParseYesNo(StripBlanks(*line))) return ReplyValue(*answer);
    Refuse(prompt, "answer y or n");
    streams_.out << EscapeForTerminal(StripBlanks(prompt.message));
  }
}

void LinePrompter::PrintChoices(const Prompt& prompt) {
  streams_.out << "\n";
  for (size_t i = 0; i < prompt.choices.size(); ++i) {
    const PromptChoice& choice = prompt.choices[i];
    streams_.out << "  " << i + 1 << ") " << EscapeForTerminal(choice.title);
    if (!choice.disabled.empty()) {
      streams_.out << " (not available: " << EscapeForTerminal(choice.disabled) << ")";
    }
    streams_.out << "\n";
  }
}

PromptReply LinePrompter::AskChoice(const Prompt& prompt) {
  PrintChoices(prompt);
  const size_t fallback = DefaultChoice(prompt);
  while (true) {
    streams_.out << "  number";
    if (fallback != 0) streams_.out << " [" << fallback << "]";
    streams_.out << ": ";
    const std::optional<std::string> line = ReadLine();
    if (!line) return EndOfInput();
    if (IsBack(prompt, *line)) return Back();
    const std::string_view text = StripBlanks(*line);
    if (text.empty() && fallback != 0) return ReplyValue(prompt.choices[fallback - 1].value);
    const std::optional<size_t> index = FindChoice(prompt, text);
    if (index && prompt.choices[*index].disabled.empty()) {
      return ReplyValue(prompt.choices[*index].value);
    }
    Refuse(prompt, index ? prompt.choices[*index].disabled
                         : "give a number from 1 to " + std::to_string(prompt.choices.size()));
  }
}

PromptReply LinePrompter::AskChoices(const Prompt& prompt) {
  PrintChoices(prompt);
  std::string fallback;
  for (size_t i = 0; i < prompt.choices.size(); ++i) {
    if (prompt.choices[i].checked)
      fallback += (fallback.empty() ? "" : ",") + std::to_string(i + 1);
  }
  while (true) {
    streams_.out << "  numbers, with commas; 'none' for none"
                 << (fallback.empty() ? "" : " [" + fallback + "]") << ": ";
    const std::optional<std::string> line = ReadLine();
    if (!line) return EndOfInput();
    if (IsBack(prompt, *line)) return Back();
    std::string_view text = StripBlanks(*line);
    if (text.empty()) text = fallback;
    List chosen;
    if (text.empty() || text == "none") return ReplyValue(std::move(chosen));
    std::string complaint;
    for (std::string_view part : Split(text, ',')) {
      const std::optional<size_t> index = FindChoice(prompt, StripBlanks(part));
      if (!index) {
        complaint = "'" + std::string(StripBlanks(part)) + "' is none of them";
      } else if (!prompt.choices[*index].disabled.empty()) {
        complaint = prompt.choices[*index].disabled;
      } else {
        chosen.push_back(prompt.choices[*index].value);
      }
    }
    if (complaint.empty()) return ReplyValue(std::move(chosen));
    Refuse(prompt, complaint);
  }
}

bool LinePrompter::IsBack(const Prompt& prompt, std::string_view line) const {
  return streams_.in_is_terminal && prompt.has_previous && StripBlanks(line) == "<";
}

void LinePrompter::Refuse(const Prompt& prompt, std::string_view reason) {
  if (streams_.in_is_terminal) return Complain(reason);
  std::string quoted;
  if (!prompt.secret && last_line_.size() <= kMaxQuotedBytes) quoted = " '" + last_line_ + "'";
  throw Error(ErrorKind::kInteractive, "the answer" + quoted + " to question '" + prompt.name +
                                           "' (" + prompt.type +
                                           ") was refused: " + std::string(reason))
      .WithHelp("give it on the command line: --data " + prompt.name + "=...");
}

void LinePrompter::Complain(std::string_view text) {
  streams_.out << "  ! " << EscapeForTerminal(text) << "\n";
}

}  // namespace scaffold::cli
