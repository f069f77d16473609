// The question whether a template may run its commands, on a terminal.

#pragma once

#include <string>
#include <string_view>

#include "cli/options.h"
#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"
#include "scaffold/trust.h"

namespace scaffold::cli {

// Whether a person is there who can be asked, and did not say that nothing shall be asked.
bool CanAskTrust(const Host& host, const Streams& streams, const Options& options);

// Shows what the template wants to run, and asks. No answer is kNo.
TrustReply AskTrust(const TrustRequest& request, const Streams& streams, Prompter& prompter);

// The lines that are shown above the question.
std::string FormatTrustRequest(const TrustRequest& request);
// One line of a text from a template, with everything that could hide a part of it made visible:
// control, format and odd blank characters become "\u{HEX}".
std::string ShowEverything(std::string_view line);

}  // namespace scaffold::cli
