#include "jinja/macro.h"

#include "jinja/evaluator.h"
#include "scaffold/error.h"
#include "value/operators.h"

namespace scaffold::jinja {

Value NoParentBlock(UndefinedPolicy policy, std::string_view name) {
  return MakeUndefinedHint(policy, "there is no parent block called " + Repr(Value(name)) + ".");
}

std::string MacroObject::Repr() const {
  return body_->anonymous ? "<Macro anonymous>"
                          : "<Macro " + scaffold::Repr(Value(body_->name)) + ">";
}

std::optional<Value> MacroObject::GetAttr(std::string_view name) {
  if (name == "name") return body_->anonymous ? Value() : Value(body_->name);
  if (name == "arguments") return *body_->names;
  if (name == "catch_kwargs") return Value(body_->accesses_kwargs);
  if (name == "catch_varargs") return Value(body_->accesses_varargs);
  if (name == "caller") return Value(body_->accesses_caller);
  if (name == "explicit_caller") return Value(body_->explicit_caller);
  return std::nullopt;
}

Value MacroObject::Call(CallContext& context, const Args& args) {
  return static_cast<Evaluator&>(context).CallMacro(*this, args, default_autoescape_);
}

std::optional<Value> BlockReference::GetAttr(std::string_view name) {
  if (name == "name") return Value(name_);
  if (name != "super") return std::nullopt;
  if (depth_ + 1 >= context_->FindBlocks(name_)->blocks.size()) {
    return NoParentBlock(context_->policy, name_);
  }
  return MakeObject<BlockReference>(name_, context_, depth_ + 1);
}

Value BlockReference::Call(CallContext& context, const Args&) {
  return static_cast<Evaluator&>(context).CallBlockReference(name_, context_, depth_);
}

std::string TemplateReference::Repr() const {
  return "<TemplateReference " + scaffold::Repr(template_name_ ? Value(*template_name_) : Value()) +
         ">";
}

std::optional<Value> TemplateReference::GetItem(const Value& key) {
  if (!key.IsString() || context_->FindBlocks(key.AsString()) == nullptr) return std::nullopt;
  return MakeObject<BlockReference>(key.AsString(), context_, size_t{0});
}

std::string TemplateModule::Repr() const {
  return "<TemplateModule " +
         scaffold::Repr(code_->name() ? Value(*code_->name()) : Value("memory")) + ">";
}

std::optional<Value> TemplateModule::GetAttr(std::string_view name) {
  if (const Value* found = exported_.Find(name)) return *found;
  if (name == "__name__") return code_->name() ? Value(*code_->name()) : Value();
  return std::nullopt;
}

}  // namespace scaffold::jinja
