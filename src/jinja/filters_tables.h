// The filter and test families: one table a file.

#pragma once

#include <span>

#include "jinja/filters.h"

namespace scaffold::jinja {

std::span<const FilterRow> HtmlFilters();
std::span<const FilterRow> NumberFilters();
std::span<const FilterRow> OrderFilters();
std::span<const FilterRow> SelectFilters();
std::span<const FilterRow> SequenceFilters();
std::span<const FilterRow> TextFilters();
std::span<const FilterRow> UrlFilters();

// Filters with a file of their own.
Value PrettyPrint(State& state, const Value& input, const BoundArgs& args);
Value ToJson(State& state, const Value& input, const BoundArgs& args);
Value Urlize(State& state, const Value& input, const BoundArgs& args);
Value WordWrap(State& state, const Value& input, const BoundArgs& args);

std::span<const TestRow> ComparisonTests();
std::span<const TestRow> ValueTests();

}  // namespace scaffold::jinja
