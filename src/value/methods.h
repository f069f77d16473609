// Methods of the built-in types, and the attribute lookups behind GetAttribute and CallMethod.

#pragma once

#include <optional>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// One built-in method. `self` has the kind whose table the row stands in.
using MethodFunction = Value (*)(CallContext& context, const Value& self, const Args& args);

// The method of that name for the value's kind, or null.
MethodFunction FindMethod(const Value& self, std::string_view name);
// `self.name` as a callable value.
Value MakeBoundMethod(Value self, std::string_view name, MethodFunction function);

}  // namespace scaffold
