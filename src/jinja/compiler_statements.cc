// The compiler pass over statements.

#include "jinja/compiler.h"
#include "jinja/visitor.h"
#include "scaffold/error.h"

namespace scaffold::jinja {

bool Compiler::VisitBody(Body body, const Place& place) {
  for (Stmt* statement : body) {
    if (!VisitStatement(statement, place)) return false;
  }
  return true;
}

bool Compiler::VisitStatement(Stmt* node, const Place& place) {
  switch (node->kind) {
    case NodeKind::kOutput:
      VisitOutput(static_cast<Output*>(node), place);
      return true;
    case NodeKind::kExtends:
      return VisitExtends(static_cast<Extends*>(node), place);
    case NodeKind::kFor:
      VisitFor(static_cast<For*>(node), place);
      return true;
    case NodeKind::kIf:
      VisitIf(static_cast<If*>(node), place);
      return true;
    case NodeKind::kMacro:
      VisitMacro(static_cast<Macro*>(node), place);
      return true;
    case NodeKind::kCallBlock:
      VisitCallBlock(static_cast<CallBlock*>(node), place);
      return true;
    case NodeKind::kFilterBlock:
      VisitFilterBlock(static_cast<FilterBlock*>(node), place);
      return true;
    case NodeKind::kWith:
      VisitWith(static_cast<With*>(node), place);
      return true;
    case NodeKind::kBlock:
      VisitBlock(static_cast<Block*>(node), place);
      return true;
    case NodeKind::kInclude:
      VisitInclude(static_cast<Include*>(node), place);
      return true;
    case NodeKind::kImport:
      VisitImport(static_cast<Import*>(node), place);
      return true;
    case NodeKind::kFromImport:
      VisitFromImport(static_cast<FromImport*>(node), place);
      return true;
    case NodeKind::kExprStmt:
      NewLine(node->line);
      VisitExpr(&static_cast<ExprStmt*>(node)->node, place);
      return true;
    case NodeKind::kAssign:
      VisitAssign(static_cast<Assign*>(node), place);
      return true;
    case NodeKind::kAssignBlock:
      VisitAssignBlock(static_cast<AssignBlock*>(node), place);
      return true;
    case NodeKind::kAutoescape:
      VisitAutoescape(static_cast<AutoescapeStmt*>(node), place);
      return true;
    case NodeKind::kBreak:
    case NodeKind::kContinue:
      CheckLoopControl(*node, place);
      return true;
    default:  // expressions are no statements
      return true;
  }
}

OutputCheck Compiler::CheckFor(const Place& place) const {
  if (!place.output_check) return OutputCheck::kAlways;
  return has_known_extends_ ? OutputCheck::kNever : OutputCheck::kUnlessExtended;
}

void Compiler::VisitOutput(Output* node, const Place& place) {
  node->check = CheckFor(place);
  node->escape = escape_mode();
  if (node->check == OutputCheck::kNever) return;
  parts_.clear();
  for (Expr*& child : node->nodes) {
    if (child->kind == NodeKind::kTemplateData) {
      AddText(static_cast<TemplateData*>(child)->data);
    } else if (std::optional<std::string> constant = FoldOutput(*child)) {
      AddText(code_->arena().Copy(std::string_view(*constant)));
    } else {
      FlushText();
      NewLine(child->line);
      VisitExpr(&child, place);
      parts_.push_back({{}, child});
    }
  }
  FlushText();
  node->parts = parts_.CopyTo(&code_->arena());
}

// Constant output; pieces in a row become one. A lone piece stays where it is.
void Compiler::AddText(std::string_view piece) {
  if (text_.empty()) {
    text_ = piece;
    return;
  }
  if (joined_.empty()) joined_ = text_;
  joined_ += piece;
}

void Compiler::FlushText() {
  if (text_.empty()) return;
  parts_.push_back(
      {joined_.empty() ? text_ : code_->arena().Copy(std::string_view(joined_)), nullptr});
  text_ = {};
  joined_.clear();
}

void Compiler::VisitFor(For* node, const Place& place) {
  FunctionState* outer = function_;
  FunctionState* function = outer;
  FunctionState recursive;
  if (node->recursive) {
    node->function = NewFunction(outer);
    recursive = {node->function, outer};
    function = &recursive;
  }
  node->escape = escape_mode();
  node->extended = node->recursive || code_->has_scoped_blocks ||
                   IsLoadedUndeclared(node->body, symbols_->Find("loop"));
  if (node->test != nullptr) VisitForTest(node, place, function);
  CheckLoopStores(node);
  const uint32_t line = node->line;
  NewLine(line);
  if (!node->recursive) VisitExpr(&node->iter, place);
  VisitForBody(node, place, function);
  if (!node->else_body.empty()) {
    function_ = function;
    {
      Scope scope(code_, &scopes_, place.scope, function);
      scope.Analyze(node->else_body);
      VisitBody(node->else_body, Inner(place, &scope));
      node->else_scope = scope.Finish();
    }
    function_ = outer;
  }
  if (node->recursive) {
    NewLine(line);
    VisitExpr(&node->iter, place);
  }
  if (node->test != nullptr) node->line = node->test->line;
}

void Compiler::VisitForTest(For* node, const Place& place, FunctionState* function) {
  FunctionState* outer = function_;
  function_ = function;
  node->test_target = CloneTarget(node->target);
  NewLine(node->test->line);
  {
    Scope scope(code_, &scopes_, place.scope, function, Scope::Slots::kOwn);
    scope.AnalyzeTargetAsParameter(node->test_target);
    scope.Analyze(node->test);
    const Place inner = Inner(place, &scope);
    VisitTarget(node->test_target, inner);
    VisitExpr(&node->test, inner);
    node->test_scope = scope.Finish();
  }
  function_ = outer;
}

void Compiler::VisitForBody(For* node, const Place& place, FunctionState* function) {
  FunctionState* outer = function_;
  function_ = function;
  {
    Scope scope(code_, &scopes_, place.scope, function);
    if (node->extended) node->loop_ref = scope.DeclareParameter(symbols_->Intern("loop"));
    scope.AnalyzeTargetAsParameter(node->target);
    scope.Analyze(node->body);
    Place inner = Inner(place, &scope);
    inner.in_loop = true;
    VisitTarget(node->target, inner);
    VisitBody(node->body, inner);
    node->scope = scope.Finish(Scope::LoopScope::kYes);
  }
  function_ = outer;
}

// Jinja2 looks through the whole statement, nested ones included.
void Compiler::CheckLoopStores(For* node) {
  const Symbol* loop = symbols_->Find("loop");
  if (loop == nullptr || !loop->stored) return;
  const auto visit = [this, loop](auto&& self, Node* child) -> void {
    if (child->kind == NodeKind::kName) {
      const auto* name = static_cast<Name*>(child);
      if (name->symbol == loop && name->context == NameContext::kStore) {
        Fail("Can't assign to special loop variable in for-loop target", name->line, name->span);
      }
    }
    ForEachChild(child, [&self](Node* next) { self(self, next); });
  };
  visit(visit, node);
}

// In Jinja2 Python's compiler finds this fault, in the generated code.
void Compiler::CheckLoopControl(const Stmt& node, const Place& place) {
  NewLine(node.line);
  if (place.in_loop) return;
  const bool is_break = node.kind == NodeKind::kBreak;
  throw Error(ErrorKind::kSyntax,
              is_break ? "'break' outside loop" : "'continue' not properly in loop")
      .At(code_->Locate(node.line, node.span));
}

Expr* Compiler::CloneTarget(Expr* target) {
  if (target->kind == NodeKind::kName) {
    return code_->arena().New<Name>(*static_cast<Name*>(target));
  }
  auto* tuple = code_->arena().New<Tuple>(*static_cast<Tuple*>(target));
  std::vector<Expr*> items;
  for (Expr* item : tuple->items) items.push_back(CloneTarget(item));
  tuple->items = code_->arena().Copy(items);
  return tuple;
}

void Compiler::VisitIf(If* node, const Place& place) {
  const Place soft = Soft(place);
  NewLine(node->line);
  VisitExpr(&node->test, soft);
  VisitBody(node->body, soft);
  for (If* elif : node->elif) {
    NewLine(elif->line);
    VisitExpr(&elif->test, soft);
    VisitBody(elif->body, soft);
  }
  VisitBody(node->else_body, soft);
}

void Compiler::VisitMacro(Macro* node, const Place& place) {
  NewLine(node->line);
  CompileMacro(&node->macro, place);
  node->toplevel = place.toplevel;
  node->name->ref = place.scope->Ref(node->name->symbol);
  KeyOf(node->name->symbol);
}

void Compiler::VisitCallBlock(CallBlock* node, const Place& place) {
  const uint32_t line = node->line;
  NewLine(line);
  CompileMacro(&node->macro, place);
  NewLine(line);
  Expr* call = node->call;
  VisitComposite(call, place);
}

void Compiler::VisitFilterBlock(FilterBlock* node, const Place& place) {
  const uint32_t line = node->line;
  node->escape = escape_mode();
  Scope scope(code_, &scopes_, place.scope, function_);
  scope.Analyze(node->body);
  scope.Analyze(node->filter);
  const Place inner = Inner(place, &scope);
  VisitBody(node->body, inner);
  NewLine(line);
  VisitComposite(node->filter, inner);
  node->scope = scope.Finish();
}

void Compiler::VisitWith(With* node, const Place& place) {
  node->line = line_;  // Jinja2 writes no line for the values of a with
  for (Expr*& value : node->values) VisitExpr(&value, place);
  Scope scope(code_, &scopes_, place.scope, function_);
  for (Expr* target : node->targets) scope.AnalyzeTargetAsParameter(target);
  scope.Analyze(node->body);
  const Place inner = Inner(place, &scope);
  for (Expr* target : node->targets) VisitTarget(target, inner);
  VisitBody(node->body, inner);
  node->scope = scope.Finish();
}

void Compiler::VisitBlock(Block* node, const Place& place) {
  node->check = OutputCheck::kAlways;
  if (place.toplevel) {
    if (has_known_extends_) {
      node->check = OutputCheck::kNever;
      return;
    }
    if (extends_so_far_ > 0) node->check = OutputCheck::kUnlessExtended;
  }
  if (node->scoped) node->locals = place.scope->StoredNames();
  NewLine(node->line);
}

bool Compiler::VisitExtends(Extends* node, const Place& place) {
  if (!place.toplevel) {
    Fail("cannot use extend from a non top-level scope", node->line, node->span);
  }
  if (extends_so_far_ > 0) {
    node->second = has_known_extends_;
    node->check = !has_known_extends_;
    if (has_known_extends_) {
      node->line = line_;
      return false;
    }
  }
  NewLine(node->line);
  VisitExpr(&node->template_name, place);
  if (place.rootlevel) has_known_extends_ = true;
  ++extends_so_far_;
  return true;
}

void Compiler::VisitInclude(Include* node, const Place& place) {
  NewLine(node->line);
  switch (node->template_name->kind) {
    case NodeKind::kConst:
      if (static_cast<Const*>(node->template_name)->value->IsString()) {
        node->include_kind = IncludeKind::kGet;
      }
      break;
    case NodeKind::kTuple:
    case NodeKind::kList:
      node->include_kind = IncludeKind::kSelect;
      break;
    default:
      break;
  }
  VisitExpr(&node->template_name, place);
  if (node->with_context) node->locals = place.scope->StoredNames();
}

void Compiler::VisitImport(Import* node, const Place& place) {
  NewLine(node->line);
  node->toplevel = place.toplevel;
  VisitTarget(node->target, place);
  VisitExpr(&node->template_name, place);
  if (node->with_context) node->locals = place.scope->StoredNames();
}

void Compiler::VisitFromImport(FromImport* node, const Place& place) {
  NewLine(node->line);
  node->toplevel = place.toplevel;
  VisitExpr(&node->template_name, place);
  for (const ImportedName& name : node->names) VisitTarget(name.target, place);
  if (node->with_context) node->locals = place.scope->StoredNames();
}

void Compiler::VisitAssign(Assign* node, const Place& place) {
  node->toplevel = place.toplevel;
  node->check_line = line_;
  NewLine(node->line);
  VisitTarget(node->target, place);
  VisitExpr(&node->node, place);
}

void Compiler::VisitAssignBlock(AssignBlock* node, const Place& place) {
  const uint32_t line = node->line;
  node->toplevel = place.toplevel;
  node->escape = escape_mode();
  VisitTarget(node->target, place);
  Scope scope(code_, &scopes_, place.scope, function_);
  scope.Analyze(node->body);
  Place inner = Inner(place, &scope);
  inner.output_check = false;
  VisitBody(node->body, inner);
  NewLine(line);
  if (node->filter != nullptr) VisitComposite(node->filter, inner);
  node->scope = scope.Finish();
}

void Compiler::VisitAutoescape(AutoescapeStmt* node, const Place& place) {
  const EvalContext saved = eval_;
  node->line = line_;
  Scope scope(code_, &scopes_, place.scope, function_);
  scope.Analyze(node->value);
  scope.Analyze(node->body);
  const Place inner = Inner(place, &scope);
  std::optional<Value> constant;
  if (node->value->foldable) constant = AsConst(*node->value, eval_);
  VisitExpr(&node->value, inner);
  if (constant) {
    eval_.autoescape = Truth(*constant);
  } else {
    eval_.is_volatile = true;
  }
  VisitBody(node->body, inner);
  eval_ = saved;
  node->scope = scope.Finish();
}

// Names of a target get their slots; what is assigned at the top level also goes to the context.
void Compiler::VisitTarget(Expr* target, const Place& place) {
  if (target->kind == NodeKind::kName) {
    auto* name = static_cast<Name*>(target);
    name->ref = place.scope->Ref(name->symbol);
    if (place.toplevel) KeyOf(name->symbol);
  } else if (target->kind == NodeKind::kNSRef) {
    auto* ns = static_cast<NSRef*>(target);
    ns->ref = place.scope->Ref(ns->symbol);
  } else if (target->kind == NodeKind::kTuple) {
    for (Expr* item : static_cast<Tuple*>(target)->items) VisitTarget(item, place);
  }
}

}  // namespace scaffold::jinja
