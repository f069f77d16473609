#include "jinja/environment.h"

#include <set>

#include "jinja/compiler.h"
#include "jinja/evaluator.h"
#include "jinja/ext.h"
#include "jinja/frame.h"
#include "jinja/globals.h"
#include "jinja/native_function.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "value/limits.h"

namespace scaffold::jinja {
namespace {

constexpr uint32_t kMaxParseDepth = 400;  // two levels a parenthesis

template <typename Table>
const typename Table::mapped_type* FindRow(const std::vector<const Table*>& tables,
                                           const Table& builtin, std::string_view name) {
  for (size_t i = tables.size(); i-- > 0;) {
    if (auto found = tables[i]->find(name); found != tables[i]->end()) return &found->second;
  }
  auto found = builtin.find(name);
  return found == builtin.end() ? nullptr : &found->second;
}

template <typename Table>
std::vector<std::string_view> Names(const std::map<std::string, Function, std::less<>>& custom,
                                    const std::vector<const Table*>& tables, const Table& builtin) {
  std::set<std::string_view> names;
  for (const auto& [name, function] : custom) names.insert(name);
  for (const Table* table : tables) {
    for (const auto& [name, row] : *table) names.insert(name);
  }
  for (const auto& [name, row] : builtin) names.insert(name);
  return {names.begin(), names.end()};
}

Dict DefaultPolicies() {
  Dict dumps;
  dumps.Set("sort_keys", Value(true));
  Dict policies;
  policies.Set("compiler.ascii_str", Value(true));
  policies.Set("urlize.rel", Value("noopener"));
  policies.Set("urlize.target", Value());
  policies.Set("urlize.extra_schemes", Value());
  policies.Set("truncate.leeway", Value(5));
  policies.Set("json.dumps_function", Value());
  policies.Set("json.dumps_kwargs", Value(std::move(dumps)));
  policies.Set("ext.i18n.trimmed", Value(false));
  return policies;
}

Limits LimitsOf(const RenderLimits& wanted) {
  Limits limits;
  if (wanted.steps != 0) limits.steps = wanted.steps;
  if (wanted.bytes != 0) limits.bytes = wanted.bytes;
  if (wanted.depth != 0) limits.depth = wanted.depth;
  if (wanted.range != 0) limits.range = wanted.range;
  if (wanted.milliseconds != 0) limits.milliseconds = wanted.milliseconds;
  return limits;
}

}  // namespace

// --- Rep -----------------------------------------------------------------------------------------

Environment::Rep::Rep(Environment* env, Options o)
    : environment(env), options(std::move(o)), rules(options.syntax) {
  AddDefaultGlobals(&globals, options.sandbox);
  policies = DefaultPolicies();
  InstallExtensions(this);
}

FilterRef Environment::Rep::FindFilter(std::string_view name) const {
  FilterRef ref;
  if (!custom_filters.empty()) {
    if (auto found = custom_filters.find(name); found != custom_filters.end()) {
      ref.custom = &found->second;
      return ref;
    }
  }
  if (const Filter* row = FindRow(filter_tables, BuiltinFilters(), name)) {
    ref.function = row->function;
    ref.signature = &row->signature;
  }
  return ref;
}

TestRef Environment::Rep::FindTest(std::string_view name) const {
  TestRef ref;
  if (!custom_tests.empty()) {
    if (auto found = custom_tests.find(name); found != custom_tests.end()) {
      ref.custom = &found->second;
      return ref;
    }
  }
  if (const Test* row = FindRow(test_tables, BuiltinTests(), name)) {
    ref.function = row->function;
    ref.signature = &row->signature;
  }
  return ref;
}

std::vector<std::string_view> Environment::Rep::FilterNames() const {
  return Names(custom_filters, filter_tables, BuiltinFilters());
}

std::vector<std::string_view> Environment::Rep::TestNames() const {
  return Names(custom_tests, test_tables, BuiltinTests());
}

std::shared_ptr<TemplateCode> Environment::Rep::Compile(std::optional<std::string> name,
                                                        std::string display_name,
                                                        std::string source, Lexer::Start start) {
  const LimitScope limits(LimitsOf(options.limits));
  auto code = std::make_shared<TemplateCode>(std::move(name), std::move(display_name),
                                             NormalizeSource(std::move(source), options.syntax));
  SymbolTable symbols(&code->arena());
  Parser parser({&rules, &tags, kMaxParseDepth}, code.get(), &symbols, start);
  Compiler compiler(*this, code.get(), &symbols);
  if (start == Lexer::Start::kTemplate) {
    code->body = parser.ParseTemplate();
    compiler.CompileTemplate();
  } else {
    code->expression = parser.ParseLoneExpression();
    compiler.CompileExpression();
  }
  return code;
}

CachedTemplate& Environment::Rep::Load(std::string_view name) {
  std::string key(name);
  if (auto found = cache.find(key); found != cache.end()) return *found->second;
  if (!options.loader) {
    throw Error(ErrorKind::kType, "no loader for this environment specified");
  }
  std::optional<std::string> source = options.loader(name);
  if (!source) throw Error(ErrorKind::kTemplateNotFound, std::move(key));
  auto cached = std::make_unique<CachedTemplate>();
  cached->code = Compile(key, key, std::move(*source), Lexer::Start::kTemplate);
  return *cache.emplace(std::move(key), std::move(cached)).first->second;
}

// Jinja2's select_autoescape() with its defaults.
bool Environment::Rep::AutoescapeFor(const std::optional<std::string>& template_name) const {
  switch (options.autoescape) {
    case Autoescape::kOff:
      return false;
    case Autoescape::kOn:
      return true;
    case Autoescape::kByExtension:
      break;
  }
  if (!template_name) return true;
  const std::string name = ToLowerAscii(*template_name);
  return name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xml");
}

// --- Environment ---------------------------------------------------------------------------------

Environment::Environment(Options options) : rep_(std::make_unique<Rep>(this, std::move(options))) {}

Environment::~Environment() = default;

const Options& Environment::options() const { return rep_->options; }

void Environment::AddFilter(std::string name, Function filter) {
  rep_->custom_filters[std::move(name)] = std::move(filter);
}

void Environment::AddTest(std::string name, Function test) {
  rep_->custom_tests[std::move(name)] = std::move(test);
}

void Environment::AddGlobal(std::string_view name, Value value) {
  rep_->globals.Set(name, std::move(value));
}

void Environment::AddGlobal(std::string_view name, Function function) {
  AddGlobal(name, MakeFunction(std::string(name), std::move(function)));
}

void Environment::SetPolicy(std::string_view name, Value value) {
  rep_->policies.Set(name, std::move(value));
}

Value Environment::policy(std::string_view name) const {
  const Value* found = rep_->policies.Find(name);
  return found == nullptr ? Value::Undefined() : *found;
}

Template Environment::GetTemplate(std::string_view name) {
  return Template(this, rep_->Load(name).code);
}

Template Environment::FromString(std::string source, std::string display_name) {
  return Template(this, rep_->Compile(std::nullopt, std::move(display_name), std::move(source),
                                      Lexer::Start::kTemplate));
}

Expression Environment::CompileExpression(std::string source, std::string display_name) {
  return Expression(this, rep_->Compile(std::nullopt, std::move(display_name), std::move(source),
                                        Lexer::Start::kExpression));
}

void Environment::ClearCache() { rep_->cache.clear(); }

void AddFilterTable(Environment& environment, const FilterTable* table) {
  environment.rep().filter_tables.push_back(table);
}

void AddTestTable(Environment& environment, const TestTable* table) {
  environment.rep().test_tables.push_back(table);
}

void AddTag(Environment& environment, std::string name, TagParser parse) {
  environment.rep().tags[std::move(name)] = std::move(parse);
}

// --- Templates and expressions -------------------------------------------------------------------

Template::Template(Environment* environment, std::shared_ptr<TemplateCode> code)
    : environment_(environment), code_(std::move(code)) {}

std::string Template::Render(const Value& context) const {
  const LimitScope limits(LimitsOf(environment_->options().limits));
  return Evaluator(*environment_).Render(*code_, context);
}

Value Template::RenderNative(const Value& context) const {
  const LimitScope limits(LimitsOf(environment_->options().limits));
  return Evaluator(*environment_).RenderNative(*code_, context);
}

std::vector<std::string> Template::FindUndeclared() const {
  std::set<std::string> names;
  for (const ScopeCode* scope = code_->scopes; scope != nullptr; scope = scope->next) {
    for (const SlotInit& init : scope->inits) {
      if (init.action != SlotInit::Action::kResolve) continue;
      const std::string_view name = init.symbol->name;
      if (!environment_->rep().globals.Has(name)) names.emplace(name);
    }
  }
  return {names.begin(), names.end()};
}

Expression::Expression(Environment* environment, std::shared_ptr<TemplateCode> code)
    : environment_(environment), code_(std::move(code)) {}

Value Expression::Evaluate(const Value& context) const {
  const LimitScope limits(LimitsOf(environment_->options().limits));
  return Evaluator(*environment_).EvaluateExpression(*code_, context);
}

}  // namespace scaffold::jinja
