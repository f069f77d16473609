// Python's ast.literal_eval, for native environments.

#pragma once

#include <optional>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold::jinja {

// The value of a Python literal; nullopt when the text is none.
std::optional<Value> LiteralEval(std::string_view text);

}  // namespace scaffold::jinja
