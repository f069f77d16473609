// The list of a template's modules: modules.yml.

#pragma once

#include <vector>

#include "scaffold/modules.h"
#include "support/source.h"
#include "tree/tree.h"

namespace scaffold {

inline constexpr char kModulesFile[] = "modules.yml";

// Throws Error(kConfig) with the place of what is wrong. `is_on` is not set.
std::vector<ModuleInfo> ParseModules(const Source& source);

// Those of a template, with their state in a project of these answers; none when it has no list.
std::vector<ModuleInfo> ReadModules(const Tree& tree, const Dict& answers);

}  // namespace scaffold
