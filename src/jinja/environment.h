// Environment::Rep: the engine's side of an Environment: prepared rules, tables, cache.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jinja/closures.h"
#include "jinja/filter_ref.h"
#include "jinja/filters.h"
#include "jinja/lexer.h"
#include "jinja/parser.h"
#include "jinja/template_code.h"
#include "scaffold/jinja.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// A template of the cache and its module, which imports without context share.
struct CachedTemplate {
  std::shared_ptr<TemplateCode> code;
  Value module;  // None until somebody imports it
  Closures closures;
};

struct Environment::Rep {
  Rep(Environment* environment, Options options);

  FilterRef FindFilter(std::string_view name) const;
  TestRef FindTest(std::string_view name) const;
  // All names, for "did you mean" and the debug tag; sorted.
  std::vector<std::string_view> FilterNames() const;
  std::vector<std::string_view> TestNames() const;

  std::shared_ptr<TemplateCode> Compile(std::optional<std::string> name, std::string display_name,
                                        std::string source, Lexer::Start start);
  // Throws TemplateNotFound.
  CachedTemplate& Load(std::string_view name);
  bool AutoescapeFor(const std::optional<std::string>& template_name) const;

  Environment* environment;
  Options options;
  LexerRules rules;
  TagTable tags;
  std::map<std::string, Function, std::less<>> custom_filters;
  std::map<std::string, Function, std::less<>> custom_tests;
  std::vector<const FilterTable*> filter_tables;  // searched from the last
  std::vector<const TestTable*> test_tables;
  Dict globals;
  Dict policies;
  std::unordered_map<std::string, std::unique_ptr<CachedTemplate>> cache;
};

// For extensions inside of scaffold: tables that outlive the environment, and tags.
void AddFilterTable(Environment& environment, const FilterTable* table);
void AddTestTable(Environment& environment, const TestTable* table);
void AddTag(Environment& environment, std::string name, TagParser parse);

}  // namespace scaffold::jinja
