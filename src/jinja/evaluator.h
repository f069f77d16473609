// Evaluator: one render. Walks the compiled nodes with a switch; everything that lives only while a
// template runs is here: output, frames, the current context, limits.
//
// Errors are thrown bare by whatever fails; the statement that was running gives them their place,
// and each include, macro or block on the way out adds a note.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/base_state.h"
#include "jinja/closures.h"
#include "jinja/context.h"
#include "jinja/environment.h"
#include "jinja/frame.h"
#include "jinja/loop.h"
#include "jinja/macro.h"
#include "jinja/nodes.h"
#include "jinja/output.h"
#include "value/limits.h"

namespace scaffold::jinja {

enum class Flow : uint8_t { kNext, kBreak, kContinue };

class Evaluator final : public BaseState {
 public:
  explicit Evaluator(Environment& environment);

  // `variables` is a dict or None.
  std::string Render(TemplateCode& code, const Value& variables);
  Value RenderNative(TemplateCode& code, const Value& variables);
  Value EvaluateExpression(TemplateCode& code, const Value& variables);

  // --- State.
  bool autoescape() const override { return context_ != nullptr && context_->autoescape; }
  Value Call(const Value& callable, const Args& args) override;
  Value Resolve(std::string_view name) override;

  // --- For macros, blocks and loops.
  Value CallMacro(const MacroObject& macro, const Args& args, bool escape);
  Value CallBlockReference(std::string_view name, const Ref<Context>& context, size_t depth);
  Value CallRecursiveLoop(const LoopRecursion& recursion, const Value& iterable, int64_t depth0);
  bool PassesTest(const For& node, Frame* frame, const Value& item, Value* out);
  // The context that callbacks from C++ see.
  Context* context() const { return context_.get(); }

 private:
  friend class FrameScope;
  class Activation;
  class DepthScope;
  struct ArgumentBuffer;

  // evaluator.cc: templates, frames, errors, limits.
  Ref<Context> NewContext(const TemplateCode& code, Ref<Layer> layers);
  Ref<Context> RootContext(const TemplateCode& code, const Value& variables);
  void RunRoot(const TemplateCode& code, const Ref<Context>& context);
  void RunBlock(const Block& block, const Ref<Context>& context);
  Value MakeModule(const TemplateCode& code, const Ref<Context>& context);
  const Value& DefaultModule(CachedTemplate& cached);
  void EnterScope(const ScopeCode& scope);
  void EnterIteration(const ScopeCode& scope, bool first);
  void LeaveScope(const ScopeCode& scope, const FunctionCode* function);
  void InitSlot(const SlotInit& init);
  void Locate(Error& error, uint32_t line, Span span);
  void Suggest(Error& error) const;
  void NoteFrame(std::string note);
  void Refuel();
  void Step() {
    if (--fuel_ == 0) Refuel();
  }
  Value& Slot(NameRef ref) const {
    Frame* frame = frame_;
    for (uint32_t depth = ref.depth; depth > 0; --depth) frame = frame->parent;
    return frame->slots[ref.slot];
  }

  // evaluator_statements.cc
  Flow ExecBody(Body body);
  Flow Exec(const Stmt& node);
  void ExecOutput(const Output& node);
  void EmitExpr(const Expr& expr, EscapeMode mode);
  void EmitValue(const Value& value, EscapeMode mode);
  void EmitRaw(const Value& value);
  Flow ExecIf(const If& node);
  Flow ExecWith(const With& node);
  void ExecAssign(const Assign& node);
  void ExecAssignBlock(const AssignBlock& node);
  void ExecFilterBlock(const FilterBlock& node);
  Flow ExecAutoescape(const AutoescapeStmt& node);
  void AssignTo(const Expr& target, const Value& value);
  void Unpack(const Tuple& target, const Value& value);
  void CheckNamespaces(const Expr& target);
  void Publish(const Expr& target);
  bool EscapesNow(EscapeMode mode) const {
    return mode == EscapeMode::kYes || (mode == EscapeMode::kVolatile && context_->autoescape);
  }

