// Idtracking: which variable a name means, decided before anything is evaluated.
//
// A port of the rules of Jinja2's idtracking.py. A Scope says for each name that its statements
// load or store where its value comes from when the scope is entered: looked up in the context,
// taken from an outer variable, or missing. Each name gets a slot in the frame of its function; two
// scopes of one function and level share the slot of a name, as they share the Python variable in
// Jinja2.

#pragma once

#include <cstdint>
#include <span>

#include "jinja/inline_vector.h"
#include "jinja/nodes.h"
#include "jinja/symbols.h"
#include "jinja/template_code.h"

namespace scaffold::jinja {

// A function being compiled.
struct FunctionState {
  FunctionCode* code = nullptr;
  FunctionState* parent = nullptr;
};

enum class LoadAction : uint8_t { kParameter, kResolve, kAlias, kMissing };

class Scope;

// What one scope knows of one name.
struct Binding {
  Symbol* symbol = nullptr;
  Scope* scope = nullptr;
  uint32_t slot = 0;
  LoadAction load = LoadAction::kMissing;
  bool stored = false;
  Binding* alias = nullptr;     // kAlias
  Binding* previous = nullptr;  // of the same name in an outer scope
};

struct SlotKey {
  const FunctionCode* owner;
  uint32_t level;
  uint32_t slot;
  SlotKey* next;
};

// The bindings and stores of all open scopes, the innermost one's last.
struct ScopeStack {
  InlineVector<Binding*, 32> bindings;
  InlineVector<Symbol*, 32> stores;
  uint32_t depth = 0;  // of the expression that is being analysed
};

class Scope {
 public:
  enum class Slots : uint8_t { kShared, kOwn };

  // Scopes are opened and closed like brackets. `parent` is null for the root and for blocks.
  Scope(TemplateCode* code, ScopeStack* stack, Scope* parent, FunctionState* function,
        Slots slots = Slots::kShared);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  // FrameSymbolVisitor of Jinja2: records what a node of this scope loads and stores.
  void Analyze(Node* node);
  void Analyze(Body body) {
    for (Stmt* statement : body) Analyze(statement);
  }
  // Stores to names in a target count as parameters.
  void AnalyzeTargetAsParameter(Expr* target);

  NameRef DeclareParameter(Symbol* symbol);
  void Store(Symbol* symbol);
  void Load(Symbol* symbol);
  // The variable that the name means here, seen from this scope's function.
  NameRef Ref(Symbol* symbol);

  // Every name stored here or further out, innermost first.
  std::span<StoredName> StoredNames();
  // What entering and leaving does; call it last.
  enum class LoopScope : uint8_t { kNo, kYes };
  ScopeCode* Finish(LoopScope is_loop = LoopScope::kNo);

  FunctionState* function() const { return function_; }
  Scope* parent() const { return parent_; }

 private:
  void AnalyzeIf(If* node);
  Binding* Find(const Symbol* symbol) const { return symbol->binding; }
  Binding* FindHere(const Symbol* symbol) const;
  Binding* FindOutside(const Symbol* symbol) const;
  Binding* Define(Symbol* symbol, LoadAction load, Binding* alias);
  uint32_t SlotFor(Symbol* symbol);
  NameRef RefTo(const Binding& binding) const;
  SlotInit MakeInit(const Binding& binding, LoopScope is_loop) const;

  std::span<Binding*> bindings() const {
    return std::span<Binding*>(stack_->bindings).subspan(first_binding_);
  }

  TemplateCode* code_;
  ScopeStack* stack_;
  Scope* parent_;
  FunctionState* function_;
  Slots slots_;
  uint32_t level_;
  size_t first_binding_;
  size_t first_store_;
};

// Jinja2's find_undeclared for one name: is it loaded before anything stores it?
bool IsLoadedUndeclared(Body body, const Symbol* symbol);

}  // namespace scaffold::jinja
