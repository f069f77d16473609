// Prompt: one question as it is to be put to a person. Plain data, so that a terminal, a web page
// or a test can be the other side.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

enum class PromptKind : uint8_t {
  kText,         // one line
  kMultiline,    // text of several lines
  kPassword,     // text that is not shown
  kPath,         // text with completion of file names
  kConfirm,      // yes or no
  kSelect,       // one of the choices
  kMultiselect,  // any number of the choices
};

struct PromptChoice {
  std::string title;
  Value value;           // what Answer takes when this choice is picked
  std::string disabled;  // the reason; empty: can be picked
  bool checked = false;  // of a multiselect: picked from the start
};

struct Prompt {
  std::string name;  // of the question
  PromptKind kind = PromptKind::kText;
  std::string type;  // bool, float, int, json, path, str or yaml
  std::string help;  // rendered; empty: none
  // What Copier shows after the mark: the help or "NAME (TYPE)", a newline and two blanks.
  std::string message;
  std::string qmark;
  std::string placeholder;  // shown while the input is empty
  bool secret = false;
  std::optional<Value> default_value;    // of the question's type; nullopt: there is none
  std::string initial_text;              // the default as editable text
  std::vector<PromptChoice> choices;     // of kSelect and kMultiselect
  std::optional<size_t> initial_choice;  // of kSelect: where the pointer starts
  bool initial_confirm = false;          // of kConfirm
  size_t index = 0;                      // position among all questions of the manifest, from 0
  size_t total = 0;                      // number of all questions of the manifest
};

}  // namespace scaffold
