// Bytes to text as PyYAML decodes a stream: UTF-16 with a byte order mark, else UTF-8; and the
// check that a text holds only characters that YAML allows.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/problem.h"

namespace scaffold::yaml {

// Why bytes are not UTF-8, as Python says it.
struct DecodeFailure {
  size_t begin = 0;
  size_t end = 0;  // one past the last byte of the malformed sequence
  std::string reason;
  // str() of Python's UnicodeDecodeError.
  std::string PythonText(std::string_view bytes) const;
};

std::optional<DecodeFailure> FindDecodeFailure(std::string_view bytes);

// True when the bytes begin with the mark of UTF-16; such bytes are never UTF-8.
bool IsUtf16(std::string_view bytes);

// Throws for the first character that PyYAML's reader refuses, and for malformed UTF-8.
void CheckCharacters(const Source& source, ErrorText style);

}  // namespace scaffold::yaml
