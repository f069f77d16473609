// State: what scaffold records of a project beyond the answers file, in .scaffold/state.yml.
//
// The answers file does not tell an answer that a person chose from a default that happened to be
// taken; an update to a template with other defaults needs to know. And it names the template's
// version by a tag, which may move.

#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"
#include "support/source.h"

namespace scaffold {

// Below the project's folder.
inline constexpr std::string_view kStateFile = ".scaffold/state.yml";

// What a generator has added.
struct Addition {
  std::string generator;
  std::string name;
  std::string source;  // of the generator: GeneratorOriginName
  Dict answers;        // to the generator's questions
  struct Insert {
    std::string file, region, text;
    bool operator==(const Insert&) const = default;
  };
  std::vector<Insert> inserts;
  std::map<std::string, std::string> files;  // path to SHA-256 of its bytes
};

struct State {
  std::set<std::string> chosen;  // names of the chosen answers
  // Of each module that was added later: the answers that became chosen by it.
  std::map<std::string, std::set<std::string>> modules;
  std::vector<Addition> additions;
  bool only_additions = false;  // the file was made for them, and goes with the last one
  // The template, and its commit as the answers file names it, and in full. Empty where unknown.
  std::string source;
  std::string commit;
  std::string commit_hash;
};

// The text of the file; equal states have equal texts.
std::string FormatState(const State& state);

// An empty text gives an empty state. Throws Error(kConfig) for anything else than what FormatState
// writes, and for a version that is newer than this program's.
State ParseState(const Source& source);

}  // namespace scaffold
