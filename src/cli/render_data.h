// The variables of `scaffold render`: from files, the command line and the environment.

#pragma once

#include "cli/options.h"
#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/value.h"

namespace scaffold::cli {

// The environment first, then the files in their order, then `-D`: what comes later wins.
Dict ReadRenderData(const Host& host, const Streams& streams, const Options& options);

}  // namespace scaffold::cli
