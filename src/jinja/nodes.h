// Nodes: the syntax tree that the parser makes and the evaluator walks.
//
// Plain structs in an arena, told apart by `kind`. The parser fills them; the compiler pass
// (compiler.h) turns names into slots, folds constants and looks up filters and tests, writing into
// the same nodes. Names of kinds and fields are Jinja2's (nodes.py).

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "jinja/filter_ref.h"
#include "scaffold/value.h"
#include "support/source.h"

namespace scaffold::jinja {

struct Symbol;
struct FunctionCode;
struct ScopeCode;
class TemplateCode;

enum class NodeKind : uint8_t {
  // Expressions.
  kName,
  kNSRef,
  kConst,
  kTemplateData,
  kTuple,
  kList,
  kDict,
  kCondExpr,
  kFilter,
  kTest,
  kCall,
  kGetitem,
  kGetattr,
  kSlice,
  kConcat,
  kCompare,
  kAdd,
  kSub,
  kMul,
  kDiv,
  kFloorDiv,
  kMod,
  kPow,
  kAnd,
  kOr,
  kNot,
  kNeg,
  kPos,
  kMarkSafeIfAutoescape,
  // Statements.
  kOutput,
  kExtends,
  kFor,
  kIf,
  kMacro,
  kCallBlock,
  kFilterBlock,
  kWith,
  kBlock,
  kInclude,
  kImport,
  kFromImport,
  kExprStmt,
  kAssign,
  kAssignBlock,
  kAutoescape,
  kBreak,
  kContinue,
};

// How output is escaped: decided when compiling, unless an autoescape tag has a computed argument.
enum class EscapeMode : uint8_t { kNo, kYes, kVolatile };

// Where a name lives: the slot of a frame, `depth` functions further out.
struct NameRef {
  uint32_t slot = 0;
  uint32_t depth = 0;
};

struct Node {
  NodeKind kind;
  bool foldable = false;  // expressions: built of constants only, as far as the parser can tell
  Span span;              // what errors underline
  uint32_t line = 0;      // byte offset of the place whose line Jinja2 reports for this node
};

// Levels of one expression; a chain of operators is as deep as it is long. CPython ends at about as
// many.
constexpr uint32_t kMaxExpressionDepth = 600;

struct Expr : Node {};
struct Stmt : Node {};

using ExprList = std::span<Expr*>;
using Body = std::span<Stmt*>;

enum class NameContext : uint8_t { kLoad, kStore, kParam };

struct Name : Expr {
  Symbol* symbol = nullptr;
  NameContext context = NameContext::kLoad;
  NameRef ref;
};

struct NSRef : Expr {  // the target `name.attr` of an assignment
  Symbol* symbol = nullptr;
  std::string_view attribute;
  NameRef ref;
};

struct Const : Expr {
  const Value* value = nullptr;  // owned by the template
  std::string_view bad_name;     // "inf" or "nan": what the compiled Python would trip over
};

struct TemplateData : Expr {
  std::string_view data;
};

struct Tuple : Expr {
  ExprList items;
};

struct ListExpr : Expr {
  ExprList items;
};

struct Pair {
  Expr* key;
  Expr* value;
};

struct DictExpr : Expr {
  std::span<Pair> items;
};

struct CondExpr : Expr {
  Expr* test = nullptr;
  Expr* then_value = nullptr;
  Expr* else_value = nullptr;  // null when there is no else
};

struct Keyword {
  std::string_view name;
  Expr* value;
};

// What Filter, Test and Call have in common.
struct Arguments {
  ExprList positional;
  std::span<Keyword> named;
  Expr* dyn_args = nullptr;
  Expr* dyn_kwargs = nullptr;
  bool empty() const {
    return positional.empty() && named.empty() && dyn_args == nullptr && dyn_kwargs == nullptr;
  }
};

struct FilterExpr : Expr {
  Expr* node = nullptr;  // null in a filter block: the captured text
  std::string_view name;
  Arguments arguments;
  FilterRef filter;  // empty: unknown, fails when it is called
  Span name_span;
};

// Tests that the evaluator answers itself.
enum class KnownTest : uint8_t { kNone, kDefined, kUndefined };

struct TestExpr : Expr {
  Expr* node = nullptr;
  std::string_view name;
  Arguments arguments;
  TestRef test;
  Span name_span;
  KnownTest known = KnownTest::kNone;
};

struct CallExpr : Expr {
  Expr* node = nullptr;
  Arguments arguments;
};

struct Getitem : Expr {
  Expr* node = nullptr;
  Expr* argument = nullptr;
};

// Attributes of the loop object, known by number so that they need no text comparison.
enum class LoopAttribute : uint8_t {
  kNone,
  kIndex,
  kIndex0,
  kRevindex,
  kRevindex0,
  kFirst,
  kLast,
  kLength,
  kDepth,
  kDepth0,
  kPrevitem,
  kNextitem,
};

struct Getattr : Expr {
  Expr* node = nullptr;
  std::string_view attribute;
  LoopAttribute loop_attribute = LoopAttribute::kNone;
  bool dict_method = false;  // a dict has this attribute itself, whatever its keys
};

struct Slice : Expr {
  Expr* start = nullptr;  // each may be null
  Expr* stop = nullptr;
  Expr* step = nullptr;
};

struct Concat : Expr {
  ExprList nodes;
  EscapeMode escape = EscapeMode::kNo;
};

enum class CompareOp : uint8_t { kEq, kNe, kGt, kGtEq, kLt, kLtEq, kIn, kNotIn };

struct Operand {
  CompareOp op;
  Expr* expr;
};

struct CompareExpr : Expr {
  Expr* expr = nullptr;
  std::span<Operand> ops;
};

struct BinExpr : Expr {  // kAdd ... kOr
  Expr* left = nullptr;
  Expr* right = nullptr;
};

struct UnaryExpr : Expr {  // kNot, kNeg, kPos, kMarkSafeIfAutoescape
  Expr* node = nullptr;
};

// Whether output at the top level of a template that extends another is printed.
enum class OutputCheck : uint8_t { kAlways, kUnlessExtended, kNever };

// A piece of output: constant text, or an expression.
struct OutputPart {
  std::string_view text;
  Expr* expr = nullptr;
};

struct Output : Stmt {
  ExprList nodes;               // as parsed
  std::span<OutputPart> parts;  // as compiled
  EscapeMode escape = EscapeMode::kNo;
  OutputCheck check = OutputCheck::kAlways;
};

struct Extends : Stmt {
  Expr* template_name = nullptr;
  bool second = false;  // follows an extends that surely ran
  bool check = false;   // an earlier extends may have run
};

struct For : Stmt {
  Expr* target = nullptr;
  Expr* iter = nullptr;
  Body body;
  Body else_body;
  Expr* test = nullptr;         // null without an `if`
  Expr* test_target = nullptr;  // the target as the test sees it
  bool recursive = false;
  bool extended = false;  // has a loop object
  NameRef loop_ref;
  ScopeCode* scope = nullptr;
  ScopeCode* test_scope = nullptr;
  ScopeCode* else_scope = nullptr;
  FunctionCode* function = nullptr;  // of a recursive loop
  EscapeMode escape = EscapeMode::kNo;
};

struct If : Stmt {
  Expr* test = nullptr;
  Body body;
  std::span<If*> elif;
  Body else_body;
};

struct Parameter {
  Name* name;
  Expr* fallback;  // null: required
  Span span;
};

// What Macro and CallBlock have in common.
struct MacroBody {
  std::span<Parameter> parameters;
  Body body;
  FunctionCode* function = nullptr;
  ScopeCode* scope = nullptr;
  std::string_view name;  // empty and `anonymous` for the caller of a call block
  uint32_t line = 0;      // of the definition
  bool anonymous = false;
  bool explicit_caller = false;
  bool accesses_caller = false;
  bool accesses_kwargs = false;
  bool accesses_varargs = false;
  NameRef caller_ref, kwargs_ref, varargs_ref;
  Value* names = nullptr;  // the tuple of parameter names; owned by the template
};

struct Macro : Stmt {
  Name* name = nullptr;
  MacroBody macro;
  bool toplevel = false;
};

struct CallBlock : Stmt {
  CallExpr* call = nullptr;
  MacroBody macro;
};

struct FilterBlock : Stmt {
  Body body;
  FilterExpr* filter = nullptr;
  ScopeCode* scope = nullptr;
  EscapeMode escape = EscapeMode::kNo;
};

struct With : Stmt {
  std::span<Expr*> targets;
  std::span<Expr*> values;
  Body body;
  ScopeCode* scope = nullptr;
};

// A variable that an include, an import or a scoped block hands over.
struct StoredName {
  Symbol* symbol;
  NameRef ref;
};

struct Block : Stmt {
  std::string_view name;
  Body body;
  bool scoped = false;
  bool required = false;
  FunctionCode* function = nullptr;
  ScopeCode* code_scope = nullptr;
  NameRef self_ref, super_ref;
  bool uses_self = false;
  bool uses_super = false;
  OutputCheck check = OutputCheck::kAlways;
  const TemplateCode* owner = nullptr;
  std::span<StoredName> locals;  // of a scoped block
};

// Which lookup an include uses; Jinja2 decides by the form of the expression.
enum class IncludeKind : uint8_t { kGet, kSelect, kEither };

struct Include : Stmt {
  Expr* template_name = nullptr;
  bool with_context = false;
  bool ignore_missing = false;
  IncludeKind include_kind = IncludeKind::kEither;
  std::span<StoredName> locals;
};

struct Import : Stmt {
  Expr* template_name = nullptr;
  Name* target = nullptr;
  bool with_context = false;
  bool toplevel = false;
  std::span<StoredName> locals;
};

struct ImportedName {
  std::string_view name;
  Name* target;
};

struct FromImport : Stmt {
  Expr* template_name = nullptr;
  std::span<ImportedName> names;
  bool with_context = false;
  bool toplevel = false;
  std::span<StoredName> locals;
};

struct ExprStmt : Stmt {
  Expr* node = nullptr;
};

struct Assign : Stmt {
  Expr* target = nullptr;
  Expr* node = nullptr;
  bool toplevel = false;
  bool has_nsref = false;
  uint32_t check_line = 0;  // where a failing namespace check is reported
};

struct AssignBlock : Stmt {
  Expr* target = nullptr;
  FilterExpr* filter = nullptr;  // may be null
  Body body;
  ScopeCode* scope = nullptr;
  bool toplevel = false;
  EscapeMode escape = EscapeMode::kNo;
};

struct AutoescapeStmt : Stmt {
  Expr* value = nullptr;
  Body body;
  ScopeCode* scope = nullptr;
};

struct LoopControl : Stmt {};  // kBreak, kContinue

// What entering a scope does to its slots.
struct SlotInit {
  enum class Action : uint8_t { kResolve, kAlias, kMissing };
  Action action;
  bool every_iteration = true;  // false: a loop does it once
  NameRef target;
  NameRef source;            // kAlias
  Symbol* symbol = nullptr;  // kResolve
};

struct ScopeCode {
  std::span<SlotInit> inits;
  std::span<uint32_t> leave;  // slots that become missing again; only where closures could see them
  ScopeCode* next = nullptr;  // of the template's scopes
};

// A function of the compiled template: root, block, macro, caller or recursive loop.
struct FunctionCode {
  uint32_t slot_count = 0;
  uint32_t depth = 0;     // functions around it
  bool captured = false;  // a function inside it may outlive its call
};

}  // namespace scaffold::jinja
