// Parser: tokens to nodes, by recursive descent; Jinja2's grammar and messages (parser.py).
//
// Tags of extensions get the parser itself: they read tokens and build nodes with the same calls.

#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/inline_vector.h"
#include "jinja/lexer.h"
#include "jinja/nodes.h"
#include "jinja/symbols.h"
#include "jinja/template_code.h"

namespace scaffold::jinja {

class Parser;

// Parses one tag; the current token is its name. The nodes go to `statements`.
using TagParser = std::function<void(Parser& parser, std::vector<Stmt*>* statements)>;
using TagTable = std::map<std::string, TagParser, std::less<>>;

struct ParserOptions {
  const LexerRules* rules;
  const TagTable* tags;
  uint32_t max_depth;
};

class Parser {
 public:
  Parser(const ParserOptions& options, TemplateCode* code, SymbolTable* symbols,
         Lexer::Start start);
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  Body ParseTemplate();
  // The whole text as one expression.
  Expr* ParseLoneExpression();

  // --- The token stream.
  const Token& current() const { return *current_; }
  // The token taken stays where it is until the next one is taken.
  const Token& Next() {
    Advance();
    return *previous_;
  }
  void Advance() {
    std::swap(previous_, current_);
    if (has_pushed_) {
      has_pushed_ = false;
      std::swap(current_, pushed_);
    } else if (previous_->kind != TokenKind::kEof) {
      lexer_.Next(current_);
    } else {
      *current_ = *previous_;
    }
  }
  const Token& Look();
  bool IsAt(TokenKind kind) const { return current_->kind == kind; }
  bool IsAtName(std::string_view name) const {
    return current_->kind == TokenKind::kName && current_->text == name;
  }
  bool SkipIf(TokenKind kind) {
    if (current_->kind != kind) return false;
    Advance();
    return true;
  }
  bool SkipIf(Word word) {
    if (current_->word != word) return false;
    Advance();
    return true;
  }
  bool IsAt(Word word) const { return current_->word == word; }
  bool SkipIfName(std::string_view name);
  const Token& Expect(TokenKind kind) {
    if (current_->kind != kind) FailExpected(kind);
    return Next();
  }
  const Token& ExpectName(std::string_view name);

  // --- Grammar.
  Expr* ParseExpression(bool with_condexpr = true);
  struct TupleRules {
    bool simplified = false;
    bool with_condexpr = true;
    bool explicit_parentheses = false;
    bool with_namespace = false;
    std::string_view end_name = {};  // a name that ends the tuple
  };
  Expr* ParseTuple(const TupleRules& rules);
  Expr* ParseTuple() { return ParseTuple(TupleRules()); }
  Name* ParseTargetName();
  Expr* ParseAssignTarget(const TupleRules& rules);
  // Parses up to one of the end tags; the caller sees it as the current token.
  Body ParseStatements(std::initializer_list<std::string_view> end_names);
  // The same, dropping the end tag's name.
  Body ParseStatementsThrough(std::string_view end_name);

  // --- Building nodes.
  template <typename T>
  T* Make(NodeKind kind, Span span, uint32_t line) {
    // Not `T{}`: that clears the node as a whole and then once more where fields have defaults.
    T* node = new (code_->arena().Allocate(sizeof(T), alignof(T))) T;
    node->kind = kind;
    node->span = span;
    node->line = line;
    return node;
  }
  Name* MakeName(std::string_view name, NameContext context, Span span, uint32_t line);
  Const* MakeConst(Value value, Span span, uint32_t line);
  Output* MakeOutput(Expr* expr, Span span, uint32_t line);
  CallExpr* MakeCall(Expr* callee, const std::vector<Expr*>& positional, Span span, uint32_t line);
  TemplateCode& code() { return *code_; }
  // From `begin` to the end of the last token taken.
  Span SpanFrom(uint32_t begin) const { return {begin, std::max(begin, previous_->span.end)}; }

  // --- Errors.
  [[noreturn]] void Fail(std::string message, uint32_t line, Span span,
                         ErrorKind kind = ErrorKind::kSyntax);
  [[noreturn]] void Fail(std::string message);  // at the current token
  [[noreturn]] void FailExpected(TokenKind kind);

 private:
  class DepthGuard;
  using Names = std::span<const std::string_view>;

