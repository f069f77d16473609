// Which file of a template became which, as the template's own history tells it.

#pragma once

#include <string>
#include <vector>

#include "support/host.h"
#include "vcs/similarity.h"

namespace scaffold {

// Renames between two commits of a git template, step by step, so that a file is followed that was
// rewritten after its move. Paths are relative to the template's folder. Empty for sources without
// a history, when `before` is no ancestor of `after`, and without the git program.
std::vector<Rename> ReadTemplateRenames(const Host& host, const std::string& source,
                                        const std::string& before, const std::string& after);

}  // namespace scaffold
