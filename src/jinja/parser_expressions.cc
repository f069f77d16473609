// The parser's expressions, from the loosest binding to the tightest.

#include <charconv>
#include <utility>

#include "jinja/filters_support.h"
#include "jinja/parser.h"
#include "scaffold/error.h"

namespace scaffold::jinja {
namespace {

bool AllFoldable(ExprList nodes) {
  for (const Expr* node : nodes) {
    if (!node->foldable) return false;
  }
  return true;
}

bool AllFoldable(const Arguments& arguments) {
  for (const Keyword& keyword : arguments.named) {
    if (!keyword.value->foldable) return false;
  }
  return AllFoldable(arguments.positional) &&
         (arguments.dyn_args == nullptr || arguments.dyn_args->foldable) &&
         (arguments.dyn_kwargs == nullptr || arguments.dyn_kwargs->foldable);
}

std::string WithoutUnderscores(std::string_view digits) {
  std::string result;
  for (char c : digits) {
    if (c != '_') result += c;
  }
  return result;
}

Value ParseIntegerLiteral(std::string_view text) {
  const std::string digits = WithoutUnderscores(text);
  int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, value);
  if (fault == std::errc() && stop == end) return Value(value);
  return ParsePythonInt(Value(digits), Value(0));
}

double ParseFloatLiteral(std::string_view text) {
  const std::string digits = WithoutUnderscores(text);
  return ToPythonFloat(Value(digits));  // huge exponents give inf, as in Python
}

bool CanAssign(const Expr& target) {
  switch (target.kind) {
    case NodeKind::kName: {
      const std::string_view name = static_cast<const Name&>(target).symbol->name;
      return name != "true" && name != "false" && name != "none" && name != "True" &&
             name != "False" && name != "None";
    }
    case NodeKind::kNSRef:
      return true;
    case NodeKind::kTuple:
      for (const Expr* item : static_cast<const Tuple&>(target).items) {
        if (!CanAssign(*item)) return false;
      }
      return true;
    default:
      return false;
  }
}

// The name of Jinja2's node class, in lower case.
std::string_view TargetClass(const Expr& target) {
  switch (target.kind) {
    case NodeKind::kTuple:
      return "tuple";
    case NodeKind::kList:
      return "list";
    case NodeKind::kDict:
      return "dict";
    case NodeKind::kConst:
      return "const";
    default:
      return "name";
  }
}

// Whether no operator can follow.
bool EndsExpression(TokenKind kind) {
  switch (kind) {
    case TokenKind::kVariableEnd:
    case TokenKind::kBlockEnd:
    case TokenKind::kComma:
    case TokenKind::kRParen:
    case TokenKind::kRBracket:
    case TokenKind::kRBrace:
    case TokenKind::kColon:
      return true;
    default:
      return false;
  }
}

void SetStore(Expr* target) {
  if (target->kind == NodeKind::kName) {
    auto* name = static_cast<Name*>(target);
    name->context = NameContext::kStore;
    name->symbol->stored = true;
  } else if (target->kind == NodeKind::kTuple) {
    for (Expr* item : static_cast<Tuple*>(target)->items) SetStore(item);
  }
}

}  // namespace

// --- Targets and tuples --------------------------------------------------------------------------

Name* Parser::ParseTargetName() {
  const Token token = Expect(TokenKind::kName);
  Name* target = MakeName(token.text, NameContext::kStore, token.span, token.line);
  target->symbol->stored = true;
  if (!CanAssign(*target)) Fail("can't assign to 'name'", token.line, token.span);
  return target;
}

Expr* Parser::ParseAssignTarget(const TupleRules& rules) {
  Expr* target = ParseTuple(rules);
  SetStore(target);
  if (!CanAssign(*target)) {
    Fail("can't assign to '" + std::string(TargetClass(*target)) + "'", target->line, target->span);
  }
  return target;
}

