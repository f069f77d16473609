// The last lines of `scaffold new`: what was made, what to do next, how to do it again.

#pragma once

#include <optional>
#include <string>

#include "cli/box.h"
#include "cli/options.h"
#include "scaffold/scaffold.h"

namespace scaffold::cli {

// `options` is the command line that `request` was made of; without `box` plain lines.
std::string FormatSummary(const Options& options, const NewOptions& request,
                          const NewResult& result, const std::optional<BoxStyle>& box);

// The command that makes the same project without a question. Secrets are left for the user to
// fill in.
std::string FormatRepeatCommand(const Options& options, const NewOptions& request,
                                const NewResult& result);

// What ends the program after the summary when git refused the first commit.
Error RefusedCommit(const NewOptions& request, const NewResult& result);

}  // namespace scaffold::cli
