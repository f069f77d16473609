// Help texts, made from the table in flags.h.

#pragma once

#include <string>

#include "cli/flags.h"

namespace scaffold::cli {

std::string FormatHelp(Program program);                     // of the program
std::string FormatHelp(Program program, CommandId command);  // of one command
std::string FormatFullHelp(Program program);                 // of both, for every command

}  // namespace scaffold::cli
