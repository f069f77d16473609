// Prompt: one question as a person sees it, and the Prompter that puts it.
//
// A Prompt is plain data that the questionnaire makes; it knows nothing of terminals. Prompter is the
// interface that a program implements to ask: a terminal, a pipe, a web page.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

enum class PromptKind : uint8_t {
  kText,
  kMultiline,
  kPassword,
  kPath,
  kConfirm,
  kSelect,
  kMultiselect,
};

struct PromptChoice {
  std::string title;
  Value value;
  std::string disabled_reason;  // not empty: cannot be chosen
  bool checked = false;         // part of the default of a multiselect
};

struct Prompt {
  std::string name;         // of the question
  PromptKind kind = PromptKind::kText;
  std::string type;         // bool, int, str, ...
  std::string message;      // help, or "NAME (TYPE)"; without the question mark
  std::string qmark;
  std::string placeholder;
  bool secret = false;
  std::optional<Value> default_value;  // cast; nullopt when there is none
  std::string initial_text;            // the default as it is edited (kText and the like)
  std::vector<PromptChoice> choices;   // kSelect and kMultiselect
  // The error of a text that is typed so far, or nullopt; cheap enough for each key.
  std::function<std::optional<std::string>(std::string_view text)> validate_text;
};

// What a person did with a prompt.
struct PromptReply {
  enum class Action : uint8_t { kAnswer, kBack, kEndOfInput };
  Action action = Action::kAnswer;
  Value value;  // text for text kinds, bool, the chosen value, or a list of chosen values
};

class Prompter {
 public:
  virtual ~Prompter() = default;
  // `error` is why the last reply to this very prompt was refused; empty the first time. Ctrl-C throws
  // Error(kInterrupted).
  virtual PromptReply Ask(const Prompt& prompt, std::string_view error) = 0;
  // "Overwrite PATH?"; nullopt at the end of input.
  virtual std::optional<bool> ConfirmOverwrite(std::string_view path) = 0;
};

}  // namespace scaffold
