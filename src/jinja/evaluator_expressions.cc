// The evaluator's expressions.

#include <typeinfo>

#include "jinja/evaluator.h"
#include "jinja/operators.h"
#include "jinja/symbols.h"
#include "scaffold/error.h"
#include "value/markup.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

LoopContext* AsLoop(const Value& value) {
  if (!value.IsObject()) return nullptr;
  Object* object = value.AsObject();
  return typeid(*object) == typeid(LoopContext) ? static_cast<LoopContext*>(object) : nullptr;
}

}  // namespace

Value Evaluator::Eval(const Expr& expr) {
  Value scratch;
  const Value& value = EvalRef(expr, &scratch);
  if (&value == &scratch) return scratch;
  return value;
}

const Value& Evaluator::EvalRef(const Expr& expr, Value* scratch) {
  if (expr.kind == NodeKind::kName) {
    const Value& value = Slot(static_cast<const Name&>(expr).ref);
    if (!IsMissing(value)) return value;
    *scratch = Undefined(static_cast<const Name&>(expr).symbol->name);
    return *scratch;
  }
  if (expr.kind == NodeKind::kConst) {
    const auto& node = static_cast<const Const&>(expr);
    if (node.bad_name.empty()) return *node.value;
    throw Error(ErrorKind::kName, "name '" + std::string(node.bad_name) + "' is not defined");
  }
  *scratch = EvalComposite(expr);
  return *scratch;
}

// The innermost expression that fails is the one that errors underline.
Value Evaluator::EvalComposite(const Expr& expr) {
  try {
    return EvalNode(expr);
  } catch (const Error& error) {
    if (failed_ == nullptr && !error.has_location()) failed_ = &expr;
    throw;
  }
}

Value Evaluator::EvalNode(const Expr& expr) {
  switch (expr.kind) {
    case NodeKind::kGetattr:
      return EvalGetattr(static_cast<const Getattr&>(expr));
    case NodeKind::kFilter:
      return EvalFilter(static_cast<const FilterExpr&>(expr), nullptr);
    case NodeKind::kTest:
      return Value(EvalTest(static_cast<const TestExpr&>(expr)));
    case NodeKind::kCall:
      return EvalCall(static_cast<const CallExpr&>(expr), nullptr);
    case NodeKind::kGetitem:
      return EvalGetitem(static_cast<const Getitem&>(expr));
    case NodeKind::kCondExpr:
      return EvalCondExpr(static_cast<const CondExpr&>(expr));
    case NodeKind::kConcat:
      return EvalConcat(static_cast<const Concat&>(expr));
    case NodeKind::kCompare:
      return EvalCompare(static_cast<const CompareExpr&>(expr));
    case NodeKind::kTuple:
      return Value::Tuple(EvalList(static_cast<const Tuple&>(expr).items));
    case NodeKind::kList:
      return Value(EvalList(static_cast<const ListExpr&>(expr).items));
    case NodeKind::kDict:
      return EvalDict(static_cast<const DictExpr&>(expr));
    case NodeKind::kSlice:
      return EvalSlice(static_cast<const Slice&>(expr));
    case NodeKind::kTemplateData:
      return Value(static_cast<const TemplateData&>(expr).data);
    case NodeKind::kAdd:
    case NodeKind::kSub:
    case NodeKind::kMul:
    case NodeKind::kDiv:
    case NodeKind::kFloorDiv:
    case NodeKind::kMod:
    case NodeKind::kPow:
    case NodeKind::kAnd:
    case NodeKind::kOr:
      return EvalBinary(static_cast<const BinExpr&>(expr));
    case NodeKind::kNot:
    case NodeKind::kNeg:
    case NodeKind::kPos:
    case NodeKind::kMarkSafeIfAutoescape:
      return EvalUnary(static_cast<const UnaryExpr&>(expr));
    default:  // names and constants never get here, statements are no expressions
      return Eval(expr);
  }
}

bool Evaluator::EvalTruth(const Expr& expr) {
  Value scratch;
  if (expr.kind == NodeKind::kTest || expr.kind == NodeKind::kNot) {
    return EvalComposite(expr).AsBool();
  }
  return Truth(EvalRef(expr, &scratch));
}

List Evaluator::EvalList(ExprList nodes) {
  List items;
  items.reserve(nodes.size());
  for (const Expr* node : nodes) items.push_back(Eval(*node));
  return items;
}

