// Filters and tests: the tables from names to functions.
//
// To add a filter: write its function in the filters_*.cc file of its family, add one row to that
// file's table, and one case file under tests/cases/jinja/filters/.

#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "jinja/state.h"
#include "scaffold/value.h"
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

// Ordered for "did you mean" and listing; lookups happen at parse time only.
using FilterTable = std::map<std::string, Filter, std::less<>>;
using TestTable = std::map<std::string, Test, std::less<>>;

void AddFilters(FilterTable* table, std::span<const FilterRow> rows);
void AddTests(TestTable* table, std::span<const TestRow> rows);
// Everything that Jinja2 3.1.6 has; made once per thread-safe static initialisation.
const FilterTable& BuiltinFilters();
const TestTable& BuiltinTests();

}  // namespace scaffold::jinja
