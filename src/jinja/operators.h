// The operators of expression nodes, on values.

#pragma once

#include "jinja/nodes.h"
#include "scaffold/value.h"
#include "value/operators.h"

namespace scaffold::jinja {

// kAdd ... kPow.
Value ApplyBinary(NodeKind kind, const Value& left, const Value& right);
// kNot, kNeg, kPos.
Value ApplyUnary(NodeKind kind, const Value& value);
bool CompareValues(CompareOp op, const Value& left, const Value& right);

}  // namespace scaffold::jinja
