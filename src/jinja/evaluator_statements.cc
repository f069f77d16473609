// The evaluator's statements, but for loops and templates.

#include <charconv>

#include "jinja/evaluator.h"
#include "jinja/evaluator_scopes.h"
#include "jinja/globals.h"
#include "jinja/symbols.h"
#include "value/markup.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

void AppendInt(std::string* out, int64_t value) {
  char digits[24];
  const auto [end, fault] = std::to_chars(digits, digits + sizeof(digits), value);
  out->append(digits, end);
}

}  // namespace

Flow Evaluator::ExecBody(Body body) {
  const Stmt* current = nullptr;
  try {
    for (const Stmt* node : body) {
      current = node;
      Step();
      const Flow flow = Exec(*node);
      if (flow != Flow::kNext) return flow;
    }
  } catch (Error& error) {
    Locate(error, current->line, current->span);
    throw;
  }
  return Flow::kNext;
}

Flow Evaluator::Exec(const Stmt& node) {
  switch (node.kind) {
    case NodeKind::kOutput:
      ExecOutput(static_cast<const Output&>(node));
      return Flow::kNext;
    case NodeKind::kIf:
      return ExecIf(static_cast<const If&>(node));
    case NodeKind::kFor:
      return ExecFor(static_cast<const For&>(node));
    case NodeKind::kAssign:
      ExecAssign(static_cast<const Assign&>(node));
      return Flow::kNext;
    case NodeKind::kAssignBlock:
      ExecAssignBlock(static_cast<const AssignBlock&>(node));
      return Flow::kNext;
    case NodeKind::kMacro:
      ExecMacro(static_cast<const Macro&>(node));
      return Flow::kNext;
    case NodeKind::kCallBlock:
      ExecCallBlock(static_cast<const CallBlock&>(node));
      return Flow::kNext;
    case NodeKind::kFilterBlock:
      ExecFilterBlock(static_cast<const FilterBlock&>(node));
      return Flow::kNext;
    case NodeKind::kWith:
      return ExecWith(static_cast<const With&>(node));
    case NodeKind::kBlock:
      ExecBlock(static_cast<const Block&>(node));
      return Flow::kNext;
    case NodeKind::kExtends:
      ExecExtends(static_cast<const Extends&>(node));
      return Flow::kNext;
    case NodeKind::kInclude:
      ExecInclude(static_cast<const Include&>(node));
      return Flow::kNext;
    case NodeKind::kImport:
      ExecImport(static_cast<const Import&>(node));
      return Flow::kNext;
    case NodeKind::kFromImport:
      ExecFromImport(static_cast<const FromImport&>(node));
      return Flow::kNext;
    case NodeKind::kExprStmt:
      Eval(*static_cast<const ExprStmt&>(node).node);
      return Flow::kNext;
    case NodeKind::kAutoescape:
      return ExecAutoescape(static_cast<const AutoescapeStmt&>(node));
    case NodeKind::kBreak:
      return Flow::kBreak;
    case NodeKind::kContinue:
      return Flow::kContinue;
    default:  // expressions are no statements
      return Flow::kNext;
  }
}

// --- Output --------------------------------------------------------------------------------------

void Evaluator::ExecOutput(const Output& node) {
  if (node.check != OutputCheck::kAlways &&
      (node.check == OutputCheck::kNever || parent_template_ != nullptr)) {
    return;
  }
  const Expr* current = nullptr;
  try {
    for (const OutputPart& part : node.parts) {
      if (part.expr == nullptr) {
        out_.Append(part.text);
      } else {
        current = part.expr;
        EmitExpr(*part.expr, node.escape);
      }
    }
  } catch (Error& error) {
    Locate(error, current->line, current->span);
    throw;
  }
}

void Evaluator::EmitExpr(const Expr& expr, EscapeMode mode) {
  if (expr.kind == NodeKind::kCall && EmitMacroCall(static_cast<const CallExpr&>(expr), mode)) {
    return;
  }
  Value scratch;
  EmitValue(EvalRef(expr, &scratch), mode);
}

void Evaluator::EmitValue(const Value& value, EscapeMode mode) {
  if (out_.native()) {
    out_.AppendPiece(value);
    return;
  }
  std::string& text = out_.text();
  switch (value.kind()) {
    case Kind::kMarkup:
      text += value.AsString();
      return;
    case Kind::kString:
      if (EscapesNow(mode)) {
        text += EscapeHtml(value.AsString());
      } else {
        text += value.AsString();
      }
      return;
    case Kind::kInt:
      AppendInt(&text, value.AsInt());
      return;
    default:
      if (EscapesNow(mode)) {
        text += EscapeMarkup(value).AsString();
      } else {
        AppendStr(&text, value);
      }
      return;
  }
}

// What Jinja2 yields without str(): the result of a call block or a filter block.
void Evaluator::EmitRaw(const Value& value) {
  if (out_.native()) {
    out_.AppendPiece(value);
    return;
  }
  if (!value.IsString()) {
    throw Error(ErrorKind::kType, "sequence item 0: expected str instance, " +
                                      std::string(TypeName(value)) + " found");
  }
  out_.Append(value.AsString());
}

// --- Conditions and scopes -----------------------------------------------------------------------

