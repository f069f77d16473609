// Optimizer: constant folding, as far as Jinja2's own folding shows.
//
// Jinja2 evaluates constant expressions while compiling, with slightly other rules than at run time
// (a slice of a number is undefined instead of an error, `~` does not escape). Those rules are
// here.

#pragma once

#include <optional>

#include "jinja/environment.h"
#include "jinja/nodes.h"

namespace scaffold::jinja {

// What folding depends on: the escaping in force at this place of the template.
struct EvalContext {
  const Environment::Rep* environment;
  bool autoescape = false;
  bool is_volatile = false;
};

// The value of a constant expression (Jinja2's as_const); nullopt when it is none. Throws where
// Jinja2 lets an exception through.
std::optional<Value> AsConst(const Expr& expr, const EvalContext& context);

// Whether the value may stand in the compiled template for the expression that made it: it never
// changes and has an exact repr().
bool IsSafeConstant(const Value& value);
// Jinja2's has_safe_repr, which takes lists, dicts and sets as well.
bool IsSafeContainer(const Value& value);

// "inf" or "nan" when the repr of a float in it is no Python literal; else empty.
std::string_view FindBadFloat(const Value& value);

}  // namespace scaffold::jinja
