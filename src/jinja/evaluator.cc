#include "jinja/evaluator.h"

#include "jinja/evaluator_scopes.h"
#include "support/text.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

constexpr uint32_t kFuelChunk = 1024;  // steps between two looks at the limits
constexpr uint32_t kDefaultDepth = 240;

}  // namespace

Evaluator::Evaluator(Environment& environment)
    : BaseState(environment),
      out_(rep_.options.native),
      closures_(&own_closures_),
      fuel_(kFuelChunk),
      max_depth_(rep_.options.limits.depth == 0 ? kDefaultDepth : rep_.options.limits.depth) {}

std::string Evaluator::Render(TemplateCode& code, const Value& variables) {
  if (!out_.native()) out_.text().reserve(code.source().text().size() * 5 / 4);
  RunRoot(code, RootContext(code, variables));
  ChargeBytes(out_.native() ? 0 : out_.text().size() - charged_output_);
  return out_.native() ? out_.TakeText(0) : std::move(out_.text());
}

Value Evaluator::RenderNative(TemplateCode& code, const Value& variables) {
  RunRoot(code, RootContext(code, variables));
  return out_.Take(0);
}

Value Evaluator::EvaluateExpression(TemplateCode& code, const Value& variables) {
  const Activation activation(this, code, RootContext(code, variables));
  const FrameScope frame(this, *code.function, nullptr);
  EnterScope(*code.scope);
  try {
    Value result = Eval(*code.expression);
    return result.IsUndefined() ? Value() : result;
  } catch (Error& error) {
    Locate(error, code.expression->line, code.expression->span);
    throw;
  }
}

Value Evaluator::Resolve(std::string_view name) {
  const Value* found = context_ ? context_->Find(name) : nullptr;
  return found != nullptr ? *found : Undefined(name);
}

// --- Templates and blocks ------------------------------------------------------------------------

Ref<Context> Evaluator::NewContext(const TemplateCode& code, Ref<Layer> layers) {
  Ref<Context> context(new Context(std::move(layers), &rep_.globals, policy_));
  context->autoescape = rep_.AutoescapeFor(code.name());
  for (const Block* block : code.blocks) context->AddBlock(block);
  return context;
}

Ref<Context> Evaluator::RootContext(const TemplateCode& code, const Value& variables) {
  Ref<Layer> layers;
  if (variables.IsDict()) layers = Ref<Layer>(new Layer(variables, Ref<Layer>()));
  return NewContext(code, std::move(layers));
}

void Evaluator::RunRoot(const TemplateCode& code, const Ref<Context>& context) {
  const DepthScope depth(this);
  const TemplateCode* saved_parent = std::exchange(parent_template_, nullptr);
  {
    const Activation activation(this, code, context);
    const FrameScope frame(this, *code.function, nullptr);
    if (code.uses_self) {
      Slot(code.self_ref) = MakeObject<TemplateReference>(closures_->Keep(context), code.name());
    }
    EnterScope(*code.scope);
    ExecBody(code.body);
  }
  const TemplateCode* parent = std::exchange(parent_template_, saved_parent);
  if (parent != nullptr) RunRoot(*parent, context);
}

void Evaluator::RunBlock(const Block& block, const Ref<Context>& context) {
  const DepthScope depth(this);
  const Activation activation(this, *block.owner, context);
  const FrameScope frame(this, *block.function, nullptr);
  if (block.uses_self) {
    Slot(block.self_ref) =
        MakeObject<TemplateReference>(closures_->Keep(context), block.owner->name());
  }
  if (block.uses_super) {
    const std::vector<const Block*>& stack = context->FindBlocks(block.name)->blocks;
    size_t depth_here = 0;
    while (depth_here < stack.size() && stack[depth_here] != &block) ++depth_here;
    Slot(block.super_ref) =
        depth_here + 1 < stack.size()
            ? MakeObject<BlockReference>(block.name, closures_->Keep(context), depth_here + 1)
            : NoParentBlock(policy_, block.name);
  }
  EnterScope(*block.code_scope);
  try {
    ExecBody(block.body);
  } catch (Error&) {
    NoteFrame("in block '" + std::string(block.name) + "', called");
    throw;
  }
}

Value Evaluator::CallBlockReference(std::string_view name, const Ref<Context>& context,
                                    size_t depth) {
  const size_t mark = out_.Mark();
  RunBlock(*context->FindBlocks(name)->blocks[depth], context);
  Value text = out_.Take(mark);
  return context->autoescape ? Value::Markup(Str(text)) : text;
}

Value Evaluator::MakeModule(const TemplateCode& code, const Ref<Context>& context) {
  const size_t mark = out_.Mark();
  try {
    RunRoot(code, context);
  } catch (Error&) {
    NoteFrame("imported");
    throw;
  }
  std::string body = out_.TakeText(mark);
  return MakeObject<TemplateModule>(code.shared_from_this(), context->Exported(), std::move(body));
}