Flow Evaluator::ExecIf(const If& node) {
  if (EvalTruth(*node.test)) return ExecBody(node.body);
  for (const If* elif : node.elif) {
    bool taken = false;
    try {
      taken = EvalTruth(*elif->test);
    } catch (Error& error) {
      Locate(error, elif->line, elif->span);
      throw;
    }
    if (taken) return ExecBody(elif->body);
  }
  return ExecBody(node.else_body);
}

Flow Evaluator::ExecWith(const With& node) {
  EnterScope(*node.scope);
  for (size_t i = 0; i < node.targets.size(); ++i)
    AssignTo(*node.targets[i], Eval(*node.values[i]));
  const Flow flow = ExecBody(node.body);
  LeaveScope(*node.scope, function_);
  return flow;
}

Flow Evaluator::ExecAutoescape(const AutoescapeStmt& node) {
  EnterScope(*node.scope);
  const bool saved = context_->autoescape;
  context_->autoescape = EvalTruth(*node.value);
  const Flow flow = ExecBody(node.body);
  context_->autoescape = saved;
  LeaveScope(*node.scope, function_);
  return flow;
}

void Evaluator::ExecFilterBlock(const FilterBlock& node) {
  EnterScope(*node.scope);
  const size_t mark = out_.Mark();
  ExecBody(node.body);
  Value captured = out_.Take(mark);
  if (EscapesNow(node.escape)) captured = Value::Markup(Str(captured));
  EmitRaw(EvalFilter(*node.filter, &captured));
  LeaveScope(*node.scope, function_);
}

// --- Assignments ---------------------------------------------------------------------------------

void Evaluator::ExecAssign(const Assign& node) {
  if (node.target->kind != NodeKind::kName) {
    try {
      CheckNamespaces(*node.target);
    } catch (Error& error) {
      Locate(error, node.check_line, node.target->span);
      throw;
    }
  }
  AssignTo(*node.target, Eval(*node.node));
  if (node.toplevel) Publish(*node.target);
}

void Evaluator::ExecAssignBlock(const AssignBlock& node) {
  EnterScope(*node.scope);
  const size_t mark = out_.Mark();
  ExecBody(node.body);
  Value value = out_.Take(mark);
  if (node.filter != nullptr) {
    if (EscapesNow(node.escape)) value = Value::Markup(Str(value));
    value = EvalFilter(*node.filter, &value);
  }
  if (context_->autoescape && !value.IsMarkup()) value = Value::Markup(Str(value));
  AssignTo(*node.target, value);
  if (node.toplevel) Publish(*node.target);
  LeaveScope(*node.scope, function_);
}

void Evaluator::AssignTo(const Expr& target, const Value& value) {
  switch (target.kind) {
    case NodeKind::kName: {
      Value& slot = Slot(static_cast<const Name&>(target).ref);
      slot = IsMissing(value) ? UndefinedHint("") : value;
      return;
    }
    case NodeKind::kNSRef: {
      const auto& ns = static_cast<const NSRef&>(target);
      auto* object = Slot(ns.ref).ObjectAs<Namespace>();
      if (object != nullptr) object->Set(ns.attribute, value);
      return;
    }
    default:
      Unpack(static_cast<const Tuple&>(target), value);
      return;
  }
}

void Evaluator::Unpack(const Tuple& target, const Value& value) {
  const size_t wanted = target.items.size();
  const auto too_few = [wanted](size_t got) {
    return Error(ErrorKind::kValue, "not enough values to unpack (expected " +
                                        std::to_string(wanted) + ", got " + std::to_string(got) +
                                        ")");
  };
  const auto too_many = [wanted] {
    return Error(ErrorKind::kValue,
                 "too many values to unpack (expected " + std::to_string(wanted) + ")");
  };
  List items;
  if (value.IsSequence()) {
    if (value.AsList().size() < wanted) throw too_few(value.AsList().size());
    if (value.AsList().size() > wanted) throw too_many();
    items = value.AsList();
  } else {
    std::unique_ptr<Iterator> iterator = TryIterate(value);
    if (iterator == nullptr) {
      throw Error(ErrorKind::kType,
                  "cannot unpack non-iterable " + std::string(TypeName(value)) + " object");
    }
    Value item;
    while (items.size() <= wanted && iterator->Next(&item)) items.push_back(item);
    if (items.size() < wanted) throw too_few(items.size());
    if (items.size() > wanted) throw too_many();
  }
  for (size_t i = 0; i < wanted; ++i) AssignTo(*target.items[i], items[i]);
}

void Evaluator::CheckNamespaces(const Expr& target) {
  if (target.kind == NodeKind::kTuple) {
    for (const Expr* item : static_cast<const Tuple&>(target).items) CheckNamespaces(*item);
  } else if (target.kind == NodeKind::kNSRef &&
             Slot(static_cast<const NSRef&>(target).ref).ObjectAs<Namespace>() == nullptr) {
    throw Error(ErrorKind::kTemplateRuntime, "cannot assign attribute on non-namespace object");
  }
}

// What is assigned at the top level of a template belongs to its context.
void Evaluator::Publish(const Expr& target) {
  if (target.kind == NodeKind::kName) {
    const auto& name = static_cast<const Name&>(target);
    context_->Set(*name.symbol->key, Slot(name.ref), Context::Export::kYes);
  } else if (target.kind == NodeKind::kTuple) {
    for (const Expr* item : static_cast<const Tuple&>(target).items) Publish(*item);
  }
}

}  // namespace scaffold::jinja
