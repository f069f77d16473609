// The evaluator's for statement.

#include "jinja/evaluator.h"
#include "jinja/evaluator_scopes.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

class PlainItems final : public LoopItems {
 public:
  explicit PlainItems(Value iterable) : cursor_(std::move(iterable)) {}
  bool Next(Value* out) override { return cursor_.Next(out); }
  std::optional<size_t> Length() override { return TryLength(cursor_.iterable()); }
  size_t Materialize() override { return cursor_.Materialize(); }

 private:
  Cursor cursor_;
};

// Items that pass the `if` of a for statement; the test runs when an item is asked for.
class TestedItems final : public LoopItems {
 public:
  TestedItems(Evaluator* evaluator, const For& node, Frame* frame, Value iterable)
      : evaluator_(evaluator), node_(node), frame_(frame), cursor_(std::move(iterable)) {}

  bool Next(Value* out) override {
    if (materialized_) {
      if (position_ >= rest_.size()) return false;
      *out = rest_[position_++];
      return true;
    }
    Value item;
    while (cursor_.Next(&item)) {
      if (evaluator_->PassesTest(node_, frame_, item, out)) return true;
    }
    return false;
  }
  std::optional<size_t> Length() override { return std::nullopt; }
  size_t Materialize() override {
    List rest;
    Value item;
    while (Next(&item)) rest.push_back(item);
    rest_ = std::move(rest);
    position_ = 0;
    materialized_ = true;
    return rest_.size();
  }

 private:
  Evaluator* evaluator_;
  const For& node_;
  Frame* frame_;
  Cursor cursor_;
  bool materialized_ = false;
  List rest_;
  size_t position_ = 0;
};

}  // namespace

bool Evaluator::PassesTest(const For& node, Frame* frame, const Value& item, Value* out) {
  Frame* saved = std::exchange(frame_, frame);
  try {
    AssignTo(*node.test_target, item);
    const bool passes = EvalTruth(*node.test);
    if (passes) *out = RebuildTarget(*node.test_target);
    frame_ = saved;
    return passes;
  } catch (Error& error) {
    frame_ = saved;
    Locate(error, node.test->line, node.test->span);
    throw;
  }
}

// The filtered generator yields its own variables: several targets make a tuple.
Value Evaluator::RebuildTarget(const Expr& target) {
  if (target.kind == NodeKind::kName) return Slot(static_cast<const Name&>(target).ref);
  List items;
  for (const Expr* item : static_cast<const Tuple&>(target).items) {
    items.push_back(RebuildTarget(*item));
  }
  return Value::Tuple(std::move(items));
}

Flow Evaluator::ExecFor(const For& node) {
  Value iterable = Eval(*node.iter);
  if (!node.recursive) {
    RunLoop(node, std::move(iterable), 0);
    return Flow::kNext;
  }
  const FrameScope frame(this, *node.function, frame_);
  RunLoop(node, std::move(iterable), 0);
  return Flow::kNext;
}

void Evaluator::RunLoop(const For& node, Value iterable, int64_t depth0) {
  const bool completed = node.extended || node.test != nullptr
                             ? RunExtendedLoop(node, std::move(iterable), depth0)
                             : RunPlainLoop(node, std::move(iterable));
  LeaveScope(*node.scope, function_);
  // Jinja2 notes an iteration at the end of the body, so that a break in the first one still leads
  // to the else branch.
  if (completed || node.else_body.empty()) return;
  EnterScope(*node.else_scope);
  ExecBody(node.else_body);
  LeaveScope(*node.else_scope, function_);
}

// True when the body ran to its end at least once.
bool Evaluator::RunPlainLoop(const For& node, Value iterable) {
  Cursor cursor(std::move(iterable));
  bool completed = false;
  bool first = true;
  Value item;
  const bool single = node.target->kind == NodeKind::kName;
  Value& slot = single ? Slot(static_cast<const Name*>(node.target)->ref) : item;
  while (cursor.Next(&slot)) {
    Step();
    if (!single) AssignTo(*node.target, item);
    if (!node.scope->inits.empty()) EnterIteration(*node.scope, first);
    first = false;
    const Flow flow = ExecBody(node.body);
    if (flow == Flow::kBreak) break;
    completed = completed || flow == Flow::kNext;
  }
  return completed;
}

bool Evaluator::RunExtendedLoop(const For& node, Value iterable, int64_t depth0) {
  std::unique_ptr<LoopItems> items;
  if (node.test != nullptr) {
    EnterScope(*node.test_scope);
    items = std::make_unique<TestedItems>(this, node, frame_, std::move(iterable));
  } else {
    items = std::make_unique<PlainItems>(std::move(iterable));
  }
  auto* loop = new LoopContext(std::move(items), depth0, policy_);
  if (node.recursive) {
    loop->MakeRecursive({this, &node, code_, Ref<Frame>(frame_->parent), context_});
  }
  const Value loop_value = Value::FromObject(loop);
  struct Detach {
    LoopContext* loop;
    ~Detach() { loop->Detach(); }
  } const detach{loop};
  bool completed = false;
  bool first = true;
  Value item;
  while (loop->Next(&item)) {
    Step();
    AssignTo(*node.target, item);
    if (node.extended) Slot(node.loop_ref) = loop_value;
    EnterIteration(*node.scope, first);
    first = false;
    const Flow flow = ExecBody(node.body);
    if (flow == Flow::kBreak) break;
    completed = completed || flow == Flow::kNext;
  }
  return completed;
}

Value Evaluator::CallRecursiveLoop(const LoopRecursion& recursion, const Value& iterable,
                                   int64_t depth0) {
  const DepthScope depth(this);
  const For& node = *recursion.node;
  const size_t mark = out_.Mark();
  {
    const Activation activation(this, *recursion.code, recursion.context);
    const FrameScope scope(this, *node.function, recursion.frame.get());
    try {
      RunLoop(node, iterable, depth0);
    } catch (Error& error) {
      Locate(error, node.line, node.span);
      NoteFrame("in a recursive loop, called");
      throw;
    }
  }
  Value text = out_.Take(mark);
  const bool escape = node.escape == EscapeMode::kYes ||
                      (node.escape == EscapeMode::kVolatile && recursion.context->autoescape);
  return escape ? Value::Markup(Str(text)) : text;
}

}  // namespace scaffold::jinja
