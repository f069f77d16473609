// MakePrompter: the one place that chooses how questions are put.

#pragma once

#include <memory>

#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"

namespace scaffold::cli {

// What the bytes of a standard input that is no terminal are to a command.
enum class PipedInput : uint8_t {
  kLines,  // an answer a line, an empty one takes the default
  kKeys,   // what a terminal would send, as Copier reads them
};

// In place on a terminal that can do it, from a pipe as `piped` says, else in lines.
std::unique_ptr<Prompter> MakePrompter(const Host& host, const Streams& streams, PipedInput piped);

}  // namespace scaffold::cli