Expr* Parser::ParseTuple(const TupleRules& rules) {
  uint32_t line = current_->line;
  const uint32_t begin = current_->span.begin;
  const size_t base = scratch_.size();
  bool is_tuple = false;
  while (true) {
    if (scratch_.size() > base) Expect(TokenKind::kComma);
    if (IsTupleEnd(rules.end_name)) break;
    Push(rules.simplified ? ParsePrimary(rules.with_namespace)
                          : ParseExpression(rules.with_condexpr));
    if (!IsAt(TokenKind::kComma)) break;
    is_tuple = true;
    line = current_->line;
  }
  std::span<Expr*> items = TakeScratch<Expr>(base);
  if (!is_tuple) {
    if (!items.empty()) return items[0];
    if (!rules.explicit_parentheses) {
      Fail("Expected an expression, got " + Repr(Value(DescribeToken(*current_))));
    }
  }
  auto* node = Make<Tuple>(NodeKind::kTuple, SpanFrom(begin), line);
  node->items = items;
  node->foldable = AllFoldable(items);
  return node;
}

// --- Operators -----------------------------------------------------------------------------------

// Most expressions have no operator, so the first operand is read before the ladder of operators is
// climbed down; ParseUnary finds it there.
Expr* Parser::ParseExpression(bool with_condexpr) {
  if (!IsAt(Word::kNot)) {
    const DepthGuard guard(this);
    const uint32_t line = current_->line;
    Expr* operand = ParseUnary(true);
    if (EndsExpression(current_->kind)) return operand;
    first_operand_ = operand;
    first_line_ = line;
  }
  return with_condexpr ? ParseCondExpr() : ParseOr();
}

Expr* Parser::MakeBinary(NodeKind kind, Expr* left, Expr* right, uint32_t line) {
  auto* node = Make<BinExpr>(kind, {left->span.begin, right->span.end}, line);
  node->left = left;
  node->right = right;
  const bool lazy = kind == NodeKind::kAnd || kind == NodeKind::kOr;
  node->foldable = left->foldable && (lazy || right->foldable);
  return node;
}

Expr* Parser::MakeUnary(NodeKind kind, Expr* operand, uint32_t begin, uint32_t line) {
  auto* node = Make<UnaryExpr>(kind, SpanFrom(begin), line);
  node->node = operand;
  node->foldable = operand->foldable;
  return node;
}

Expr* Parser::ParseCondExpr() {
  const DepthGuard guard(this);
  uint32_t line = StartLine();
  Expr* value = ParseOr();
  while (SkipIf(Word::kIf)) {
    Expr* test = ParseOr();
    Expr* else_value = SkipIf(Word::kElse) ? ParseCondExpr() : nullptr;
    auto* node = Make<CondExpr>(NodeKind::kCondExpr, SpanFrom(value->span.begin), line);
    node->test = test;
    node->then_value = value;
    node->else_value = else_value;
    node->foldable = test->foldable;
    value = node;
    line = current_->line;
  }
  return value;
}

Expr* Parser::ParseOr() {
  uint32_t line = StartLine();
  Expr* left = ParseAnd();
  while (SkipIf(Word::kOr)) {
    left = MakeBinary(NodeKind::kOr, left, ParseAnd(), line);
    line = current_->line;
  }
  return left;
}

Expr* Parser::ParseAnd() {
  uint32_t line = StartLine();
  Expr* left = ParseNot();
  while (SkipIf(Word::kAnd)) {
    left = MakeBinary(NodeKind::kAnd, left, ParseNot(), line);
    line = current_->line;
  }
  return left;
}

Expr* Parser::ParseNot() {
  if (first_operand_ != nullptr || !IsAt(Word::kNot)) return ParseCompare();
  const DepthGuard guard(this);
  const Token token = Next();
  return MakeUnary(NodeKind::kNot, ParseNot(), token.span.begin, token.line);
}

bool Parser::ParseCompareOp(CompareOp* op) {
  switch (current_->kind) {
    case TokenKind::kEq:
      *op = CompareOp::kEq;
      break;
    case TokenKind::kNe:
      *op = CompareOp::kNe;
      break;
    case TokenKind::kLt:
      *op = CompareOp::kLt;
      break;
    case TokenKind::kLtEq:
      *op = CompareOp::kLtEq;
      break;
    case TokenKind::kGt:
      *op = CompareOp::kGt;
      break;
    case TokenKind::kGtEq:
      *op = CompareOp::kGtEq;
      break;
    case TokenKind::kName:
      if (IsAt(Word::kIn)) {
        *op = CompareOp::kIn;
        break;
      }
      if (!IsAt(Word::kNot) || Look().word != Word::kIn) return false;
      Next();
      *op = CompareOp::kNotIn;
      break;
    default:
      return false;
  }
  Next();
  return true;
}