Value Evaluator::EvalDict(const DictExpr& node) {
  Dict dict;
  dict.Reserve(node.items.size());
  for (const Pair& pair : node.items) {
    Value key = Eval(*pair.key);
    dict.Set(key, Eval(*pair.value));
  }
  return Value(std::move(dict));
}

// --- Attributes and items ------------------------------------------------------------------------

Value Evaluator::EvalGetattr(const Getattr& node) {
  Value scratch;
  const Value& object = EvalRef(*node.node, &scratch);
  if (object.IsDict() && !node.dict_method) {
    if (const Value* item = object.AsDict().Find(node.attribute)) return *item;
    return UndefinedItem(object, Value(node.attribute));
  }
  if (node.loop_attribute != LoopAttribute::kNone) {
    if (LoopContext* loop = AsLoop(object)) return loop->Attribute(node.loop_attribute);
  }
  return GetAttr(Value(object), node.attribute);
}

Value Evaluator::EvalGetitem(const Getitem& node) {
  const Value object = Eval(*node.node);
  if (node.argument->kind == NodeKind::kSlice) {
    return Subscript(object, EvalSlice(static_cast<const Slice&>(*node.argument)));
  }
  Value scratch;
  const Value& key = EvalRef(*node.argument, &scratch);
  if (key.IsInt() && object.IsSequence()) {
    const List& items = object.AsList();
    const int64_t index =
        key.AsInt() < 0 ? key.AsInt() + static_cast<int64_t>(items.size()) : key.AsInt();
    if (index >= 0 && index < static_cast<int64_t>(items.size())) {
      return items[static_cast<size_t>(index)];
    }
  }
  return GetItem(object, key);
}

Value Evaluator::EvalSlice(const Slice& node) {
  const Value start = node.start == nullptr ? Value() : Eval(*node.start);
  const Value stop = node.stop == nullptr ? Value() : Eval(*node.stop);
  const Value step = node.step == nullptr ? Value() : Eval(*node.step);
  return MakeSlice(start, stop, step);
}

// --- Operators -----------------------------------------------------------------------------------

Value Evaluator::EvalCompare(const CompareExpr& node) {
  Value left = Eval(*node.expr);
  for (const Operand& operand : node.ops) {
    Value right = Eval(*operand.expr);
    ChargeLook(right);
    if (!CompareValues(operand.op, left, right)) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}

// Jinja2's str_join and markup_join.
Value Evaluator::EvalConcat(const Concat& node) {
  const bool markup = node.escape == EscapeMode::kYes;
  std::string text;
  bool escaping = false;
  Value scratch;
  for (const Expr* part : node.nodes) {
    const Value& value = EvalRef(*part, &scratch);
    if (markup && !escaping && value.IsMarkup()) {
      text = EscapeHtml(text);
      escaping = true;
    }
    if (escaping) {
      text += EscapeMarkup(value).AsString();
    } else {
      AppendStr(&text, value);
    }
  }
  ChargeBytes(text.size());
  return escaping ? Value::Markup(std::move(text)) : Value(std::move(text));
}

Value Evaluator::EvalCondExpr(const CondExpr& node) {
  if (EvalTruth(*node.test)) return Eval(*node.then_value);
  if (node.else_value != nullptr) return Eval(*node.else_value);
  // Jinja2 always takes the plain Undefined here.
  std::string position = "line " + std::to_string(code_->source().LineOf(node.line));
  if (code_->name()) position += " in " + Repr(Value(*code_->name()));
  return MakeUndefinedHint(UndefinedPolicy::kDefault,
                           "the inline if-expression on " + position +
                               " evaluated to false and no else section was defined.");
}

Value Evaluator::EvalBinary(const BinExpr& node) {
  if (node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr) {
    Value left = Eval(*node.left);
    return Truth(left) == (node.kind == NodeKind::kAnd) ? Eval(*node.right) : left;
  }
  const Value left = Eval(*node.left);
  const Value right = Eval(*node.right);
  return ApplyBinary(node.kind, left, right);
}

Value Evaluator::EvalUnary(const UnaryExpr& node) {
  if (node.kind == NodeKind::kNot) return Value(!EvalTruth(*node.node));
  Value value = Eval(*node.node);
  if (node.kind != NodeKind::kMarkSafeIfAutoescape) return ApplyUnary(node.kind, value);
  if (!context_->autoescape || value.IsMarkup()) return value;
  return Value::Markup(Str(value));
}

}  // namespace scaffold::jinja
