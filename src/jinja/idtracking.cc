#include "jinja/idtracking.h"

#include <algorithm>
#include <vector>

#include "jinja/visitor.h"

namespace scaffold::jinja {

Scope::Scope(TemplateCode* code, ScopeStack* stack, Scope* parent, FunctionState* function,
             Slots slots)
    : code_(code),
      stack_(stack),
      parent_(parent),
      function_(function),
      slots_(slots),
      level_(parent == nullptr ? 0 : parent->level_ + 1),
      first_binding_(stack->bindings.size()),
      first_store_(stack->stores.size()) {}

Scope::~Scope() {
  for (Binding* binding : bindings()) {
    if (binding->symbol->binding == binding) binding->symbol->binding = binding->previous;
  }
  stack_->bindings.Truncate(first_binding_);
  stack_->stores.Truncate(first_store_);
}

Binding* Scope::FindHere(const Symbol* symbol) const {
  Binding* binding = symbol->binding;
  return binding != nullptr && binding->scope == this ? binding : nullptr;
}

Binding* Scope::FindOutside(const Symbol* symbol) const {
  Binding* binding = symbol->binding;
  return binding != nullptr && binding->scope == this ? binding->previous : binding;
}

Binding* Scope::Define(Symbol* symbol, LoadAction load, Binding* alias) {
  Binding* binding = FindHere(symbol);
  if (binding == nullptr) {
    binding = code_->arena().New<Binding>();
    binding->symbol = symbol;
    binding->scope = this;
    binding->slot = SlotFor(symbol);
    binding->previous = symbol->binding;
    symbol->binding = binding;
    stack_->bindings.push_back(binding);
  }
  binding->load = load;
  binding->alias = alias;
  return binding;
}

uint32_t Scope::SlotFor(Symbol* symbol) {
  FunctionCode* owner = function_->code;
  if (slots_ == Slots::kOwn) return owner->slot_count++;
  Symbol* canonical = symbol->canonical;
  for (const SlotKey* key = canonical->slots; key != nullptr; key = key->next) {
    if (key->owner == owner && key->level == level_) return key->slot;
  }
  const uint32_t slot = owner->slot_count++;
  canonical->slots = code_->arena().New<SlotKey>(SlotKey{owner, level_, slot, canonical->slots});
  return slot;
}

NameRef Scope::RefTo(const Binding& binding) const {
  return {binding.slot, function_->code->depth - binding.scope->function_->code->depth};
}

NameRef Scope::DeclareParameter(Symbol* symbol) {
  Binding* binding = Define(symbol, LoadAction::kParameter, nullptr);
  if (!binding->stored) stack_->stores.push_back(symbol);
  binding->stored = true;
  return RefTo(*binding);
}

void Scope::Store(Symbol* symbol) {
  Binding* binding = FindHere(symbol);
  if (binding == nullptr) {
    Binding* outer = FindOutside(symbol);
    binding = outer != nullptr ? Define(symbol, LoadAction::kAlias, outer)
                               : Define(symbol, LoadAction::kMissing, nullptr);
  }
  if (!binding->stored) stack_->stores.push_back(symbol);
  binding->stored = true;
}

void Scope::Load(Symbol* symbol) {
  if (Find(symbol) == nullptr) Define(symbol, LoadAction::kResolve, nullptr);
}

NameRef Scope::Ref(Symbol* symbol) {
  Load(symbol);
  return RefTo(*Find(symbol));
}

void Scope::AnalyzeTargetAsParameter(Expr* target) {
  if (target->kind == NodeKind::kName) {
    DeclareParameter(static_cast<Name*>(target)->symbol);
  } else if (target->kind == NodeKind::kNSRef) {
    Load(static_cast<NSRef*>(target)->symbol);
  } else if (target->kind == NodeKind::kTuple) {
    for (Expr* item : static_cast<Tuple*>(target)->items) AnalyzeTargetAsParameter(item);
  }
}

void Scope::Analyze(Node* node) {
  switch (node->kind) {
    case NodeKind::kName: {
      auto* name = static_cast<Name*>(node);
      if (name->context == NameContext::kParam) {
        DeclareParameter(name->symbol);
      } else if (name->context == NameContext::kStore) {
        Store(name->symbol);
      } else {
        Load(name->symbol);
      }
      return;
    }
    case NodeKind::kNSRef:
      Load(static_cast<NSRef*>(node)->symbol);
      return;
    case NodeKind::kIf:
      AnalyzeIf(static_cast<If*>(node));
      return;
    case NodeKind::kMacro:
      Store(static_cast<Macro*>(node)->name->symbol);
      return;
    case NodeKind::kImport:
      Analyze(static_cast<Import*>(node)->template_name);
      Store(static_cast<Import*>(node)->target->symbol);
      return;
    case NodeKind::kFromImport:
      Analyze(static_cast<FromImport*>(node)->template_name);
      for (const ImportedName& name : static_cast<FromImport*>(node)->names) {
        Store(name.target->symbol);
      }
      return;
    case NodeKind::kAssign:
      Analyze(static_cast<Assign*>(node)->node);
      Analyze(static_cast<Assign*>(node)->target);
      return;
    case NodeKind::kFor:
      Analyze(static_cast<For*>(node)->iter);
      return;
    case NodeKind::kCallBlock:
      Analyze(static_cast<CallBlock*>(node)->call);
      return;
    case NodeKind::kFilterBlock:
      Analyze(static_cast<FilterBlock*>(node)->filter);
      return;
    case NodeKind::kWith:
      for (Expr* value : static_cast<With*>(node)->values) Analyze(value);
      return;
    case NodeKind::kAssignBlock:
      Analyze(static_cast<AssignBlock*>(node)->target);
      return;
    case NodeKind::kTemplateData:
      return;
    case NodeKind::kAutoescape:
    case NodeKind::kBlock:
      return;  // scopes of their own
    default:
      if (++stack_->depth > kMaxExpressionDepth) ThrowTooDeep(*code_, *node);
      ForEachChild(node, [this](Node* child) { Analyze(child); });
      --stack_->depth;
      return;
  }
}

// Jinja2 analyses each branch on a copy of the symbols and merges them. One pass gives the same,
// because the merge replaces the loads of every name that some branch stored first.
void Scope::AnalyzeIf(If* node) {
  Analyze(node->test);
  const auto& stores = stack_->stores;
  const size_t mark = stores.size();
  Analyze(node->body);
  for (If* elif : node->elif) Analyze(elif);
  Analyze(node->else_body);
  for (size_t i = mark; i < stores.size(); ++i) {
    Binding* binding = FindHere(stores[i]);
    Binding* outer = FindOutside(stores[i]);
    binding->load = outer != nullptr ? LoadAction::kAlias : LoadAction::kResolve;
    binding->alias = outer;
  }
}

std::span<StoredName> Scope::StoredNames() {
  std::vector<StoredName> names;
  size_t end = stack_->stores.size();
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
    for (size_t i = scope->first_store_; i < end; ++i) {
      Symbol* symbol = stack_->stores[i];
      // An inner scope's variable of the name hides this one; Ref finds it, once is enough.
      if (Find(symbol)->scope != scope && Find(symbol)->stored) continue;
      names.push_back({symbol, RefTo(*Find(symbol))});
    }
    end = scope->first_store_;
  }
  return code_->arena().Copy(names);
}

