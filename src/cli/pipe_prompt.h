// PipePrompt: a question on a pipe as a state machine, keys in and plain text out.
//
// The frames are Copier's: mark, message, then what the kind of question shows. Nothing here reads
// or writes; PipePrompter does.

#pragma once

#include <memory>
#include <string>

#include "cli/pipe_keys.h"
#include "scaffold/prompt.h"

namespace scaffold::cli {

class PipePrompt {
 public:
  enum class Status : uint8_t { kOpen, kAnswered, kEnded };

  virtual ~PipePrompt() = default;

  virtual Status Press(const PipePress& press) = 0;
  // What is shown after mark and message while the question is open, and once it is answered.
  virtual std::string OpenBody() const = 0;
  virtual std::string AnsweredBody() const = 0;
  virtual PromptReply Reply() const = 0;
  // Why the present input would be refused; empty when it would not, or when that is found out only
  // with the answer.
  virtual std::string Complaint() const { return {}; }

  static std::unique_ptr<PipePrompt> Make(const Prompt& prompt, const PromptValidator& validate);
};

}  // namespace scaffold::cli
