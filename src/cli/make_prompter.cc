#include "cli/make_prompter.h"

#include "cli/line_prompter.h"
#include "cli/pipe_prompter.h"
#include "cli/terminal_prompter.h"

namespace scaffold::cli {

std::unique_ptr<Prompter> MakePrompter(const Host& host, const Streams& streams, PipedInput piped) {
  if (!streams.in_is_terminal && piped == PipedInput::kKeys) {
    return std::make_unique<PipePrompter>(host, streams);
  }
  if (CanPromptInPlace(host, streams)) return std::make_unique<TerminalPrompter>(host, streams);
  return std::make_unique<LinePrompter>(host, streams);
}

}  // namespace scaffold::cli
