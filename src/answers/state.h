// State: what scaffold records of a project beyond the answers file, in .scaffold/state.yml.
//
// The answers file does not tell an answer that a person chose from a default that happened to be
// taken; an update to a template with other defaults needs to know.

#pragma once

#include <set>
#include <string>

#include "support/source.h"

namespace scaffold {

// The text of the file.
std::string FormatState(const std::set<std::string>& chosen);

// The names of the chosen answers; an empty text gives none. Throws Error(kConfig) for anything
// else than what FormatState writes, and for a version that is newer than this program's.
std::set<std::string> ParseState(const Source& source);

}  // namespace scaffold
