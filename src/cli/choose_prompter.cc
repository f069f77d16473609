#include "cli/choose_prompter.h"

#include "cli/line_prompter.h"
#include "cli/terminal_prompter.h"

namespace scaffold::cli {

std::unique_ptr<Prompter> ChoosePrompter(const Host& host, const Streams& streams) {
  const std::string kind = host.Variable("TERM").value_or("");
  const bool moves_cursor = !kind.empty() && kind != "dumb";
  const bool accessible = !host.Variable("ACCESSIBLE").value_or("").empty();
  if (streams.in_is_terminal && streams.out_is_terminal && moves_cursor && !accessible) {
    return std::make_unique<TerminalPrompter>(host, streams);
  }
  return std::make_unique<LinePrompter>(host, streams);
}

}  // namespace scaffold::cli
