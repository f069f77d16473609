// What stands in a project at the paths that an update looks at.

#pragma once

#include <filesystem>

#include "support/host.h"
#include "tree/tree.h"

namespace scaffold {

// MergeInput::ours for two renderings. Links are never followed. Throws Error(kIo).
Tree ReadProjectFiles(const Host& host, const std::filesystem::path& root, const Tree& base,
                      const Tree& theirs);

}  // namespace scaffold
