// Arithmetic of complex numbers; each REQUIRES numbers, at least one of them complex (the power
// also takes two floats whose power is complex).

#pragma once

#include "scaffold/value.h"

namespace scaffold {

Value AddComplex(const Value& a, const Value& b);
Value SubtractComplex(const Value& a, const Value& b);
Value MultiplyComplex(const Value& a, const Value& b);
Value DivideComplex(const Value& a, const Value& b);
Value PowerOfComplex(const Value& a, const Value& b);

}  // namespace scaffold
