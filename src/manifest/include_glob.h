// The files of a template that an `!include` pattern names, as Python's Path.glob finds them.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace scaffold {

// Paths in byte order, links followed to what they name. Throws Error(kForbiddenPath) with Copier's
// text for a pattern or a link that leaves the template. REQUIRES: the pattern is relative.
std::vector<std::string> FindIncludedFiles(const Tree& template_tree, std::string_view pattern,
                                           const std::string& root = {});

}  // namespace scaffold
