// Identifiers by Python's rules, and the white space around them.

#pragma once

#include <string>
#include <string_view>

#include "value/unicode.h"

namespace scaffold::jinja {

using scaffold::IsSpace;  // str.isspace(), what `\s` matches

// Whether Jinja2's lexer takes the code point into a name token.
bool IsWordCharacter(char32_t c);
// str.isidentifier().
bool IsIdentifier(std::string_view name);
// NFKC, as Python normalises identifiers; ASCII comes back as it is.
std::string NormalizeIdentifier(std::string_view name);

// The text without the white space at its end, as str.rstrip() gives it.
std::string_view StripEnd(std::string_view text);

}  // namespace scaffold::jinja
