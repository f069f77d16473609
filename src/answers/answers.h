// Answers: the values of a run, where each came from, and the answers file.

#pragma once

#include <optional>
#include <set>
#include <string>

#include "scaffold/value.h"
#include "support/source.h"

namespace scaffold {

// Highest first: what the user answered now, --data and --data-file, what the answers file
// recorded, defaults of the caller, user settings. Keys keep their order.
struct AnswerSources {
  Dict init;               // --data and --data-file
  Dict last;               // the answers file, all keys, `_src_path` and `_commit` included
  Dict user_defaults;      // of the calling program (API)
  Dict settings_defaults;  // `defaults` of the user settings file
};

struct Answers {
  AnswerSources sources;
  Dict user;                     // answered in this run, in order
  std::set<std::string> hidden;  // `when` was false: never recorded
  std::set<std::string> chosen;  // given by a person or by --data rather than defaulted

  // Copier's ChainMap: user, init, metadata, last (without private keys), user_defaults.
  Dict Combined(const Dict& metadata) const;
};

// The answers file's mapping; an empty or absent file gives an empty Dict; another top-level type
// is an Error.
Dict ParseAnswersFile(const Source& source);

}  // namespace scaffold
