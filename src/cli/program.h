// Program: the name that the program was called by, which decides whose manners it has.

#pragma once

#include <cstdint>
#include <string_view>

namespace scaffold::cli {

enum class Program : uint8_t {
  kScaffold,
  kCopier,  // through a link named `copier`: Copier's commands and exit codes
};

// From argv[0], with or without its folder.
Program ProgramNamed(std::string_view path);
// "scaffold" or "copier".
std::string_view ProgramName(Program program);

}  // namespace scaffold::cli
