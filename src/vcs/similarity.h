// FindRenames: which files of one tree are files of another one under a new name.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace scaffold {

struct Rename {
  std::string from;
  std::string to;
};

// Files of `before` that are gone in `after`, paired with files that are new there, by git's rules:
// first those of equal content, then those with the same name, then all others, of which at least
// `percent` of the bytes must be in both. Links pair only with equal links, empty files never. Each
// file is used once; sorted by `from`.
//
// The number of files is not limited; the time grows with its square only for those that have no
// equal on the other side, and after some seconds (a fixed amount of work) these stay unpaired.
std::vector<Rename> FindRenames(const Tree& before, const Tree& after, int percent = 50);

// How much of the two contents is in both, as git estimates it for renames: bytes of equal lines,
// in percent of the longer content.
double Similarity(std::string_view one, std::string_view other);

}  // namespace scaffold
