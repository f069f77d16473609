// The evaluator's statements that reach other templates, and those that define macros.

#include "jinja/evaluator.h"
#include "jinja/evaluator_scopes.h"
#include "jinja/symbols.h"
#include "value/operators.h"

namespace scaffold::jinja {

Dict Evaluator::Locals(std::span<const StoredName> names) {
  Dict locals;
  for (const StoredName& name : names) {
    const Value& value = Slot(name.ref);
    if (!IsMissing(value) && !locals.Has(name.symbol->name)) locals.Set(name.symbol->name, value);
  }
  return locals;
}

// --- Inheritance ---------------------------------------------------------------------------------

void Evaluator::ExecExtends(const Extends& node) {
  if (node.second || (node.check && parent_template_ != nullptr)) {
    throw Error(ErrorKind::kTemplateRuntime, "extended multiple times");
  }
  const CachedTemplate& parent = GetTemplate(Eval(*node.template_name));
  for (const Block* block : parent.code->blocks) context_->AddBlock(block);
  parent_template_ = parent.code.get();
}

void Evaluator::ExecBlock(const Block& node) {
  if (node.check != OutputCheck::kAlways &&
      (node.check == OutputCheck::kNever || parent_template_ != nullptr)) {
    return;
  }
  BlockStack* stack = context_->FindBlocks(node.name);
  if (node.required && stack->blocks.size() <= 1) {
    throw Error(ErrorKind::kTemplateRuntime,
                "Required block " + Repr(Value(node.name)) + " not found");
  }
  if (!node.scoped) {
    RunBlock(*stack->blocks[0], context_);
    return;
  }
  Ref<Context> context(
      new Context(context_->Derive(Locals(node.locals)), context_->globals(), policy_));
  context->autoescape = context_->autoescape;
  context->blocks() = context_->blocks();
  RunBlock(*stack->blocks[0], context);
}

// --- Include and import --------------------------------------------------------------------------

CachedTemplate& Evaluator::GetTemplate(const Value& name) {
  if (name.IsUndefined()) ThrowUndefined(name);
  if (!name.IsString()) Hash(name);  // unhashable names are a TypeError in Jinja2's cache
  return rep_.Load(name.IsString() ? name.AsString() : Str(name));
}

CachedTemplate& Evaluator::SelectTemplate(const Value& names) {
  if (names.IsUndefined()) ThrowUndefined(names);
  if (!Truth(names)) {
    throw Error(ErrorKind::kTemplatesNotFound, "Tried to select from an empty list of templates.");
  }
  std::string tried;
  for (const Value& name : ToList(names)) {
    try {
      return GetTemplate(name);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kTemplateNotFound && error.kind() != ErrorKind::kUndefined) {
        throw;
      }
    }
    if (!tried.empty()) tried += ", ";
    tried += name.IsUndefined() ? UndefinedMessage(name) : Str(name);
  }
  throw Error(ErrorKind::kTemplatesNotFound, "none of the templates given were found: " + tried);
}

// Null when the template is missing and may be.
CachedTemplate* Evaluator::FindIncluded(const Include& node) {
  try {
    const Value name = Eval(*node.template_name);
    const bool single =
        node.include_kind == IncludeKind::kGet ||
        (node.include_kind == IncludeKind::kEither && (name.IsString() || name.IsUndefined()));
    return single ? &GetTemplate(name) : &SelectTemplate(name);
  } catch (const Error& error) {
    if (!node.ignore_missing || (error.kind() != ErrorKind::kTemplateNotFound &&
                                 error.kind() != ErrorKind::kTemplatesNotFound)) {
      throw;
    }
    failed_ = nullptr;
    pending_note_.clear();
    return nullptr;
  }
}

void Evaluator::ExecInclude(const Include& node) {
  CachedTemplate* found = FindIncluded(node);
  if (found == nullptr) return;
  if (!node.with_context) {
    const Value& module = DefaultModule(*found);
    out_.Append(static_cast<TemplateModule*>(module.AsObject())->body());
    return;
  }
  const std::shared_ptr<TemplateCode> code = found->code;
  try {
    RunRoot(*code, NewContext(*code, context_->Derive(Locals(node.locals))));
  } catch (Error&) {
    NoteFrame("included");
    throw;
  }
}

Value Evaluator::ImportModule(const Expr& name, bool with_context,
                              std::span<const StoredName> locals) {
  CachedTemplate& cached = GetTemplate(Eval(name));
  if (!with_context) return DefaultModule(cached);
  const std::shared_ptr<TemplateCode> code = cached.code;
  return MakeModule(*code, NewContext(*code, context_->Derive(Locals(locals))));
}

void Evaluator::ExecImport(const Import& node) {
  Value& slot = Slot(node.target->ref);
  slot = ImportModule(*node.template_name, node.with_context, node.locals);
  if (node.toplevel) context_->Set(*node.target->symbol->key, slot, Context::Export::kNo);
}

void Evaluator::ExecFromImport(const FromImport& node) {
  const Value module = ImportModule(*node.template_name, node.with_context, node.locals);
  for (const ImportedName& name : node.names) {
    Value& slot = Slot(name.target->ref);
    if (std::optional<Value> found = GetAttribute(module, name.name)) {
      slot = std::move(*found);
    } else {
      std::string position = "line " + std::to_string(code_->source().LineOf(node.line));
      if (code_->name()) position += " in " + Repr(Value(*code_->name()));
      slot = UndefinedHint("the template " + Repr(*GetAttribute(module, "__name__")) +
                           " (imported on " + position + ") does not export the requested name " +
                           Repr(Value(name.name)));
    }
    if (node.toplevel) context_->Set(*name.target->symbol->key, slot, Context::Export::kNo);
  }
}

// --- Macros --------------------------------------------------------------------------------------

Value Evaluator::MakeMacro(const MacroBody& body) {
  return MakeObject<MacroObject>(&body, code_->shared_from_this(), closures_->Keep(context_),
                                 Ref<Frame>(frame_), context_->autoescape);
}

void Evaluator::ExecMacro(const Macro& node) {
  Value& slot = Slot(node.name->ref);
  slot = MakeMacro(node.macro);
  if (node.toplevel) context_->Set(*node.name->symbol->key, slot, Context::Export::kYes);
}

void Evaluator::ExecCallBlock(const CallBlock& node) {
  const Value caller = MakeMacro(node.macro);
  EmitRaw(EvalCall(*node.call, &caller));
}

}  // namespace scaffold::jinja