const Value& Evaluator::DefaultModule(CachedTemplate& cached) {
  if (cached.module.IsNone()) {
    Closures* saved = std::exchange(closures_, &cached.closures);
    const std::shared_ptr<TemplateCode> code = cached.code;
    try {
      cached.module = MakeModule(*code, NewContext(*code, Ref<Layer>()));
    } catch (Error&) {
      closures_ = saved;
      throw;
    }
    closures_ = saved;
  }
  return cached.module;
}

// --- Frames and scopes ---------------------------------------------------------------------------

FrameScope::FrameScope(Evaluator* evaluator, const FunctionCode& function, Frame* parent)
    : evaluator_(evaluator),
      saved_frame_(evaluator->frame_),
      saved_function_(evaluator->function_),
      frame_(&local_) {
  if (function.captured) {
    frame_ = Frame::New(function.slot_count, parent);
    evaluator->closures_->Keep(frame_);
  } else {
    local_.slots = evaluator->stack_.Allocate(function.slot_count);
    local_.count = function.slot_count;
    local_.parent = parent;
    for (uint32_t i = 0; i < local_.count; ++i) new (local_.slots + i) Value(MissingValue());
  }
  evaluator->frame_ = frame_;
  evaluator->function_ = &function;
}

FrameScope::~FrameScope() {
  evaluator_->frame_ = saved_frame_;
  evaluator_->function_ = saved_function_;
  if (frame_ != &local_) return;
  for (uint32_t i = local_.count; i-- > 0;) local_.slots[i].~Value();
  evaluator_->stack_.Release(local_.slots);
}

void Evaluator::InitSlot(const SlotInit& init) {
  switch (init.action) {
    case SlotInit::Action::kResolve: {
      const Value* found = context_->Find(init.symbol->name, init.symbol->hash);
      Slot(init.target) = found != nullptr ? *found : MissingValue();
      return;
    }
    case SlotInit::Action::kAlias:
      Slot(init.target) = Value(Slot(init.source));
      return;
    case SlotInit::Action::kMissing:
      Slot(init.target) = MissingValue();
      return;
  }
}

void Evaluator::EnterScope(const ScopeCode& scope) {
  for (const SlotInit& init : scope.inits) InitSlot(init);
}

void Evaluator::EnterIteration(const ScopeCode& scope, bool first) {
  for (const SlotInit& init : scope.inits) {
    if (first || init.every_iteration) InitSlot(init);
  }
}

// Only closures can see that the variables of a scope are gone.
void Evaluator::LeaveScope(const ScopeCode& scope, const FunctionCode* function) {
  if (!function->captured) return;
  for (uint32_t slot : scope.leave) frame_->slots[slot] = MissingValue();
}

// --- Errors and limits ---------------------------------------------------------------------------

// Called by each statement that an error passes: the first one gives the place.
void Evaluator::Locate(Error& error, uint32_t line, Span span) {
  if (!error.has_location()) {
    error.At(code_->Locate(line, failed_ != nullptr ? failed_->span : span));
    Suggest(error);
  } else if (!pending_note_.empty()) {
    const SourceLocation place = code_->Locate(line, span);
    error.AddNote(pending_note_ + " at " + (place.file.empty() ? "line " : place.file + ":") +
                  std::to_string(place.line));
  }
  failed_ = nullptr;
  pending_note_.clear();
}

// "did you mean", for a variable that nobody set.
void Evaluator::Suggest(Error& error) const {
  constexpr std::string_view kEnd = "' is undefined";
  const std::string_view message = error.message();
  if (error.kind() != ErrorKind::kUndefined || !error.help().empty() || !context_ ||
      !message.starts_with("'") || !message.ends_with(kEnd)) {
    return;
  }
  const std::string_view name = message.substr(1, message.size() - kEnd.size() - 1);
  const Dict known = context_->GetAll();
  std::vector<std::string_view> names;
  for (const Dict::Entry& entry : known) {
    if (entry.key.IsString()) names.push_back(entry.key.AsString());
  }
  const std::string_view close = ClosestMatch(name, names);
  if (!close.empty()) error.WithHelp("did you mean '" + std::string(close) + "'?");
}

void Evaluator::NoteFrame(std::string note) { pending_note_ = std::move(note); }

void Evaluator::Refuel() {
  fuel_ = kFuelChunk;
  ChargeSteps(kFuelChunk);
  if (out_.native()) return;
  const size_t size = out_.text().size();
  if (size > charged_output_) {
    ChargeBytes(size - charged_output_);
    charged_output_ = size;
  }
}

}  // namespace scaffold::jinja