Expr* Parser::ParseCompare() {
  uint32_t line = StartLine();
  Expr* expr = ParseMath1();
  CompareOp op = CompareOp::kEq;
  if (!ParseCompareOp(&op)) return expr;
  InlineVector<Operand, 4> ops;
  bool foldable = expr->foldable;
  do {
    Expr* right = ParseMath1();
    ops.push_back({op, right});
    foldable = foldable && right->foldable;
    line = current_->line;
  } while (ParseCompareOp(&op));
  auto* node = Make<CompareExpr>(NodeKind::kCompare, SpanFrom(expr->span.begin), line);
  node->expr = expr;
  node->ops = ops.CopyTo(&code_->arena());
  node->foldable = foldable;
  return node;
}

Expr* Parser::ParseMath1() {
  uint32_t line = StartLine();
  Expr* left = ParseConcat();
  while (IsAt(TokenKind::kAdd) || IsAt(TokenKind::kSub)) {
    const NodeKind kind = Next().kind == TokenKind::kAdd ? NodeKind::kAdd : NodeKind::kSub;
    left = MakeBinary(kind, left, ParseConcat(), line);
    line = current_->line;
  }
  return left;
}

Expr* Parser::ParseConcat() {
  const uint32_t line = StartLine();
  Expr* first = ParseMath2();
  if (!IsAt(TokenKind::kTilde)) return first;
  const size_t base = scratch_.size();
  Push(first);
  while (SkipIf(TokenKind::kTilde)) Push(ParseMath2());
  auto* node = Make<Concat>(NodeKind::kConcat, SpanFrom(first->span.begin), line);
  node->nodes = TakeScratch<Expr>(base);
  node->foldable = AllFoldable(node->nodes);
  return node;
}

Expr* Parser::ParseMath2() {
  uint32_t line = StartLine();
  Expr* left = ParsePow();
  while (true) {
    NodeKind kind = NodeKind::kMul;
    if (IsAt(TokenKind::kDiv)) {
      kind = NodeKind::kDiv;
    } else if (IsAt(TokenKind::kFloorDiv)) {
      kind = NodeKind::kFloorDiv;
    } else if (IsAt(TokenKind::kMod)) {
      kind = NodeKind::kMod;
    } else if (!IsAt(TokenKind::kMul)) {
      return left;
    }
    Next();
    left = MakeBinary(kind, left, ParsePow(), line);
    line = current_->line;
  }
}

Expr* Parser::ParsePow() {
  uint32_t line = StartLine();
  Expr* left = ParseUnary(true);
  while (SkipIf(TokenKind::kPow)) {
    left = MakeBinary(NodeKind::kPow, left, ParseUnary(true), line);
    line = current_->line;
  }
  return left;
}

// Jinja2 parser.py parse_unary: '-1|abs' negates first, then filters.
Expr* Parser::ParseUnary(bool with_filter) {
  if (first_operand_ != nullptr) return std::exchange(first_operand_, nullptr);
  Expr* node = nullptr;
  if (IsAt(TokenKind::kSub) || IsAt(TokenKind::kAdd)) {
    const DepthGuard guard(this);
    const Token token = Next();
    const NodeKind kind = token.kind == TokenKind::kSub ? NodeKind::kNeg : NodeKind::kPos;
    node = MakeUnary(kind, ParseUnary(false), token.span.begin, token.line);
  } else {
    node = ParsePrimary(false);
  }
  node = ParsePostfix(node);
  return with_filter ? ParseFilterExpr(node) : node;
}

// --- Primary expressions -------------------------------------------------------------------------

