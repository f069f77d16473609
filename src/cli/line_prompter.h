// LinePrompter: questions as plain lines, for terminals and pipes alike.

#pragma once

#include <optional>
#include <string>

#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"

namespace scaffold::cli {

class LinePrompter : public Prompter {
 public:
  LinePrompter(const Host& host, const Streams& streams) : host_(host), streams_(streams) {}

  PromptReply Ask(const Prompt& prompt, const PromptValidator& validate,
                  std::string_view error) override;
  std::optional<bool> ConfirmOverwrite(std::string_view path) override;

 private:
  // Nullopt at the end of input.
  std::optional<std::string> ReadLine(bool hidden);
  PromptReply AskText(const Prompt& prompt);
  PromptReply AskMultiline(const Prompt& prompt);
  PromptReply AskConfirm(const Prompt& prompt);
  PromptReply AskChoice(const Prompt& prompt);
  PromptReply AskChoices(const Prompt& prompt);
  void PrintChoices(const Prompt& prompt);
  void Complain(std::string_view text);

  const Host& host_;
  Streams streams_;
};

}  // namespace scaffold::cli
