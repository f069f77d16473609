// Fingerprint: what stands at a path, as a short text that tells versions apart.
//
// It follows from the kind, the permission bits and the content only, so that it survives a copy of
// the whole folder. Not meant against forgery.

#pragma once

#include <string>

#include "tree/tree.h"

namespace scaffold {

// Of what stands there now; links are not followed.
std::string Fingerprint(int directory, const char* name);
// Of an entry as it will be once it is written.
std::string Fingerprint(const TreeEntry& entry);

// Of a path where nothing is.
inline constexpr char kNothingThere[] = "-";

}  // namespace scaffold
