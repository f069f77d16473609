// PipePrompter: questions to whoever sits at the other ends of two pipes, as Copier puts them.
//
// Keys are read one by one and the question is written again, as plain text, when its input has
// changed; scripts and tests that drive Copier through pipes work with it unchanged.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/pipe_prompt.h"
#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"

namespace scaffold::cli {

class PipePrompter : public Prompter {
 public:
  PipePrompter(const Host& host, const Streams& streams)
      : host_(host), out_(streams.out), keys_(streams.in) {}

  PromptReply Ask(const Prompt& prompt, const PromptValidator& validate,
                  std::string_view error) override;
  std::optional<bool> ConfirmOverwrite(std::string_view path) override;

 private:
  PromptReply Drive(const std::string& head, std::string complaint);
  void CountRefusal();
  [[noreturn]] void ThrowEndless();
  // Writes what differs from the text that stands there: its new end, or all of it again.
  void Paint(const std::string& frame);

  const Host& host_;
  std::ostream& out_;
  KeyReader keys_;
  std::unique_ptr<PipePrompt> current_;  // kept when its reply is refused: the input goes on
  std::string painted_;
  size_t keys_read_ = 0;  // for the current question, as the next
  size_t refusals_ = 0;
};

}  // namespace scaffold::cli
