// The compiler pass over expressions.

#include <algorithm>

#include "jinja/compiler.h"
#include "jinja/visitor.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "value/markup.h"

namespace scaffold::jinja {
namespace {

// dir(dict) without its underscored names: these attributes hide keys of the same name.
bool IsDictMethod(std::string_view name) {
  if (name.starts_with("__")) return true;
  switch (name.size()) {
    case 3:
      return name == "get" || name == "pop";
    case 4:
      return name == "copy" || name == "keys";
    case 5:
      return name == "clear" || name == "items";
    case 6:
      return name == "update" || name == "values";
    case 7:
      return name == "popitem";
    case 8:
      return name == "fromkeys";
    case 10:
      return name == "setdefault";
    default:
      return false;
  }
}

LoopAttribute LoopAttributeOf(std::string_view name) {
  struct Row {
    std::string_view name;
    LoopAttribute attribute;
  };
  static constexpr Row kRows[] = {
      {"index", LoopAttribute::kIndex},       {"index0", LoopAttribute::kIndex0},
      {"revindex", LoopAttribute::kRevindex}, {"revindex0", LoopAttribute::kRevindex0},
      {"first", LoopAttribute::kFirst},       {"last", LoopAttribute::kLast},
      {"length", LoopAttribute::kLength},     {"depth", LoopAttribute::kDepth},
      {"depth0", LoopAttribute::kDepth0},     {"previtem", LoopAttribute::kPrevitem},
      {"nextitem", LoopAttribute::kNextitem},
  };
  for (const Row& row : kRows) {
    if (row.name == name) return row.attribute;
  }
  return LoopAttribute::kNone;
}

}  // namespace

EscapeMode Compiler::escape_mode() const {
  if (eval_.is_volatile) return EscapeMode::kVolatile;
  return eval_.autoescape ? EscapeMode::kYes : EscapeMode::kNo;
}

// The text that a constant child of an output becomes; any failure is left to the run.
std::optional<std::string> Compiler::FoldOutput(const Expr& child) {
  if (!child.foldable) return std::nullopt;
  try {
    std::optional<Value> value = AsConst(child, eval_);
    if (!value) return std::nullopt;
    if (environment_.options.native) {
      if (!IsSafeConstant(*value) && !IsSafeContainer(*value)) return std::nullopt;
    } else if (eval_.autoescape) {
      value = EscapeMarkup(*value);
    }
    return Str(*value);
  } catch (const Error&) {
    return std::nullopt;
  }
}

void Compiler::VisitList(ExprList nodes, const Place& place) {
  for (Expr*& node : nodes) VisitExpr(&node, place);
}

void Compiler::VisitArguments(Arguments* arguments, const Place& place) {
  VisitList(arguments->positional, place);
  for (Keyword& keyword : arguments->named) VisitExpr(&keyword.value, place);
  if (arguments->dyn_args != nullptr) VisitExpr(&arguments->dyn_args, place);
  if (arguments->dyn_kwargs != nullptr) VisitExpr(&arguments->dyn_kwargs, place);
}

void Compiler::VisitExpr(Expr** expr, const Place& place) {
  Expr* node = *expr;
  if (node->kind == NodeKind::kName) {
    auto* name = static_cast<Name*>(node);
    name->ref = place.scope->Ref(name->symbol);
    return;
  }
  if (node->kind == NodeKind::kConst) {
    CheckConst(static_cast<Const*>(node));
    return;
  }
  if (++depth_ > kMaxExpressionDepth) ThrowTooDeep(*code_, *node);
  VisitComposite(node, place);
  --depth_;
  if (node->foldable) Fold(expr);
}

void Compiler::VisitComposite(Expr* expr, const Place& place) {
  switch (expr->kind) {
    case NodeKind::kFilter:
      VisitFilter(static_cast<FilterExpr*>(expr), place);
      return;
    case NodeKind::kTest:
      VisitTest(static_cast<TestExpr*>(expr), place);
      return;
    case NodeKind::kGetattr:
      VisitGetattr(static_cast<Getattr*>(expr), place);
      return;
    case NodeKind::kCondExpr:
      VisitCondExpr(static_cast<CondExpr*>(expr), place);
      return;
    case NodeKind::kCall:
      VisitExpr(&static_cast<CallExpr*>(expr)->node, place);
      VisitArguments(&static_cast<CallExpr*>(expr)->arguments, place);
      return;
    case NodeKind::kTuple:
      VisitList(static_cast<Tuple*>(expr)->items, place);
      return;
    case NodeKind::kList:
      VisitList(static_cast<ListExpr*>(expr)->items, place);
      return;
    case NodeKind::kConcat:
      static_cast<Concat*>(expr)->escape = escape_mode();
      VisitList(static_cast<Concat*>(expr)->nodes, place);
      return;
    case NodeKind::kDict:
      for (Pair& pair : static_cast<DictExpr*>(expr)->items) {
        VisitExpr(&pair.key, place);
        VisitExpr(&pair.value, place);
      }
      return;
    case NodeKind::kGetitem:
      VisitExpr(&static_cast<Getitem*>(expr)->node, place);
      VisitExpr(&static_cast<Getitem*>(expr)->argument, place);
      return;
    case NodeKind::kSlice:
      for (Expr** part : {&static_cast<Slice*>(expr)->start, &static_cast<Slice*>(expr)->stop,
                          &static_cast<Slice*>(expr)->step}) {
        if (*part != nullptr) VisitExpr(part, place);
      }
      return;
    case NodeKind::kCompare:
      VisitExpr(&static_cast<CompareExpr*>(expr)->expr, place);
      for (Operand& operand : static_cast<CompareExpr*>(expr)->ops) VisitExpr(&operand.expr, place);
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
      VisitExpr(&static_cast<BinExpr*>(expr)->left, place);
      VisitExpr(&static_cast<BinExpr*>(expr)->right, place);
      return;
    case NodeKind::kNot:
    case NodeKind::kNeg:
    case NodeKind::kPos:
    case NodeKind::kMarkSafeIfAutoescape:
      VisitExpr(&static_cast<UnaryExpr*>(expr)->node, place);
      return;
    default:
      return;
  }
}

void Compiler::VisitFilter(FilterExpr* node, const Place& place) {
  node->filter = environment_.FindFilter(node->name);
  if (!node->filter.found() && !place.soft) {
    FailUnknown("filter", node->name, node->line, node->name_span, environment_.FilterNames());
  }
  if (node->node != nullptr) VisitExpr(&node->node, place);
  VisitArguments(&node->arguments, place);
}

void Compiler::VisitTest(TestExpr* node, const Place& place) {
  node->test = environment_.FindTest(node->name);
  if (!node->test.found() && !place.soft) {
    FailUnknown("test", node->name, node->line, node->name_span, environment_.TestNames());
  }
  if (node->test.custom == nullptr && node->arguments.empty()) {
    if (node->name == "defined") node->known = KnownTest::kDefined;
    if (node->name == "undefined") node->known = KnownTest::kUndefined;
  }
  VisitExpr(&node->node, place);
  VisitArguments(&node->arguments, place);
}

void Compiler::VisitGetattr(Getattr* node, const Place& place) {
  node->dict_method = IsDictMethod(node->attribute) || node->attribute.starts_with("__");
  node->loop_attribute = LoopAttributeOf(node->attribute);
  VisitExpr(&node->node, place);
}

void Compiler::VisitCondExpr(CondExpr* node, const Place& place) {
  const Place soft = Soft(place);
  VisitExpr(&node->then_value, soft);
  VisitExpr(&node->test, soft);
  if (node->else_value != nullptr) VisitExpr(&node->else_value, soft);
}

// Replaces a constant expression by its value, where Jinja2's compiler does it and the value cannot
// change. Lists and dicts stay as they are: each evaluation makes a new one.
void Compiler::Fold(Expr** expr) {
  if (eval_.is_volatile || (*expr)->kind == NodeKind::kList || (*expr)->kind == NodeKind::kDict ||
      (*expr)->kind == NodeKind::kSlice) {
    return;
  }
  std::optional<Value> value = AsConst(**expr, eval_);
  if (!value || !IsSafeConstant(*value)) return;
  Const* node = MakeConst(std::move(*value), **expr);
  CheckConst(node);
  *expr = node;
}

Const* Compiler::MakeConst(Value value, const Expr& model) {
  auto* node = code_->arena().New<Const>();
  node->kind = NodeKind::kConst;
  node->span = model.span;
  node->line = model.line;
  node->foldable = true;
  node->value = code_->Own(std::move(value));
  return node;
}

// Jinja2 writes constants into Python source: inf and nan become unknown names there, and an int of
// too many digits fails at once, without a place in the template.
void Compiler::CheckConst(Const* node) {
  node->bad_name = FindBadFloat(*node->value);
  if (node->value->kind() == Kind::kBigInt) Repr(*node->value);
}

void Compiler::FailUnknown(std::string_view what, std::string_view name, uint32_t line, Span span,
                           const std::vector<std::string_view>& known) {
  Error error(ErrorKind::kAssertion,
              "No " + std::string(what) + " named " + Repr(Value(name)) + ".");
  error.At(code_->Locate(line, span));
  const std::string_view close = ClosestMatch(name, known);
  if (!close.empty()) error.WithHelp("did you mean '" + std::string(close) + "'?");
  throw error;
}

}  // namespace scaffold::jinja
