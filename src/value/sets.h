// Operators of sets; each REQUIRES kSet on both sides.

#pragma once

#include "scaffold/value.h"
#include "value/operators.h"

namespace scaffold {

Value MakeSet();
inline Dict& SetItems(const Value& set) { return static_cast<SetRep*>(set.payload())->items; }
Value SubtractSets(const Value& a, const Value& b);
// Subset and superset.
bool CompareSets(Comparison op, const Value& a, const Value& b);

}  // namespace scaffold