  // parser.cc
  Body Subparse(Names end_names);
  void ParseStatement();
  bool ParseBuiltinStatement(std::string_view name);
  void FlushData(size_t* data_base);
  [[noreturn]] void FailAtEnd(const std::string_view* tag, uint32_t line);
  bool IsTupleEnd(std::string_view end_name) const;
  template <typename T>
  std::span<T*> TakeScratch(size_t base);
  uint32_t StartLine() const { return first_operand_ != nullptr ? first_line_ : current_->line; }
  void Push(Node* node) { scratch_.push_back(node); }

  // parser_statements.cc
  Stmt* ParseSet();
  Stmt* ParseFor();
  Stmt* ParseIf();
  Stmt* ParseWith();
  Stmt* ParseAutoescape();
  Stmt* ParseBlock();
  Stmt* ParseExtends();
  Stmt* ParseInclude();
  Stmt* ParseImport();
  Stmt* ParseFrom();
  void ParseImportedNames(FromImport* node);
  bool ParseFromContext(FromImport* node);
  bool ParseImportContext(bool fallback);
  Stmt* ParseMacro();
  Stmt* ParseCallBlock();
  Stmt* ParseFilterBlock();
  Stmt* ParsePrint();
  void ParseSignature(MacroBody* macro);
  void CheckRequired(const Block& block);

  // parser_expressions.cc
  Expr* ParseCondExpr();
  Expr* ParseOr();
  Expr* ParseAnd();
  Expr* ParseNot();
  Expr* ParseCompare();
  bool ParseCompareOp(CompareOp* op);
  Expr* ParseMath1();
  Expr* ParseConcat();
  Expr* ParseMath2();
  Expr* ParsePow();
  Expr* ParseUnary(bool with_filter);
  Expr* ParsePrimary(bool with_namespace);
  Expr* ParseNameOrConstant(bool with_namespace);
  Expr* ParseConstantName(const Token& token);
  Expr* ParseString();
  Expr* ParseNumber();
  Expr* ParseList();
  Expr* ParseDict();
  Expr* ParsePostfix(Expr* node);
  Expr* ParseFilterExpr(Expr* node);
  Expr* ParseSubscript(Expr* node);
  Expr* ParseSubscribed();
  Arguments ParseCallArgs();
  using Keywords = InlineVector<Keyword, 8>;
  void ParseCallArg(Arguments* arguments, Keywords* named, const Token& open);
  Expr* ParseCall(Expr* node);
  FilterExpr* ParseFilter(Expr* node, bool start_inline);
  Expr* ParseTest(Expr* node);
  std::string_view ParseDottedName(Token* first);
  Expr* MakeBinary(NodeKind kind, Expr* left, Expr* right, uint32_t line);
  Expr* MakeUnary(NodeKind kind, Expr* node, uint32_t begin, uint32_t line);

  ParserOptions options_;
  TemplateCode* code_;
  SymbolTable* symbols_;
  Lexer lexer_;
  // Tokens change places instead of being copied: a copy of what has just been written, field by
  // field, makes the processor wait.
  Token tokens_[3];
  Token* previous_ = &tokens_[0];
  Token* current_ = &tokens_[1];
  Token* pushed_ = &tokens_[2];
  bool has_pushed_ = false;
  uint32_t depth_ = 0;
  InlineVector<Node*, 64>
      scratch_;  // lists being built; each owner remembers where its part begins
  InlineVector<std::string_view, 8> tag_stack_;
  InlineVector<Names, 8> end_names_stack_;
  Expr* first_operand_ = nullptr;  // read already, with the line of its first token
  uint32_t first_line_ = 0;
};

// Counts the nesting of the grammar, so that hostile templates end in an error.
class Parser::DepthGuard {
 public:
  explicit DepthGuard(Parser* parser);
  ~DepthGuard() { --parser_->depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  Parser* parser_;
};

template <typename T>
std::span<T*> Parser::TakeScratch(size_t base) {
  const size_t count = scratch_.size() - base;
  if (count == 0) return {};
  auto** items = static_cast<T**>(code_->arena().Allocate(count * sizeof(T*), alignof(T*)));
  for (size_t i = 0; i < count; ++i) items[i] = static_cast<T*>(scratch_[base + i]);
  scratch_.Truncate(base);
  return {items, count};
}

}  // namespace scaffold::jinja
