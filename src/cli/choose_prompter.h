// Which Prompter asks: it depends on what stands behind the standard streams.

#pragma once

#include <memory>

#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"

namespace scaffold::cli {

// In place on a terminal that can do it, else in lines.
std::unique_ptr<Prompter> ChoosePrompter(const Host& host, const Streams& streams);

}  // namespace scaffold::cli
