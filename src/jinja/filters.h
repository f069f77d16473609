// Filters and tests: the tables from names to functions.
//
// To add a filter: write its function in the filters_*.cc file of its family, add one row to that
// file's table, and one case file under tests/cases/jinja/filters/.

#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "jinja/state.h"
#include "scaffold/value.h"
#include "value/hash.h"
#include "value/signature.h"

namespace scaffold::jinja {

// `input` is the filtered value and also parameter 0 of the signature; args[0] points to it.
using FilterFunction = Value (*)(State& state, const Value& input, const BoundArgs& args);
using TestFunction = bool (*)(State& state, const Value& input, const BoundArgs& args);

struct FilterRow {
  std::string_view name;
  FilterFunction function;
  std::string_view signature;  // Python's, with the Python function's name: it shows in TypeErrors
};
struct TestRow {
  std::string_view name;
  TestFunction function;
  std::string_view signature;
};

struct Filter {
  FilterFunction function;
  Signature signature;
};
struct Test {
  TestFunction function;
  Signature signature;
};

struct NameHash {
  using is_transparent = void;
  size_t operator()(std::string_view name) const { return HashText(name); }
};

// Hashed because a scaffold's templates are compiled for one render, where every look-up counts.
using FilterTable = std::unordered_map<std::string, Filter, NameHash, std::equal_to<>>;
using TestTable = std::unordered_map<std::string, Test, NameHash, std::equal_to<>>;

void AddFilters(FilterTable* table, std::span<const FilterRow> rows);
void AddTests(TestTable* table, std::span<const TestRow> rows);
// Everything that Jinja2 3.1.6 has; made once per thread-safe static initialisation.
const FilterTable& BuiltinFilters();
const TestTable& BuiltinTests();

}  // namespace scaffold::jinja
