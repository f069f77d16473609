// Help texts, made from the table in flags.h.

#pragma once

#include <string>

#include "cli/flags.h"

namespace scaffold::cli {

std::string FormatHelp();                   // of the program
std::string FormatHelp(CommandId command);  // of one command

}  // namespace scaffold::cli
