// Files of a project that a generator looks at.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

// The regular files below `project` that match a pattern ("manage.py", "*/apps.py"), each once, as
// a list of {path, text} by path. A `*` stays within one part of a path. Links, virtual
// environments, and names that begin with a dot where the pattern does not, are passed over; `text`
// is empty for what is no UTF-8 or larger than 1 MiB. Throws Error(kUser) when there are very many.
// REQUIRES: the patterns are Tree paths.
Value ReadMatchingFiles(const std::filesystem::path& project,
                        const std::vector<std::string>& patterns);

}  // namespace scaffold
