// Prompt: one question as it is to be put to a person, and the Prompter that puts it.
//
// A Prompt is plain data that the questionnaire makes, so that a terminal, a web page or a test can
// be the other side. Prompter is the interface that a program implements to ask.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
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
  bool has_previous = false;             // kBack leads somewhere
};

// What a person did with a prompt.
struct PromptReply {
  enum class Action : uint8_t { kText, kValue, kBack, kEndOfInput };
  Action action = Action::kText;
  std::string text;  // kText: as typed
  Value value;       // kValue: a bool, a choice's value, or a list of them
};

// Why a text typed so far would be refused, or nullopt; for validation at each key.
using PromptValidator = std::function<std::optional<std::string>(std::string_view text)>;

// An answer that a person gave, as it is shown for review.
struct ReviewedAnswer {
  std::string name;      // of the question
  std::string question;  // its help, or its name
  std::string text;      // a choice as its title; empty for a secret
  bool secret = false;
};

class Prompter {
 public:
  virtual ~Prompter() = default;
  // `error` is why the last reply to this very prompt was refused; empty the first time. Ctrl-C
  // throws Error(kInterrupted).
  virtual PromptReply Ask(const Prompt& prompt, const PromptValidator& validate,
                          std::string_view error) = 0;
  // All questions are answered, and nothing is written yet. The index of an answer to be given
  // again, or nullopt: go on.
  virtual std::optional<size_t> Review(const std::vector<ReviewedAnswer>& answers);
  // "Overwrite PATH?"; nullopt at the end of input.
  virtual std::optional<bool> ConfirmOverwrite(std::string_view path) = 0;
};

inline std::optional<size_t> Prompter::Review(const std::vector<ReviewedAnswer>&) {
  return std::nullopt;
}

}  // namespace scaffold
