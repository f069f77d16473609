#include "cli/pipe_prompter.h"

#include <utility>

#include "support/text.h"

namespace scaffold::cli {
namespace {

// Of one question: who sends more is no person and no script that listens.
constexpr size_t kMaxKeys = 1 << 20;
constexpr size_t kMaxRefusals = 1000;

}  // namespace

PromptReply PipePrompter::Ask(const Prompt& prompt, const PromptValidator& validate,
                              std::string_view error) {
  if (error.empty() || current_ == nullptr) {
    current_ = PipePrompt::Make(prompt, validate);
    keys_read_ = refusals_ = 0;
  } else {
    CountRefusal();
  }
  return Drive(EscapeForTerminal(prompt.qmark) + " " + EscapeForTerminal(prompt.message) + " ",
               std::string(error));
}

std::optional<bool> PipePrompter::ConfirmOverwrite(std::string_view path) {
  Prompt prompt;
  prompt.kind = PromptKind::kConfirm;
  prompt.initial_confirm = true;
  current_ = PipePrompt::Make(prompt, {});
  keys_read_ = refusals_ = 0;
  const PromptReply reply = Drive("?  Overwrite " + EscapeForTerminal(path) + "? ", {});
  if (reply.action == PromptReply::Action::kEndOfInput) return std::nullopt;
  return reply.value.AsBool();
}

PromptReply PipePrompter::Drive(const std::string& head, std::string complaint) {
  painted_.clear();
  bool changed = true;
  while (true) {
    // Whoever sent more keys already is not waiting to see what the first of them did.
    if (painted_.empty() || (changed && !keys_.HasMore())) {
      if (complaint.empty()) complaint = current_->Complaint();
      std::string frame = head + current_->OpenBody();
      if (!complaint.empty()) {
        frame += (frame.ends_with('\n') ? "" : "\n") + EscapeForTerminal(complaint);
      }
      Paint(frame);
      changed = false;
    }
    const std::optional<PipePress> press = keys_.Read();
    host_.CheckCancelled();
    if (++keys_read_ > kMaxKeys) ThrowEndless();
    if (press && press->key == PipeKey::kInterrupt) {
      Paint(painted_ + "\n");
      throw Error(ErrorKind::kInterrupted, "Execution stopped by user");
    }
    const PipePrompt::Status status = press ? current_->Press(*press) : PipePrompt::Status::kEnded;
    changed = true;
    complaint.clear();
    if (status == PipePrompt::Status::kOpen) {
      if (press->key == PipeKey::kEnter && !current_->Complaint().empty()) CountRefusal();
      continue;
    }
    if (status == PipePrompt::Status::kEnded) {
      if (!painted_.ends_with('\n')) Paint(painted_ + "\n");
      return {.action = PromptReply::Action::kEndOfInput, .text = {}, .value = {}};
    }
    Paint(head + current_->AnsweredBody() + "\n");
    return current_->Reply();
  }
}

void PipePrompter::CountRefusal() {
  if (++refusals_ > kMaxRefusals) ThrowEndless();
}

void PipePrompter::ThrowEndless() {
  Paint(painted_ + "\n");
  throw Error(ErrorKind::kInteractive, "standard input sends keys without end, and no answer")
      .WithHelp("use --defaults and --data instead");
}

void PipePrompter::Paint(const std::string& frame) {
  if (!painted_.empty() && frame.starts_with(painted_)) {
    out_ << std::string_view(frame).substr(painted_.size());
  } else {
    if (!painted_.empty() && !painted_.ends_with('\n')) out_ << "\n";
    out_ << frame;
  }
  out_ << std::flush;
  painted_ = frame;
}

}  // namespace scaffold::cli
