// Unicode character names, for `\N{BULLET}` in string literals.

#pragma once

#include <string_view>

namespace scaffold::jinja {

// Case does not matter; 0 when no character has the name.
char32_t FindCharacterByName(std::string_view name);

}  // namespace scaffold::jinja
