#include "cli/choose_prompter.h"

#include "cli/line_prompter.h"
#include "cli/terminal_prompter.h"

namespace scaffold::cli {

std::unique_ptr<Prompter> ChoosePrompter(const Host& host, const Streams& streams) {
  if (CanPromptInPlace(host, streams)) return std::make_unique<TerminalPrompter>(host, streams);
  return std::make_unique<LinePrompter>(host, streams);
}

}  // namespace scaffold::cli
