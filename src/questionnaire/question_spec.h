// QuestionSpec: the keys of one question, checked and with their defaults.

#pragma once

#include <optional>
#include <string>

#include "manifest/manifest.h"
#include "scaffold/value.h"

namespace scaffold {

struct QuestionSpec {
  Value choices;  // list, dict or str (Jinja); empty: none
  bool multiselect = false;
  bool secret = false;
  std::optional<Value> default_value;        // nullopt: none was written
  std::string type;                          // Jinja
  std::string help, placeholder, validator;  // Jinja
  std::string qmark;
  Value multiline = Value(false);  // bool or str (Jinja)
  Value when = Value(true);        // bool or str (Jinja)
  Value ask = Value(true);         // bool or str (Jinja)

  bool HasChoices() const { return Truth(choices); }
};

// Throws Error with its place for a key of the wrong type, a secret question without a default and
// a name that is taken.
QuestionSpec ParseQuestionSpec(const Manifest& manifest, const Question& question);

}  // namespace scaffold
