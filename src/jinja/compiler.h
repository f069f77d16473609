// Compiler: the pass between parser and evaluator.
//
// It walks the tree in the order in which Jinja2 generates code and writes into the nodes: slots of
// names, filters and tests, folded constants, what is printed in a template that extends another,
// and the lines that run-time errors report. Compile-time errors come in Jinja2's order.

#pragma once

#include "jinja/environment.h"
#include "jinja/idtracking.h"
#include "jinja/nodes.h"
#include "jinja/optimizer.h"
#include "jinja/symbols.h"
#include "jinja/template_code.h"

namespace scaffold::jinja {

class Compiler {
 public:
  Compiler(const Environment::Rep& environment, TemplateCode* code, SymbolTable* symbols);

  void CompileTemplate();
  void CompileExpression();

 private:
  // What Jinja2 calls a frame: the scope and the flags that depend on the place.
  struct Place {
    Scope* scope;
    bool toplevel = false;
    bool rootlevel = false;
    bool soft = false;          // inside an if: unknown filters fail when they are called
    bool in_loop = false;       // break and continue have something to act on
    bool output_check = false;  // printing depends on whether the template extends another
  };

  // compiler.cc: the template, its functions and blocks.
  void CheckBlockNames();
  void CompileBlockFunction(Block* block);
  void CompileMacro(MacroBody* macro, const Place& place);
  void DeclareSpecialArguments(MacroBody* macro, Scope* scope, uint32_t line, Span span);
  Place Inner(const Place& place, Scope* scope) const;
  Place Soft(const Place& place) const;
  FunctionCode* NewFunction(FunctionState* parent);
  const Value* KeyOf(Symbol* symbol);
  void NewLine(uint32_t line) { line_ = line; }
  [[noreturn]] void Fail(std::string message, uint32_t line, Span span);

  // compiler_statements.cc
  bool VisitBody(Body body, const Place& place);  // false: the rest is never reached
  bool VisitStatement(Stmt* node, const Place& place);
  void VisitOutput(Output* node, const Place& place);
  void AddText(std::string_view piece);
  void FlushText();
  OutputCheck CheckFor(const Place& place) const;
  void VisitFor(For* node, const Place& place);
  void VisitForTest(For* node, const Place& place, FunctionState* function);
  void VisitForBody(For* node, const Place& place, FunctionState* function);
  void CheckLoopStores(For* node);
  void CheckLoopControl(const Stmt& node, const Place& place);
  Expr* CloneTarget(Expr* target);
  void VisitIf(If* node, const Place& place);
  void VisitMacro(Macro* node, const Place& place);
  void VisitCallBlock(CallBlock* node, const Place& place);
  void VisitFilterBlock(FilterBlock* node, const Place& place);
  void VisitWith(With* node, const Place& place);
  void VisitBlock(Block* node, const Place& place);
  bool VisitExtends(Extends* node, const Place& place);
  void VisitInclude(Include* node, const Place& place);
  void VisitImport(Import* node, const Place& place);
  void VisitFromImport(FromImport* node, const Place& place);
  void VisitAssign(Assign* node, const Place& place);
  void VisitAssignBlock(AssignBlock* node, const Place& place);
  void VisitAutoescape(AutoescapeStmt* node, const Place& place);
  void VisitTarget(Expr* target, const Place& place);

  // compiler_expressions.cc
  void VisitExpr(Expr** expr, const Place& place);
  void VisitList(ExprList nodes, const Place& place);
  void VisitArguments(Arguments* arguments, const Place& place);
  void VisitComposite(Expr* expr, const Place& place);
  void VisitFilter(FilterExpr* node, const Place& place);
  void VisitTest(TestExpr* node, const Place& place);
  void VisitGetattr(Getattr* node, const Place& place);
  void VisitCondExpr(CondExpr* node, const Place& place);
  void Fold(Expr** expr);
  std::optional<std::string> FoldOutput(const Expr& child);
  Const* MakeConst(Value value, const Expr& model);
  void CheckConst(Const* node);
  [[noreturn]] void FailUnknown(std::string_view what, std::string_view name, uint32_t line,
                                Span span, const std::vector<std::string_view>& known);
  EscapeMode escape_mode() const;

  const Environment::Rep& environment_;
  TemplateCode* code_;
  SymbolTable* symbols_;
  ScopeStack scopes_;
  FunctionState* function_ = nullptr;
  EvalContext eval_;
  uint32_t line_ = 0;  // what Jinja2's debug information says at this point
  uint32_t depth_ = 0;
  InlineVector<OutputPart, 16> parts_;  // of the output being compiled
  std::string_view text_;  // its constant pieces since the last expression: the first one,
  std::string joined_;     // and all of them when there are more
  int extends_so_far_ = 0;
  bool has_known_extends_ = false;
};

}  // namespace scaffold::jinja
