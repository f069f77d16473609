// The program's own version, from CMake.

#pragma once

#include <string_view>

namespace scaffold::cli {

inline constexpr std::string_view kVersion = SCAFFOLD_VERSION;

}  // namespace scaffold::cli