Expr* Parser::ParsePrimary(bool with_namespace) {
  switch (current_->kind) {
    case TokenKind::kName:
      return ParseNameOrConstant(with_namespace);
    case TokenKind::kString:
      return ParseString();
    case TokenKind::kInteger:
    case TokenKind::kFloat:
      return ParseNumber();
    case TokenKind::kLParen: {
      const DepthGuard guard(this);
      const Token open = Next();
      Expr* node = ParseTuple({.explicit_parentheses = true});
      Expect(TokenKind::kRParen);
      node->span = SpanFrom(open.span.begin);
      return node;
    }
    case TokenKind::kLBracket:
      return ParseList();
    case TokenKind::kLBrace:
      return ParseDict();
    default:
      Fail("unexpected " + Repr(Value(DescribeToken(*current_))));
  }
}

// The name just taken as a constant, or null.
Expr* Parser::ParseConstantName(const Token& token) {
  const std::string_view name = token.text;
  if (name == "true" || name == "True") return MakeConst(Value(true), token.span, token.line);
  if (name == "false" || name == "False") return MakeConst(Value(false), token.span, token.line);
  if (name == "none" || name == "None") return MakeConst(Value(), token.span, token.line);
  return nullptr;
}

Expr* Parser::ParseNameOrConstant(bool with_namespace) {
  const Token& token = Next();
  const std::string_view name = token.text;
  const Span span = token.span;
  const uint32_t line = token.line;
  if (name.size() == 4 || name.size() == 5) {
    if (Expr* constant = ParseConstantName(token)) return constant;
  }
  if (with_namespace && SkipIf(TokenKind::kDot)) {
    const Token attribute = Expect(TokenKind::kName);
    auto* node = Make<NSRef>(NodeKind::kNSRef, SpanFrom(span.begin), line);
    node->symbol = symbols_->Intern(name);
    node->attribute = attribute.text;
    return node;
  }
  return MakeName(name, NameContext::kLoad, span, line);
}

Expr* Parser::ParseString() {
  const Token token = Next();
  if (!IsAt(TokenKind::kString)) return MakeConst(Value(token.text), token.span, token.line);
  std::string joined(token.text);
  while (IsAt(TokenKind::kString)) joined += Next().text;
  return MakeConst(Value(std::move(joined)), SpanFrom(token.span.begin), token.line);
}

Expr* Parser::ParseNumber() {
  const Token token = Next();
  if (token.kind == TokenKind::kInteger) {
    return MakeConst(ParseIntegerLiteral(token.text), token.span, token.line);
  }
  return MakeConst(Value(ParseFloatLiteral(token.text)), token.span, token.line);
}

Expr* Parser::ParseList() {
  const DepthGuard guard(this);
  const Token open = Expect(TokenKind::kLBracket);
  const size_t base = scratch_.size();
  while (!IsAt(TokenKind::kRBracket)) {
    if (scratch_.size() > base) Expect(TokenKind::kComma);
    if (IsAt(TokenKind::kRBracket)) break;
    Push(ParseExpression());
  }
  Expect(TokenKind::kRBracket);
  auto* node = Make<ListExpr>(NodeKind::kList, SpanFrom(open.span.begin), open.line);
  node->items = TakeScratch<Expr>(base);
  node->foldable = AllFoldable(node->items);
  return node;
}

Expr* Parser::ParseDict() {
  const DepthGuard guard(this);
  const Token open = Expect(TokenKind::kLBrace);
  InlineVector<Pair, 8> items;
  bool foldable = true;
  while (!IsAt(TokenKind::kRBrace)) {
    if (!items.empty()) Expect(TokenKind::kComma);
    if (IsAt(TokenKind::kRBrace)) break;
    Expr* key = ParseExpression();
    Expect(TokenKind::kColon);
    Expr* value = ParseExpression();
    items.push_back({key, value});
    foldable = foldable && key->foldable && value->foldable;
  }
  Expect(TokenKind::kRBrace);
  auto* node = Make<DictExpr>(NodeKind::kDict, SpanFrom(open.span.begin), open.line);
  node->items = items.CopyTo(&code_->arena());
  node->foldable = foldable;
  return node;
}

// --- Postfix: attributes, items, calls, filters, tests -------------------------------------------

