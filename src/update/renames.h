// Which rendered file of the old template became which of the new one.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.h"
#include "vcs/similarity.h"

namespace scaffold {

// Provenance first: the same template file (or the one it was renamed to, by `template_renames`)
// with the same yield item makes the same file, whatever its name. Similarity of content only for
// what is left, and only when `is_edited` says of a vanished path that the user has changed it:
// nothing can be lost of the others. Sorted by `from`.
std::vector<Rename> MatchRenames(const Tree& base, const Tree& theirs,
                                 const std::vector<Rename>& template_renames,
                                 const std::function<bool(const std::string&)>& is_edited);

}  // namespace scaffold
