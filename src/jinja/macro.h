// Objects that templates call or read attributes of: macros, blocks, modules.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "jinja/context.h"
#include "jinja/frame.h"
#include "jinja/nodes.h"
#include "jinja/template_code.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// The Undefined that `super` is in a block without a parent.
Value NoParentBlock(UndefinedPolicy policy, std::string_view name);

// A macro, or the caller of a call block, together with the place where it was defined.
class MacroObject final : public Object {
 public:
  MacroObject(const MacroBody* body, std::shared_ptr<const TemplateCode> code, Ref<Context> context,
              Ref<Frame> frame, bool default_autoescape)
      : body_(body),
        code_(std::move(code)),
        context_(std::move(context)),
        frame_(std::move(frame)),
        default_autoescape_(default_autoescape) {}

  std::string_view TypeName() const override { return "Macro"; }
  std::string_view ModuleName() const override { return "jinja2.runtime"; }
  std::string Repr() const override;
  bool IsCallable() const override { return true; }
  std::optional<Value> GetAttr(std::string_view name) override;
  Value Call(CallContext& context, const Args& args) override;

  const MacroBody& body() const { return *body_; }
  const TemplateCode& code() const { return *code_; }
  Context* context() const { return context_.get(); }
  Frame* frame() const { return frame_.get(); }
  bool default_autoescape() const { return default_autoescape_; }

 private:
  const MacroBody* body_;
  std::shared_ptr<const TemplateCode> code_;
  Ref<Context> context_;
  Ref<Frame> frame_;
  bool default_autoescape_;
};

// `super` in a block and `self.NAME`: a block as a callable.
class BlockReference final : public Object {
 public:
  BlockReference(std::string_view name, Ref<Context> context, size_t depth)
      : name_(name), context_(std::move(context)), depth_(depth) {}

  std::string_view TypeName() const override { return "BlockReference"; }
  std::string_view ModuleName() const override { return "jinja2.runtime"; }
  bool IsCallable() const override { return true; }
  std::optional<Value> GetAttr(std::string_view name) override;
  Value Call(CallContext& context, const Args& args) override;

 private:
  std::string name_;
  Ref<Context> context_;
  size_t depth_;
};

// `self`.
class TemplateReference final : public Object {
 public:
  TemplateReference(Ref<Context> context, std::optional<std::string> template_name)
      : context_(std::move(context)), template_name_(std::move(template_name)) {}

  std::string_view TypeName() const override { return "TemplateReference"; }
  std::string_view ModuleName() const override { return "jinja2.runtime"; }
  std::string Repr() const override;
  bool IsSubscriptable() const override { return true; }
  std::optional<Value> GetItem(const Value& key) override;

 private:
  Ref<Context> context_;
  std::optional<std::string> template_name_;
};

// What `import` gives: the variables that a template exports, and its text.
class TemplateModule final : public Object {
 public:
  TemplateModule(std::shared_ptr<const TemplateCode> code, Dict exported, std::string body)
      : code_(std::move(code)), exported_(std::move(exported)), body_(std::move(body)) {}

  std::string_view TypeName() const override { return "TemplateModule"; }
  std::string_view ModuleName() const override { return "jinja2.environment"; }
  std::string Repr() const override;
  std::string Str() const override { return body_; }
  bool HasHtml() const override { return true; }
  std::optional<Value> GetAttr(std::string_view name) override;

  const std::string& body() const { return body_; }
  const Dict& exported() const { return exported_; }

 private:
  std::shared_ptr<const TemplateCode> code_;
  Dict exported_;
  std::string body_;
};

}  // namespace scaffold::jinja
