#include "jinja/parser.h"

#include <algorithm>

#include "scaffold/error.h"
#include "support/text.h"

namespace scaffold::jinja {
namespace {

std::string Quote(std::string_view text) { return Repr(Value(text)); }

// The tags that Jinja2 itself knows, for "did you mean".
constexpr std::string_view kTags[] = {
    "autoescape", "block",     "call",   "elif",  "else",     "endautoescape", "endblock",
    "endcall",    "endfilter", "endfor", "endif", "endmacro", "endset",        "endwith",
    "extends",    "filter",    "for",    "from",  "if",       "import",        "include",
    "macro",      "print",     "set",    "with"};

}  // namespace

Parser::DepthGuard::DepthGuard(Parser* parser) : parser_(parser) {
  if (++parser_->depth_ > parser_->options_.max_depth) {
    --parser_->depth_;
    throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded")
        .At(parser_->code_->source().Locate(parser_->current_->span))
        .WithHelp("the template nests more than " + std::to_string(parser_->options_.max_depth) +
                  " levels deep");
  }
}

Parser::Parser(const ParserOptions& options, TemplateCode* code, SymbolTable* symbols,
               Lexer::Start start)
    : options_(options),
      code_(code),
      symbols_(symbols),
      lexer_(*options.rules, code->source(), &code->arena(), start) {
  Next();
}

Body Parser::ParseTemplate() { return Subparse({}); }

Expr* Parser::ParseLoneExpression() {
  Expr* expr = ParseExpression();
  if (!IsAt(TokenKind::kEof)) Fail("chunk after expression");
  return expr;
}

// --- The token stream ----------------------------------------------------------------------------

const Token& Parser::Look() {
  if (!has_pushed_) {
    lexer_.Next(pushed_);
    has_pushed_ = true;
  }
  return *pushed_;
}

bool Parser::SkipIfName(std::string_view name) {
  if (!IsAtName(name)) return false;
  Next();
  return true;
}

void Parser::FailExpected(TokenKind kind) {
  const std::string wanted = Quote(DescribeTokenKind(kind));
  if (IsAt(TokenKind::kEof)) Fail("unexpected end of template, expected " + wanted + ".");
  Fail("expected token " + wanted + ", got " + Quote(DescribeToken(*current_)));
}

const Token& Parser::ExpectName(std::string_view name) {
  if (IsAtName(name)) return Next();
  if (IsAt(TokenKind::kEof)) Fail("unexpected end of template, expected " + Quote(name) + ".");
  Fail("expected token " + Quote(name) + ", got " + Quote(DescribeToken(*current_)));
}

// --- Statements ----------------------------------------------------------------------------------

void Parser::FlushData(size_t* data_base) {
  if (scratch_.size() > *data_base) {
    std::span<Expr*> nodes = TakeScratch<Expr>(*data_base);
    auto* output = Make<Output>(NodeKind::kOutput, nodes[0]->span, nodes[0]->line);
    output->nodes = nodes;
    Push(output);
  }
  *data_base = scratch_.size();
}

Body Parser::Subparse(Names end_names) {
  const DepthGuard guard(this);
  const size_t base = scratch_.size();
  size_t data_base = base;
  if (!end_names.empty()) end_names_stack_.push_back(end_names);
  while (!IsAt(TokenKind::kEof)) {
    if (IsAt(TokenKind::kData)) {
      const Token& token = Next();
      auto* data = Make<TemplateData>(NodeKind::kTemplateData, token.span, token.line);
      data->data = token.text;
      data->foldable = true;
      Push(data);
    } else if (IsAt(TokenKind::kVariableBegin)) {
      Next();
      Push(ParseTuple());
      Expect(TokenKind::kVariableEnd);
    } else {
      FlushData(&data_base);
      Next();
      if (IsAt(TokenKind::kName) &&
          std::find(end_names.begin(), end_names.end(), current_->text) != end_names.end()) {
        break;
      }
      ParseStatement();
      data_base = scratch_.size();
      Expect(TokenKind::kBlockEnd);
    }
  }
  FlushData(&data_base);
  if (!end_names.empty()) end_names_stack_.pop_back();
  return TakeScratch<Stmt>(base);
}

Body Parser::ParseStatements(std::initializer_list<std::string_view> end_names) {
  SkipIf(TokenKind::kColon);  // as in Python
  Expect(TokenKind::kBlockEnd);
  const Names names(end_names.begin(), end_names.size());
  Body body = Subparse(names);
  if (IsAt(TokenKind::kEof)) {
    end_names_stack_.push_back(names);
    FailAtEnd(nullptr, current_->line);
  }
  return body;
}

Body Parser::ParseStatementsThrough(std::string_view end_name) {
  Body body = ParseStatements({end_name});
  Next();
  return body;
}

void Parser::ParseStatement() {
  if (!IsAt(TokenKind::kName)) Fail("tag name expected");
  const std::string_view name = current_->text;
  tag_stack_.push_back(name);
  if (!ParseBuiltinStatement(name)) {
    auto tag = options_.tags->find(name);
    if (tag == options_.tags->end()) {
      tag_stack_.pop_back();
      FailAtEnd(&name, current_->line);
    }
    std::vector<Stmt*> statements;
    tag->second(*this, &statements);
    for (Stmt* statement : statements) Push(statement);
  }
  tag_stack_.pop_back();
}

bool Parser::ParseBuiltinStatement(std::string_view name) {
  struct Row {
    std::string_view name;
    Stmt* (Parser::*parse)();
  };
  static constexpr Row kRows[] = {
      {"if", &Parser::ParseIf},           {"for", &Parser::ParseFor},
      {"set", &Parser::ParseSet},         {"include", &Parser::ParseInclude},
      {"macro", &Parser::ParseMacro},     {"block", &Parser::ParseBlock},
      {"extends", &Parser::ParseExtends}, {"import", &Parser::ParseImport},
      {"from", &Parser::ParseFrom},       {"with", &Parser::ParseWith},
      {"call", &Parser::ParseCallBlock},  {"filter", &Parser::ParseFilterBlock},
      {"print", &Parser::ParsePrint},     {"autoescape", &Parser::ParseAutoescape}};
  for (const Row& row : kRows) {
    if (row.name == name) {
      Push((this->*row.parse)());
      return true;
    }
  }
  return false;
}

// Jinja2's _fail_ut_eof: an unknown tag, or the end of the template when `tag` is null.
void Parser::FailAtEnd(const std::string_view* tag, uint32_t line) {
  std::string message = tag == nullptr ? "Unexpected end of template."
                                       : "Encountered unknown tag " + Quote(*tag) + ".";
  bool expected = false;
  for (const Names& names : end_names_stack_) {
    expected =
        expected || (tag != nullptr && std::find(names.begin(), names.end(), *tag) != names.end());
  }
  if (!end_names_stack_.empty()) {
    std::string looking;
    for (std::string_view name : end_names_stack_.back()) {
      if (!looking.empty()) looking += " or ";
      looking += Quote(name);
    }
    message += expected ? " You probably made a nesting mistake. Jinja is expecting this tag, but "
                          "currently looking for " +
                              looking + "."
                        : " Jinja was looking for the following tags: " + looking + ".";
  }
  if (!tag_stack_.empty()) {
    message += " The innermost block that needs to be closed is " + Quote(tag_stack_.back()) + ".";
  }
  Error error(ErrorKind::kSyntax, std::move(message));
  error.At(code_->Locate(line, tag == nullptr ? Span{} : current_->span));
  if (tag != nullptr && !expected) {
    std::vector<std::string_view> known(std::begin(kTags), std::end(kTags));
    for (const auto& [name, parse] : *options_.tags) known.push_back(name);
    const std::string_view close = ClosestMatch(*tag, known);
    if (!close.empty() && close != *tag)
      error.WithHelp("did you mean '" + std::string(close) + "'?");
  }
  throw error;
}

bool Parser::IsTupleEnd(std::string_view end_name) const {
  return IsAt(TokenKind::kVariableEnd) || IsAt(TokenKind::kBlockEnd) || IsAt(TokenKind::kRParen) ||
         (!end_name.empty() && IsAtName(end_name));
}

// --- Nodes and errors ----------------------------------------------------------------------------

Name* Parser::MakeName(std::string_view name, NameContext context, Span span, uint32_t line) {
  auto* node = Make<Name>(NodeKind::kName, span, line);
  node->symbol = symbols_->Intern(name);
  node->context = context;
  return node;
}

Const* Parser::MakeConst(Value value, Span span, uint32_t line) {
  auto* node = Make<Const>(NodeKind::kConst, span, line);
  node->value = code_->Own(std::move(value));
  node->foldable = true;
  return node;
}

Output* Parser::MakeOutput(Expr* expr, Span span, uint32_t line) {
  auto* node = Make<Output>(NodeKind::kOutput, span, line);
  node->nodes = code_->arena().Copy(std::vector<Expr*>{expr});
  return node;
}

CallExpr* Parser::MakeCall(Expr* callee, const std::vector<Expr*>& positional, Span span,
                           uint32_t line) {
  auto* node = Make<CallExpr>(NodeKind::kCall, span, line);
  node->node = callee;
  node->arguments.positional = code_->arena().Copy(positional);
  return node;
}

void Parser::Fail(std::string message, uint32_t line, Span span, ErrorKind kind) {
  throw Error(kind, std::move(message)).At(code_->Locate(line, span));
}

void Parser::Fail(std::string message) { Fail(std::move(message), current_->line, current_->span); }

}  // namespace scaffold::jinja
