// State: what a filter, test, global or macro may ask of the running render.
//
// The evaluator derives from it. Filters see no more of the engine than this.

#pragma once

#include <string_view>

#include "scaffold/value.h"

namespace scaffold::jinja {

class Environment;

class State : public CallContext {
 public:
  State() : outer_(current_) { current_ = this; }
  ~State() override { current_ = outer_; }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // The innermost one of this thread, null outside of a render. A generator that a filter made asks
  // it while it runs: it may live on in the module of an imported template.
  static State* Current() { return current_; }

  virtual Environment& environment() = 0;
  // Autoescape as it stands at this point of the template.
  virtual bool autoescape() const = 0;
  // obj.name and obj[key] with Jinja2's fallbacks, the sandbox rules and Undefined for what is
  // absent.
  virtual Value GetAttr(const Value& object, std::string_view name) = 0;
  virtual Value GetItem(const Value& object, const Value& key) = 0;
  // Attribute only, as the `attr` filter wants it.
  virtual Value GetAttrOnly(const Value& object, std::string_view name) = 0;
  Value Call(const Value& callable, const Args& args) override = 0;
  // env.call_filter / env.call_test; unknown names throw TemplateRuntimeError as Jinja2 does.
  virtual Value CallFilter(std::string_view name, const Value& input, const Args& args) = 0;
  virtual bool CallTest(std::string_view name, const Value& input, const Args& args) = 0;
  // Undefined values of the environment's policy.
  virtual Value Undefined(std::string_view name) = 0;
  virtual Value UndefinedHint(std::string hint) = 0;
  virtual Value UndefinedItem(const Value& object, const Value& name) = 0;
  // Looks a variable up in the current context (context.resolve), Undefined when absent.
  virtual Value Resolve(std::string_view name) = 0;

 private:
  inline static thread_local State* current_ = nullptr;
  State* outer_;
};

}  // namespace scaffold::jinja
