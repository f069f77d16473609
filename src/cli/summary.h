// The last lines of `scaffold new`: what was made, what to do next, how to do it again.

#pragma once

#include <string>

#include "scaffold/host.h"
#include "scaffold/scaffold.h"

namespace scaffold::cli {

std::string FormatSummary(const Host& host, const NewOptions& options, const NewResult& result);

// The command that makes the same project without a question.
std::string FormatRepeatCommand(const NewOptions& options, const NewResult& result);

}  // namespace scaffold::cli