SlotInit Scope::MakeInit(const Binding& binding, LoopScope is_loop) const {
  SlotInit init{.action = SlotInit::Action::kMissing, .target = RefTo(binding)};
  if (binding.load == LoadAction::kResolve) {
    init.action = SlotInit::Action::kResolve;
    init.symbol = binding.symbol;
    // Only statements at the top level change the context, and no loop is at the top level.
    init.every_iteration = is_loop == LoopScope::kNo || binding.stored;
  } else if (binding.load == LoadAction::kAlias) {
    init.action = SlotInit::Action::kAlias;
    init.source = RefTo(*binding.alias);
  }
  return init;
}

ScopeCode* Scope::Finish(LoopScope is_loop) {
  const std::span<Binding*> all = bindings();
  const auto is_parameter = [](const Binding* binding) {
    return binding->load == LoadAction::kParameter;
  };
  auto* scope = code_->arena().New<ScopeCode>();
  scope->next = code_->scopes;
  code_->scopes = scope;
  scope->leave = code_->arena().Make<uint32_t>(all.size());
  const auto parameters = static_cast<size_t>(std::count_if(all.begin(), all.end(), is_parameter));
  scope->inits = code_->arena().Make<SlotInit>(all.size() - parameters);
  // Jinja2 clears what is undefined after it has looked up and copied the rest.
  size_t next = 0;
  for (const bool missing : {false, true}) {
    for (const Binding* binding : all) {
      if (is_parameter(binding) || (binding->load == LoadAction::kMissing) != missing) continue;
      scope->inits[next++] = MakeInit(*binding, is_loop);
    }
  }
  for (size_t i = 0; i < all.size(); ++i) scope->leave[i] = all[i]->slot;
  return scope;
}

bool IsLoadedUndeclared(Body body, const Symbol* symbol) {
  if (symbol == nullptr) return false;
  enum class Answer : uint8_t { kOpen, kYes, kNo } answer = Answer::kOpen;
  const auto visit = [&answer, symbol](auto&& self, Node* node) -> void {
    if (answer != Answer::kOpen || node->kind == NodeKind::kBlock) return;
    if (node->kind == NodeKind::kName) {
      const auto* name = static_cast<Name*>(node);
      if (name->symbol != symbol) return;
      answer = name->context == NameContext::kLoad ? Answer::kYes : Answer::kNo;
      return;
    }
    ForEachChild(node, [&self](Node* child) { self(self, child); });
  };
  for (Stmt* statement : body) visit(visit, statement);
  return answer == Answer::kYes;
}

}  // namespace scaffold::jinja