Expr* Parser::ParsePostfix(Expr* node) {
  while (true) {
    if (IsAt(TokenKind::kDot) || IsAt(TokenKind::kLBracket)) {
      node = ParseSubscript(node);
    } else if (IsAt(TokenKind::kLParen)) {
      node = ParseCall(node);
    } else {
      return node;
    }
  }
}

Expr* Parser::ParseFilterExpr(Expr* node) {
  while (true) {
    if (IsAt(TokenKind::kPipe)) {
      node = ParseFilter(node, false);
    } else if (IsAt(Word::kIs)) {
      node = ParseTest(node);
    } else if (IsAt(TokenKind::kLParen)) {
      node = ParseCall(node);
    } else {
      return node;
    }
  }
}

Expr* Parser::ParseSubscript(Expr* node) {
  const Token token = Next();
  Expr* argument = nullptr;
  if (token.kind == TokenKind::kDot) {
    const Token attribute = Next();
    if (attribute.kind == TokenKind::kName) {
      auto* result = Make<Getattr>(NodeKind::kGetattr, SpanFrom(node->span.begin), token.line);
      result->node = node;
      result->attribute = attribute.text;
      result->foldable = node->foldable;
      return result;
    }
    if (attribute.kind != TokenKind::kInteger) {
      Fail("expected name or number", attribute.line, attribute.span);
    }
    argument = MakeConst(ParseIntegerLiteral(attribute.text), attribute.span, attribute.line);
  } else {
    const DepthGuard guard(this);
    const size_t base = scratch_.size();
    while (!IsAt(TokenKind::kRBracket)) {
      if (scratch_.size() > base) Expect(TokenKind::kComma);
      Push(ParseSubscribed());
    }
    Expect(TokenKind::kRBracket);
    std::span<Expr*> items = TakeScratch<Expr>(base);
    if (items.size() == 1) {
      argument = items[0];
    } else {
      auto* tuple = Make<Tuple>(NodeKind::kTuple, SpanFrom(token.span.begin), token.line);
      tuple->items = items;
      tuple->foldable = AllFoldable(items);
      argument = tuple;
    }
  }
  auto* result = Make<Getitem>(NodeKind::kGetitem, SpanFrom(node->span.begin), token.line);
  result->node = node;
  result->argument = argument;
  result->foldable = node->foldable && argument->foldable;
  return result;
}

Expr* Parser::ParseSubscribed() {
  const uint32_t line = current_->line;
  const uint32_t begin = current_->span.begin;
  Expr* parts[3] = {nullptr, nullptr, nullptr};
  if (!IsAt(TokenKind::kColon)) {
    parts[0] = ParseExpression();
    if (!IsAt(TokenKind::kColon)) return parts[0];
  }
  Next();
  const auto at_end = [this] { return IsAt(TokenKind::kRBracket) || IsAt(TokenKind::kComma); };
  if (!IsAt(TokenKind::kColon) && !at_end()) parts[1] = ParseExpression();
  if (SkipIf(TokenKind::kColon) && !at_end()) parts[2] = ParseExpression();
  auto* node = Make<Slice>(NodeKind::kSlice, SpanFrom(begin), line);
  node->start = parts[0];
  node->stop = parts[1];
  node->step = parts[2];
  node->foldable = true;
  for (const Expr* part : parts)
    node->foldable = node->foldable && (part == nullptr || part->foldable);
  return node;
}

Arguments Parser::ParseCallArgs() {
  const DepthGuard guard(this);
  const Token open = Expect(TokenKind::kLParen);
  Arguments arguments;
  Keywords named;
  const size_t base = scratch_.size();
  bool require_comma = false;
  while (!IsAt(TokenKind::kRParen)) {
    if (require_comma) {
      Expect(TokenKind::kComma);
      if (IsAt(TokenKind::kRParen)) break;
    }
    ParseCallArg(&arguments, &named, open);
    require_comma = true;
  }
  Expect(TokenKind::kRParen);
  arguments.positional = TakeScratch<Expr>(base);
  arguments.named = named.CopyTo(&code_->arena());
  return arguments;
}

