// Completion: what a shell needs to complete scaffold's command line, made from the table of flags.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scaffold::cli {

// "bash", "zsh", "fish" and "powershell".
std::vector<std::string_view> CompletionShells();
// The script for one of them. Throws Error(kUsage) for any other name.
std::string FormatCompletion(std::string_view shell);

}  // namespace scaffold::cli
