#include "jinja/compiler.h"

#include <algorithm>
#include <set>

#include "jinja/visitor.h"
#include "scaffold/error.h"

namespace scaffold::jinja {
Compiler::Compiler(const Environment::Rep& environment, TemplateCode* code, SymbolTable* symbols)
    : environment_(environment), code_(code), symbols_(symbols) {
  eval_.environment = &environment;
  eval_.autoescape = environment.AutoescapeFor(code->name());
}

void Compiler::CompileTemplate() {
  CheckBlockNames();
  code_->function = NewFunction(nullptr);
  FunctionState function{code_->function, nullptr};
  function_ = &function;
  {
    Scope scope(code_, &scopes_, nullptr, &function);
    Symbol* self = symbols_->Find("self");
    if (IsLoadedUndeclared(code_->body, self)) {
      code_->uses_self = true;
      code_->self_ref = scope.DeclareParameter(self);
    }
    scope.Analyze(code_->body);
    const Place place{
        .scope = &scope, .toplevel = true, .rootlevel = true, .output_check = code_->has_extends};
    VisitBody(code_->body, place);
    code_->scope = scope.Finish();
  }
  for (Block* block : code_->blocks) CompileBlockFunction(block);
}

void Compiler::CompileExpression() {
  code_->function = NewFunction(nullptr);
  FunctionState function{code_->function, nullptr};
  function_ = &function;
  Scope scope(code_, &scopes_, nullptr, &function);
  scope.Analyze(code_->expression);
  VisitExpr(&code_->expression, Place{.scope = &scope});
  code_->scope = scope.Finish();
}

void Compiler::CheckBlockNames() {
  std::set<std::string_view> names;
  for (const Block* block : code_->blocks) {
    if (!names.insert(block->name).second) {
      Fail("block " + Repr(Value(block->name)) + " defined twice", block->line, block->span);
    }
  }
}

void Compiler::CompileBlockFunction(Block* block) {
  NewLine(block->line);
  block->function = NewFunction(nullptr);
  FunctionState function{block->function, nullptr};
  function_ = &function;
  Scope scope(code_, &scopes_, nullptr, &function);
  Symbol* self = symbols_->Find("self");
  if (IsLoadedUndeclared(block->body, self)) {
    block->uses_self = true;
    block->self_ref = scope.DeclareParameter(self);
  }
  Symbol* super = symbols_->Find("super");
  if (IsLoadedUndeclared(block->body, super)) {
    block->uses_super = true;
    block->super_ref = scope.DeclareParameter(super);
  }
  scope.Analyze(block->body);
  VisitBody(block->body, Place{.scope = &scope});
  block->code_scope = scope.Finish();
}

void Compiler::CompileMacro(MacroBody* macro, const Place& place) {
  const uint32_t line = line_;
  macro->line = line;
  FunctionState* outer = function_;
  macro->function = NewFunction(outer);
  FunctionState function{macro->function, outer};
  function_ = &function;
  {
    Scope scope(code_, &scopes_, place.scope, &function);
    List names;
    for (const Parameter& parameter : macro->parameters) {
      const std::string_view name = parameter.name->symbol->name;
      names.push_back(*KeyOf(parameter.name->symbol));
      if (name == "caller") macro->explicit_caller = true;
      parameter.name->ref = scope.DeclareParameter(parameter.name->symbol);
    }
    macro->names = code_->Own(Value::Tuple(std::move(names)));
    DeclareSpecialArguments(macro, &scope, line,
                            macro->parameters.empty() ? Span{} : macro->parameters.front().span);
    for (const Parameter& parameter : macro->parameters) {
      if (parameter.fallback != nullptr) scope.Analyze(parameter.fallback);
    }
    scope.Analyze(macro->body);
    const Place inner{.scope = &scope};
    for (Parameter& parameter : macro->parameters) {
      if (parameter.fallback != nullptr) VisitExpr(&parameter.fallback, inner);
    }
    VisitBody(macro->body, inner);
    macro->scope = scope.Finish();
  }
  function_ = outer;
}

// `caller`, `kwargs` and `varargs` are parameters of a macro that reads them.
void Compiler::DeclareSpecialArguments(MacroBody* macro, Scope* scope, uint32_t line, Span span) {
  const auto has_parameter = [macro](std::string_view name) {
    return std::any_of(macro->parameters.begin(), macro->parameters.end(),
                       [name](const Parameter& p) { return p.name->symbol->name == name; });
  };
  Symbol* caller = symbols_->Find("caller");
  if (IsLoadedUndeclared(macro->body, caller)) {
    macro->accesses_caller = true;
    for (const Parameter& parameter : macro->parameters) {
      if (parameter.name->symbol != caller || parameter.fallback != nullptr) continue;
      Fail(
          "When defining macros or call blocks the special \"caller\" argument must be omitted or "
          "be given a default.",
          line, span);
    }
    if (!macro->explicit_caller) macro->caller_ref = scope->DeclareParameter(caller);
  }
  Symbol* kwargs = symbols_->Find("kwargs");
  if (!has_parameter("kwargs") && IsLoadedUndeclared(macro->body, kwargs)) {
    macro->accesses_kwargs = true;
    macro->kwargs_ref = scope->DeclareParameter(kwargs);
  }
  Symbol* varargs = symbols_->Find("varargs");
  if (!has_parameter("varargs") && IsLoadedUndeclared(macro->body, varargs)) {
    macro->accesses_varargs = true;
    macro->varargs_ref = scope->DeclareParameter(varargs);
  }
}

Compiler::Place Compiler::Inner(const Place& place, Scope* scope) const {
  return Place{.scope = scope, .in_loop = place.in_loop, .output_check = place.output_check};
}

Compiler::Place Compiler::Soft(const Place& place) const {
  Place soft = place;
  soft.rootlevel = false;
  soft.soft = true;
  return soft;
}

FunctionCode* Compiler::NewFunction(FunctionState* parent) {
  auto* function = code_->arena().New<FunctionCode>();
  if (parent != nullptr) {
    function->depth = parent->code->depth + 1;
    for (FunctionState* outer = parent; outer != nullptr; outer = outer->parent) {
      outer->code->captured = true;
    }
  }
  return function;
}

const Value* Compiler::KeyOf(Symbol* symbol) {
  if (symbol->key == nullptr) symbol->key = code_->Own(Value(symbol->name));
  return symbol->key;
}

void Compiler::Fail(std::string message, uint32_t line, Span span) {
  throw Error(ErrorKind::kAssertion, std::move(message)).At(code_->Locate(line, span));
}

}  // namespace scaffold::jinja
