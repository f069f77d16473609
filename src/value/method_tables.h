// The tables of methods, one for each built-in type, and what their files share.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "value/methods.h"

namespace scaffold {

struct MethodRow {
  std::string_view name;
  MethodFunction function;
};

// Each table is sorted by name.
std::span<const MethodRow> StrMethods();
std::span<const MethodRow> MarkupMethods();  // what Markup has beyond str
std::span<const MethodRow> BytesMethods();
std::span<const MethodRow> ListMethods();
std::span<const MethodRow> TupleMethods();
std::span<const MethodRow> DictMethods();
std::span<const MethodRow> SetMethods();
std::span<const MethodRow> RangeMethods();
std::span<const MethodRow> IntMethods();
std::span<const MethodRow> FloatMethods();
std::span<const MethodRow> ComplexMethods();
std::span<const MethodRow> DateMethods();
std::span<const MethodRow> DateTimeMethods();
std::span<const MethodRow> TimeMethods();
std::span<const MethodRow> TimeDeltaMethods();

}  // namespace scaffold
