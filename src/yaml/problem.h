// Problem: why a YAML text is refused, in PyYAML's words, and the Error made of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/source.h"
#include "yaml/load.h"

namespace scaffold::yaml {

// A position in a text. PyYAML counts code points, so that all three counts are kept beside the
// byte offset while scanning.
struct Mark {
  uint32_t offset = 0;  // bytes
  uint32_t index = 0;   // code points
  uint32_t line = 0;    // 0-based
  uint32_t column = 0;  // 0-based, in code points
};

struct Problem {
  std::string context;  // "while parsing a block mapping"; may be empty
  std::optional<Mark> context_mark;
  std::string text;
  std::optional<Mark> mark;
};

// Python's repr of the character at `offset`; '\x00' at the end of the text.
std::string CharacterRepr(std::string_view text, size_t offset);

// What str() of PyYAML's exception gives: context, problem and both places with their lines.
std::string FormatLikePython(const Source& source, const Problem& problem);

// The Error of a problem, with its place; REQUIRES: marks lie within the source.
Error MakeError(const Source& source, ErrorText style, const Problem& problem);

}  // namespace scaffold::yaml
