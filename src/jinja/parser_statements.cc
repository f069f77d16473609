// The parser's statements, one function a tag.

#include "jinja/identifier.h"
#include "jinja/parser.h"

namespace scaffold::jinja {

Stmt* Parser::ParseSet() {
  const Token tag = Next();
  Expr* target = ParseAssignTarget({.simplified = true, .with_namespace = true});
  if (SkipIf(TokenKind::kAssign)) {
    Expr* value = ParseTuple();
    auto* node = Make<Assign>(NodeKind::kAssign, SpanFrom(tag.span.begin), tag.line);
    node->target = target;
    node->node = value;
    return node;
  }
  FilterExpr* filter = ParseFilter(nullptr, false);
  auto* node = Make<AssignBlock>(NodeKind::kAssignBlock, SpanFrom(tag.span.begin), tag.line);
  node->target = target;
  node->filter = filter;
  node->body = ParseStatementsThrough("endset");
  return node;
}

Stmt* Parser::ParseFor() {
  const Token tag = Next();
  auto* node = Make<For>(NodeKind::kFor, tag.span, tag.line);
  node->target = ParseAssignTarget({.simplified = true, .end_name = "in"});
  ExpectName("in");
  node->iter = ParseTuple({.with_condexpr = false, .end_name = "recursive"});
  if (SkipIf(Word::kIf)) node->test = ParseExpression();
  node->recursive = SkipIfName("recursive");
  node->span = SpanFrom(tag.span.begin);
  node->body = ParseStatements({"endfor", "else"});
  if (Next().text == "else") node->else_body = ParseStatementsThrough("endfor");
  return node;
}

Stmt* Parser::ParseIf() {
  const Token tag = Next();
  auto* result = Make<If>(NodeKind::kIf, tag.span, tag.line);
  InlineVector<If*, 8> elif;
  If* node = result;
  while (true) {
    node->test = ParseTuple({.with_condexpr = false});
    node->span = SpanFrom(node->span.begin);
    node->body = ParseStatements({"elif", "else", "endif"});
    const Token end = Next();
    if (end.text == "elif") {
      node = Make<If>(NodeKind::kIf, current_->span, current_->line);
      elif.push_back(node);
      continue;
    }
    if (end.text == "else") result->else_body = ParseStatementsThrough("endif");
    break;
  }
  result->elif = elif.CopyTo(&code_->arena());
  return result;
}

Stmt* Parser::ParseWith() {
  const Token tag = Next();
  auto* node = Make<With>(NodeKind::kWith, tag.span, tag.line);
  std::vector<Expr*> targets;
  std::vector<Expr*> values;
  while (!IsAt(TokenKind::kBlockEnd)) {
    if (!targets.empty()) Expect(TokenKind::kComma);
    Expr* target = ParseAssignTarget({.simplified = true});
    if (target->kind == NodeKind::kName) {
      static_cast<Name*>(target)->context = NameContext::kParam;
    } else if (target->kind == NodeKind::kTuple) {
      for (Expr* item : static_cast<Tuple*>(target)->items) {
        if (item->kind == NodeKind::kName) static_cast<Name*>(item)->context = NameContext::kParam;
      }
    }
    targets.push_back(target);
    Expect(TokenKind::kAssign);
    values.push_back(ParseExpression());
  }
  node->targets = code_->arena().Copy(targets);
  node->values = code_->arena().Copy(values);
  node->span = SpanFrom(tag.span.begin);
  node->body = ParseStatementsThrough("endwith");
  return node;
}

Stmt* Parser::ParseAutoescape() {
  const Token tag = Next();
  auto* node = Make<AutoescapeStmt>(NodeKind::kAutoescape, tag.span, tag.line);
  node->value = ParseExpression();
  node->span = SpanFrom(tag.span.begin);
  node->body = ParseStatementsThrough("endautoescape");
  return node;
}

Stmt* Parser::ParseBlock() {
  const Token tag = Next();
  auto* node = Make<Block>(NodeKind::kBlock, tag.span, tag.line);
  node->owner = code_;
  code_->blocks.push_back(node);
  node->name = Expect(TokenKind::kName).text;
  node->scoped = SkipIfName("scoped");
  code_->has_scoped_blocks = code_->has_scoped_blocks || node->scoped;
  node->required = SkipIfName("required");
  if (IsAt(TokenKind::kSub)) {
    Fail(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, "
        "use an underscore instead.");
  }
  node->span = SpanFrom(tag.span.begin);
  node->body = ParseStatementsThrough("endblock");
  if (node->required) CheckRequired(*node);
  SkipIfName(node->name);
  return node;
}

void Parser::CheckRequired(const Block& block) {
  for (const Stmt* statement : block.body) {
    bool blank = statement->kind == NodeKind::kOutput;
    if (blank) {
      for (const Expr* part : static_cast<const Output*>(statement)->nodes) {
        blank = blank && part->kind == NodeKind::kTemplateData &&
                StripEnd(static_cast<const TemplateData*>(part)->data).empty();
      }
    }
    if (!blank) Fail("Required blocks can only contain comments or whitespace");
  }
}

Stmt* Parser::ParseExtends() {
  const Token tag = Next();
  auto* node = Make<Extends>(NodeKind::kExtends, tag.span, tag.line);
  code_->has_extends = true;
  node->template_name = ParseExpression();
  node->span = SpanFrom(tag.span.begin);
  return node;
}

bool Parser::ParseImportContext(bool fallback) {
  if ((IsAtName("with") || IsAtName("without")) && Look().kind == TokenKind::kName &&
      Look().text == "context") {
    const bool with = Next().text == "with";
    Next();
    return with;
  }
  return fallback;
}

Stmt* Parser::ParseInclude() {
  const Token tag = Next();
  auto* node = Make<Include>(NodeKind::kInclude, tag.span, tag.line);
  node->template_name = ParseExpression();
  if (IsAtName("ignore") && Look().kind == TokenKind::kName && Look().text == "missing") {
    node->ignore_missing = true;
    Next();
    Next();
  }
  node->with_context = ParseImportContext(true);
  node->span = SpanFrom(tag.span.begin);
  return node;
}

Stmt* Parser::ParseImport() {
  const Token tag = Next();
  auto* node = Make<Import>(NodeKind::kImport, tag.span, tag.line);
  node->template_name = ParseExpression();
  ExpectName("as");
  node->target = ParseTargetName();
  node->with_context = ParseImportContext(false);
  node->span = SpanFrom(tag.span.begin);
  return node;
}

Stmt* Parser::ParseFrom() {
  const Token tag = Next();
  auto* node = Make<FromImport>(NodeKind::kFromImport, tag.span, tag.line);
  node->template_name = ParseExpression();
  ExpectName("import");
  ParseImportedNames(node);
  node->span = SpanFrom(tag.span.begin);
  return node;
}

bool Parser::ParseFromContext(FromImport* node) {
  if ((current_->text == "with" || current_->text == "without") &&
      Look().kind == TokenKind::kName && Look().text == "context") {
    node->with_context = Next().text == "with";
    Next();
    return true;
  }
  return false;
}

void Parser::ParseImportedNames(FromImport* node) {
  std::vector<ImportedName> names;
  while (true) {
    if (!names.empty()) Expect(TokenKind::kComma);
    if (!IsAt(TokenKind::kName)) {
      Expect(TokenKind::kName);  // fails
    }
    if (ParseFromContext(node)) break;
    Name* target = ParseTargetName();
    if (target->symbol->name.starts_with('_')) {
      Fail("names starting with an underline can not be imported", target->line, target->span,
           ErrorKind::kAssertion);
    }
    const std::string_view name = target->symbol->name;
    if (SkipIfName("as")) target = ParseTargetName();
    names.push_back({name, target});
    if (ParseFromContext(node) || !IsAt(TokenKind::kComma)) break;
  }
  node->names = code_->arena().Copy(names);
}

void Parser::ParseSignature(MacroBody* macro) {
  std::vector<Parameter> parameters;
  bool has_defaults = false;
  Expect(TokenKind::kLParen);
  while (!IsAt(TokenKind::kRParen)) {
    if (!parameters.empty()) Expect(TokenKind::kComma);
    Name* name = ParseTargetName();
    name->context = NameContext::kParam;
    for (const Parameter& other : parameters) {
      if (other.name->symbol->canonical != name->symbol->canonical) continue;
      Fail("duplicate argument " + Repr(Value(name->symbol->name)) + " in function definition",
           name->line, name->span);
    }
    Expr* fallback = nullptr;
    if (SkipIf(TokenKind::kAssign)) {
      fallback = ParseExpression();
      has_defaults = true;
    } else if (has_defaults) {
      Fail("non-default argument follows default argument");
    }
    parameters.push_back({name, fallback, name->span});
  }
  Expect(TokenKind::kRParen);
  macro->parameters = code_->arena().Copy(parameters);
}

Stmt* Parser::ParseCallBlock() {
  const Token tag = Next();
  auto* node = Make<CallBlock>(NodeKind::kCallBlock, tag.span, tag.line);
  node->macro.anonymous = true;
  if (IsAt(TokenKind::kLParen)) ParseSignature(&node->macro);
  Expr* call = ParseExpression();
  if (call->kind != NodeKind::kCall) Fail("expected call", tag.line, call->span);
  node->call = static_cast<CallExpr*>(call);
  node->span = SpanFrom(tag.span.begin);
  node->macro.body = ParseStatementsThrough("endcall");
  return node;
}

Stmt* Parser::ParseFilterBlock() {
  const Token tag = Next();
  auto* node = Make<FilterBlock>(NodeKind::kFilterBlock, tag.span, tag.line);
  node->filter = ParseFilter(nullptr, true);
  node->span = SpanFrom(tag.span.begin);
  node->body = ParseStatementsThrough("endfilter");
  return node;
}

Stmt* Parser::ParseMacro() {
  const Token tag = Next();
  auto* node = Make<Macro>(NodeKind::kMacro, tag.span, tag.line);
  node->name = ParseTargetName();
  node->macro.name = node->name->symbol->name;
  ParseSignature(&node->macro);
  node->span = SpanFrom(tag.span.begin);
  node->macro.body = ParseStatementsThrough("endmacro");
  return node;
}

Stmt* Parser::ParsePrint() {
  const Token tag = Next();
  auto* node = Make<Output>(NodeKind::kOutput, tag.span, tag.line);
  std::vector<Expr*> nodes;
  while (!IsAt(TokenKind::kBlockEnd)) {
    if (!nodes.empty()) Expect(TokenKind::kComma);
    nodes.push_back(ParseExpression());
  }
  node->nodes = code_->arena().Copy(nodes);
  return node;
}

}  // namespace scaffold::jinja
