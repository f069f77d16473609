// Sandbox: what a template of a sandboxed environment may reach (Jinja2's sandbox.py).

#pragma once

#include <optional>
#include <string_view>

#include "jinja/state.h"
#include "scaffold/jinja.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// Whether Python's class of the value has this __name__, which the engine does not.
bool IsSpecialMethod(const Value& object, std::string_view name);

bool IsSafeAttribute(Sandbox sandbox, const Value& object, std::string_view name);
// An Undefined that raises SecurityError when it is used.
Value UnsafeUndefined(UndefinedPolicy policy, const Value& object, std::string_view name);
// str.format and str.format_map with lookups that obey the sandbox; nullopt for other attributes.
std::optional<Value> WrapStrFormat(State& state, const Value& object, std::string_view name);
// str.format and format_map called right away.
Value SandboxedFormat(State& state, const Value& text, std::string_view method, const Args& args);

}  // namespace scaffold::jinja