// One argument; positional ones go to the scratch list.
void Parser::ParseCallArg(Arguments* arguments, Keywords* named, const Token& open) {
  const auto ensure = [this, &open](bool valid) {
    if (!valid) Fail("invalid syntax for function call expression", open.line, open.span);
  };
  if (IsAt(TokenKind::kMul)) {
    ensure(arguments->dyn_args == nullptr && arguments->dyn_kwargs == nullptr);
    Next();
    arguments->dyn_args = ParseExpression();
  } else if (IsAt(TokenKind::kPow)) {
    ensure(arguments->dyn_kwargs == nullptr);
    Next();
    arguments->dyn_kwargs = ParseExpression();
  } else if (IsAt(TokenKind::kName) && Look().kind == TokenKind::kAssign) {
    ensure(arguments->dyn_kwargs == nullptr);
    const std::string_view name = Next().text;
    Next();
    named->push_back({name, ParseExpression()});
  } else {
    ensure(arguments->dyn_args == nullptr && arguments->dyn_kwargs == nullptr && named->empty());
    Push(ParseExpression());
  }
}

Expr* Parser::ParseCall(Expr* callee) {
  const uint32_t line = current_->line;
  Arguments arguments = ParseCallArgs();
  auto* node = Make<CallExpr>(NodeKind::kCall, SpanFrom(callee->span.begin), line);
  node->node = callee;
  node->arguments = arguments;
  return node;
}

std::string_view Parser::ParseDottedName(Token* first) {
  *first = Expect(TokenKind::kName);
  if (!IsAt(TokenKind::kDot)) return first->text;
  std::string name(first->text);
  while (SkipIf(TokenKind::kDot)) {
    name += '.';
    name += Expect(TokenKind::kName).text;
  }
  return code_->arena().Copy(std::string_view(name));
}

FilterExpr* Parser::ParseFilter(Expr* input, bool start_inline) {
  FilterExpr* result = nullptr;
  while (IsAt(TokenKind::kPipe) || start_inline) {
    if (!start_inline) Next();
    start_inline = false;
    Token token;
    const std::string_view name = ParseDottedName(&token);
    const Span name_span = SpanFrom(token.span.begin);
    Arguments arguments;
    if (IsAt(TokenKind::kLParen)) arguments = ParseCallArgs();
    const uint32_t begin = input != nullptr ? input->span.begin : token.span.begin;
    auto* node = Make<FilterExpr>(NodeKind::kFilter, SpanFrom(begin), token.line);
    node->node = input;
    node->name = name;
    node->arguments = arguments;
    node->name_span = name_span;
    node->foldable = input != nullptr && input->foldable && AllFoldable(arguments);
    result = node;
    input = node;
  }
  return result;
}

Expr* Parser::ParseTest(Expr* operand) {
  const Token token = Next();
  const bool negated = SkipIf(Word::kNot);
  Token first;
  const std::string_view name = ParseDottedName(&first);
  const Span name_span = SpanFrom(first.span.begin);
  Arguments arguments;
  if (IsAt(TokenKind::kLParen)) {
    arguments = ParseCallArgs();
  } else if ((IsAt(TokenKind::kName) && !IsAt(Word::kElse) && !IsAt(Word::kOr) &&
              !IsAt(Word::kAnd)) ||
             IsAt(TokenKind::kString) || IsAt(TokenKind::kInteger) || IsAt(TokenKind::kFloat) ||
             IsAt(TokenKind::kLBracket) || IsAt(TokenKind::kLBrace)) {
    if (IsAt(Word::kIs)) Fail("You cannot chain multiple tests with is");
    const size_t base = scratch_.size();
    Push(ParsePostfix(ParsePrimary(false)));
    arguments.positional = TakeScratch<Expr>(base);
  }
  auto* node = Make<TestExpr>(NodeKind::kTest, SpanFrom(operand->span.begin), token.line);
  node->node = operand;
  node->name = name;
  node->arguments = arguments;
  node->name_span = name_span;
  node->foldable = operand->foldable && AllFoldable(arguments);
  return negated ? MakeUnary(NodeKind::kNot, node, operand->span.begin, token.line) : node;
}

}  // namespace scaffold::jinja
