// Completion of paths from the file system.

#pragma once

#include <filesystem>

#include "terminal/text_field.h"

namespace scaffold::cli {

// Completes the last component of a path, relative ones below `base`; folders end with a slash.
// Hidden names are offered once a dot is typed.
terminal::Completer MakePathCompleter(std::filesystem::path base);

}  // namespace scaffold::cli
