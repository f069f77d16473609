#include "jinja/filters.h"

#include "jinja/filters_tables.h"

namespace scaffold::jinja {

void AddFilters(FilterTable* table, std::span<const FilterRow> rows) {
  for (const FilterRow& row : rows) {
    table->insert_or_assign(std::string(row.name), Filter{row.function, Signature(row.signature)});
  }
}

void AddTests(TestTable* table, std::span<const TestRow> rows) {
  for (const TestRow& row : rows) {
    table->insert_or_assign(std::string(row.name), Test{row.function, Signature(row.signature)});
  }
}

const FilterTable& BuiltinFilters() {
  static const FilterTable table = [] {
    FilterTable filters;
    AddFilters(&filters, HtmlFilters());
    AddFilters(&filters, NumberFilters());
    AddFilters(&filters, OrderFilters());
    AddFilters(&filters, SelectFilters());
    AddFilters(&filters, SequenceFilters());
    AddFilters(&filters, TextFilters());
    AddFilters(&filters, UrlFilters());
    return filters;
  }();
  return table;
}

const TestTable& BuiltinTests() {
  static const TestTable table = [] {
    TestTable tests;
    AddTests(&tests, ComparisonTests());
    AddTests(&tests, ValueTests());
    return tests;
  }();
  return table;
}

}  // namespace scaffold::jinja
