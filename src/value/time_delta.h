// Products and quotients of timedeltas; nullopt where neither operand makes it one.

#pragma once

#include <optional>

#include "scaffold/value.h"

namespace scaffold {

std::optional<Value> MultiplyTimeDelta(const Value& a, const Value& b);
std::optional<Value> DivideTimeDelta(const Value& a, const Value& b);
std::optional<Value> FloorDivideTimeDelta(const Value& a, const Value& b);
std::optional<Value> ModuloTimeDelta(const Value& a, const Value& b);

}  // namespace scaffold
