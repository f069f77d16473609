// Evaluates Python expressions over Values, so that tables of expressions and CPython's results can
// be tests.
//
// Literals, operators, comparisons, subscripts, attributes and calls are Python's; the functions
// are those of FunctionTable() in the .cc file.

#pragma once

#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold::testing {

// Throws scaffold::Error as the operations do; std::runtime_error for a malformed expression.
Value EvaluateExpression(std::string_view expression);

// What a table holds: repr() of the result, or "TypeError: message".
std::string DescribeResult(std::string_view expression);

}  // namespace scaffold::testing