  // evaluator_loops.cc
  Flow ExecFor(const For& node);
  void RunLoop(const For& node, Value iterable, int64_t depth0);
  bool RunPlainLoop(const For& node, Value iterable);
  bool RunExtendedLoop(const For& node, Value iterable, int64_t depth0);
  Value RebuildTarget(const Expr& target);

  // evaluator_templates.cc: extends, blocks, include, import, macros as statements.
  void ExecExtends(const Extends& node);
  void ExecBlock(const Block& node);
  void ExecInclude(const Include& node);
  CachedTemplate* FindIncluded(const Include& node);
  CachedTemplate& GetTemplate(const Value& name);
  CachedTemplate& SelectTemplate(const Value& names);
  void ExecImport(const Import& node);
  void ExecFromImport(const FromImport& node);
  Value ImportModule(const Expr& name, bool with_context, std::span<const StoredName> locals);
  void ExecMacro(const Macro& node);
  void ExecCallBlock(const CallBlock& node);
  Value MakeMacro(const MacroBody& body);
  Dict Locals(std::span<const StoredName> names);

  // evaluator_calls.cc
  Value EvalCall(const CallExpr& node, const Value* caller);
  bool EmitMacroCall(const CallExpr& node, EscapeMode mode);
  Value EvalMethodCall(const CallExpr& node, const Getattr& callee, const Value* caller);
  Value EvalFilter(const FilterExpr& node, const Value* captured);
  bool EvalTest(const TestExpr& node);
  void EvalArguments(const Arguments& arguments, std::string_view function, ArgumentBuffer* buffer);
  void AddDynamicArgs(const Value& value, ArgumentBuffer* buffer);
  void AddDynamicKwargs(const Value& value, std::string_view function, ArgumentBuffer* buffer);
  void RunMacro(const MacroObject& macro, const Args& args);
  void BindMacro(const MacroBody& body, const Args& args);
  void BindSpecialArguments(const MacroBody& body, const Args& args, std::vector<bool>* used);
  Value CallValue(const Value& callable, const Args& args);
  std::string_view CallerName() const;

  // evaluator_expressions.cc
  Value Eval(const Expr& expr);
  // Like Eval, but names and constants are not copied; valid until the next evaluation.
  const Value& EvalRef(const Expr& expr, Value* scratch);
  Value EvalComposite(const Expr& expr);
  Value EvalNode(const Expr& expr);
  Value EvalGetattr(const Getattr& node);
  Value EvalGetitem(const Getitem& node);
  Value EvalSlice(const Slice& node);
  Value EvalCompare(const CompareExpr& node);
  Value EvalConcat(const Concat& node);
  Value EvalDict(const DictExpr& node);
  Value EvalCondExpr(const CondExpr& node);
  Value EvalBinary(const BinExpr& node);
  Value EvalUnary(const UnaryExpr& node);
  List EvalList(ExprList nodes);
  bool EvalTruth(const Expr& expr);

  OutputBuffer out_;
  ValueStack stack_;
  const TemplateCode* code_ = nullptr;
  Ref<Context> context_;
  Frame* frame_ = nullptr;
  const FunctionCode* function_ = nullptr;
  const TemplateCode* parent_template_ = nullptr;  // set by an extends that ran
  Closures* closures_;                             // of the render or of a shared module
  Closures own_closures_;
  uint32_t fuel_;
  uint32_t depth_ = 0;
  uint32_t max_depth_;
  size_t charged_output_ = 0;
  const Expr* failed_ = nullptr;  // innermost expression of the error on its way
  std::string pending_note_;
};

// The frame of one call; gone, or left to the closures that hold it, at the end of the C++ scope.
class FrameScope {
 public:
  FrameScope(Evaluator* evaluator, const FunctionCode& function, Frame* parent);
  ~FrameScope();
  FrameScope(const FrameScope&) = delete;
  FrameScope& operator=(const FrameScope&) = delete;

 private:
  Evaluator* evaluator_;
  Frame* saved_frame_;
  const FunctionCode* saved_function_;
  Frame local_;
  Frame* frame_;
};

}  // namespace scaffold::jinja
