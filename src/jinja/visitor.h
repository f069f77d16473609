// Walking the syntax tree: the children of a node, in the order of Jinja2's `fields`.

#pragma once

#include "jinja/nodes.h"

namespace scaffold::jinja {

template <typename F>
void ForEachArgument(const Arguments& arguments, F&& visit) {
  for (Expr* expr : arguments.positional) visit(expr);
  for (const Keyword& keyword : arguments.named) visit(keyword.value);
  if (arguments.dyn_args != nullptr) visit(arguments.dyn_args);
  if (arguments.dyn_kwargs != nullptr) visit(arguments.dyn_kwargs);
}

template <typename F>
void ForEachChildOfExpr(Expr* expr, F&& visit) {
  const auto maybe = [&visit](Expr* child) {
    if (child != nullptr) visit(child);
  };
  switch (expr->kind) {
    case NodeKind::kTuple:
      for (Expr* item : static_cast<Tuple*>(expr)->items) visit(item);
      return;
    case NodeKind::kList:
      for (Expr* item : static_cast<ListExpr*>(expr)->items) visit(item);
      return;
    case NodeKind::kDict:
      for (const Pair& pair : static_cast<DictExpr*>(expr)->items) {
        visit(pair.key);
        visit(pair.value);
      }
      return;
    case NodeKind::kCondExpr: {
      auto* node = static_cast<CondExpr*>(expr);
      visit(node->test);
      visit(node->then_value);
      maybe(node->else_value);
      return;
    }
    case NodeKind::kFilter:
      maybe(static_cast<FilterExpr*>(expr)->node);
      ForEachArgument(static_cast<FilterExpr*>(expr)->arguments, visit);
      return;
    case NodeKind::kTest:
      visit(static_cast<TestExpr*>(expr)->node);
      ForEachArgument(static_cast<TestExpr*>(expr)->arguments, visit);
      return;
    case NodeKind::kCall:
      visit(static_cast<CallExpr*>(expr)->node);
      ForEachArgument(static_cast<CallExpr*>(expr)->arguments, visit);
      return;
    case NodeKind::kGetitem:
      visit(static_cast<Getitem*>(expr)->node);
      visit(static_cast<Getitem*>(expr)->argument);
      return;
    case NodeKind::kGetattr:
      visit(static_cast<Getattr*>(expr)->node);
      return;
    case NodeKind::kSlice: {
      auto* node = static_cast<Slice*>(expr);
      maybe(node->start);
      maybe(node->stop);
      maybe(node->step);
      return;
    }
    case NodeKind::kConcat:
      for (Expr* item : static_cast<Concat*>(expr)->nodes) visit(item);
      return;
    case NodeKind::kCompare:
      visit(static_cast<CompareExpr*>(expr)->expr);
      for (const Operand& operand : static_cast<CompareExpr*>(expr)->ops) visit(operand.expr);
      return;
    case NodeKind::kAdd:
    case NodeKind::kSub:
    case NodeKind::kMul:
    case NodeKind::kDiv:
    case NodeKind::kFloorDiv:
    case NodeKind::kMod:
    case NodeKind::kPow:
    case NodeKind::kAnd:
    case NodeKind::kOr:
      visit(static_cast<BinExpr*>(expr)->left);
      visit(static_cast<BinExpr*>(expr)->right);
      return;
    case NodeKind::kNot:
    case NodeKind::kNeg:
    case NodeKind::kPos:
    case NodeKind::kMarkSafeIfAutoescape:
      visit(static_cast<UnaryExpr*>(expr)->node);
      return;
    default:  // names, constants and data have no children
      return;
  }
}

template <typename F>
void ForEachChildOfMacro(const MacroBody& macro, F&& visit) {
  for (const Parameter& parameter : macro.parameters) visit(parameter.name);
  for (const Parameter& parameter : macro.parameters) {
    if (parameter.fallback != nullptr) visit(parameter.fallback);
  }
  for (Stmt* statement : macro.body) visit(statement);
}

template <typename F>
void ForEachChildOfFor(For* node, F&& visit) {
  visit(node->target);
  visit(node->iter);
  for (Stmt* statement : node->body) visit(statement);
  for (Stmt* statement : node->else_body) visit(statement);
  if (node->test != nullptr) visit(node->test);
}

template <typename F>
void ForEachChildOfIf(If* node, F&& visit) {
  visit(node->test);
  for (Stmt* statement : node->body) visit(statement);
  for (If* elif : node->elif) visit(elif);
  for (Stmt* statement : node->else_body) visit(statement);
}

// Calls visit(child) for each child; `visit` takes Expr* and Stmt* (and their derived types).
template <typename F>
void ForEachChild(Node* node, F&& visit) {
  switch (node->kind) {
    case NodeKind::kOutput:
      for (Expr* expr : static_cast<Output*>(node)->nodes) visit(expr);
      return;
    case NodeKind::kExtends:
      visit(static_cast<Extends*>(node)->template_name);
      return;
    case NodeKind::kFor:
      ForEachChildOfFor(static_cast<For*>(node), visit);
      return;
    case NodeKind::kIf:
      ForEachChildOfIf(static_cast<If*>(node), visit);
      return;
    case NodeKind::kMacro:
      ForEachChildOfMacro(static_cast<Macro*>(node)->macro, visit);
      return;
    case NodeKind::kCallBlock:
      visit(static_cast<CallBlock*>(node)->call);
      ForEachChildOfMacro(static_cast<CallBlock*>(node)->macro, visit);
      return;
    case NodeKind::kFilterBlock:
      for (Stmt* statement : static_cast<FilterBlock*>(node)->body) visit(statement);
      visit(static_cast<FilterBlock*>(node)->filter);
      return;
    case NodeKind::kWith:
      for (Expr* target : static_cast<With*>(node)->targets) visit(target);
      for (Expr* value : static_cast<With*>(node)->values) visit(value);
      for (Stmt* statement : static_cast<With*>(node)->body) visit(statement);
      return;
    case NodeKind::kBlock:
      for (Stmt* statement : static_cast<Block*>(node)->body) visit(statement);
      return;
    case NodeKind::kInclude:
      visit(static_cast<Include*>(node)->template_name);
      return;
    case NodeKind::kImport:
      visit(static_cast<Import*>(node)->template_name);
      return;
    case NodeKind::kFromImport:
      visit(static_cast<FromImport*>(node)->template_name);
      return;
    case NodeKind::kExprStmt:
      visit(static_cast<ExprStmt*>(node)->node);
      return;
    case NodeKind::kAssign:
      visit(static_cast<Assign*>(node)->target);
      visit(static_cast<Assign*>(node)->node);
      return;
    case NodeKind::kAssignBlock: {
      auto* assign = static_cast<AssignBlock*>(node);
      visit(assign->target);
      if (assign->filter != nullptr) visit(assign->filter);
      for (Stmt* statement : assign->body) visit(statement);
      return;
    }
    case NodeKind::kAutoescape:
      visit(static_cast<AutoescapeStmt*>(node)->value);
      for (Stmt* statement : static_cast<AutoescapeStmt*>(node)->body) visit(statement);
      return;
    case NodeKind::kBreak:
    case NodeKind::kContinue:
      return;
    default:
      ForEachChildOfExpr(static_cast<Expr*>(node), visit);
      return;
  }
}

}  // namespace scaffold::jinja
