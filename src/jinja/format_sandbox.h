// str.format in the sandbox: string.Formatter of Python 3.11 with lookups that the sandbox checks.

#pragma once

#include "jinja/state.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// text.format(*args, **kwargs).
Value FormatInSandbox(State& state, const Value& text, const Args& args);
// text.format_map(mapping).
Value FormatMapInSandbox(State& state, const Value& text, const Value& mapping);

}  // namespace scaffold::jinja
