// LinePrompter: questions as plain lines, for terminals and pipes alike.
//
// On a terminal a line with only `<` goes back, and all answers are shown for review. Through a
// pipe nobody can mend an answer: one that is refused ends the run.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"

namespace scaffold::cli {

class LinePrompter : public Prompter {
 public:
  LinePrompter(const Host& host, const Streams& streams) : host_(host), streams_(streams) {}

  PromptReply Ask(const Prompt& prompt, const PromptValidator& validate,
                  std::string_view error) override;
  std::optional<size_t> Review(const std::vector<ReviewedAnswer>& answers) override;
  std::optional<bool> ConfirmOverwrite(std::string_view path) override;

 private:
  enum class LineKind : uint8_t { kShown, kHidden, kOneOfMany };

  // Nullopt at the end of input. Throws Error(kInteractive) for a line that is too long.
  std::optional<std::string> ReadLine(LineKind kind = LineKind::kShown);
  std::optional<std::string> ReadRawLine();
  PromptReply AskText(const Prompt& prompt);
  PromptReply AskMultiline(const Prompt& prompt);
  PromptReply AskConfirm(const Prompt& prompt);
  PromptReply AskChoice(const Prompt& prompt);
  PromptReply AskChoices(const Prompt& prompt);
  void PrintChoices(const Prompt& prompt);
  bool IsBack(const Prompt& prompt, std::string_view line) const;
  // Says why the last line is no answer; throws through a pipe.
  void Refuse(const Prompt& prompt, std::string_view reason);
  void Complain(std::string_view text);

  const Host& host_;
  Streams streams_;
  bool told_of_back_ = false;
  std::string last_line_;
};

}  // namespace scaffold::cli
