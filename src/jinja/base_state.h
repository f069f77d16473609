// BaseState: the part of State that needs an environment but no running render.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jinja/environment.h"
#include "jinja/state.h"

namespace scaffold::jinja {

class BaseState : public State {
 public:
  explicit BaseState(Environment& environment);

  Environment& environment() override { return environment_; }
  Value GetAttr(const Value& object, std::string_view name) override;
  Value GetItem(const Value& object, const Value& key) override;
  Value GetAttrOnly(const Value& object, std::string_view name) override;
  Value CallFilter(std::string_view name, const Value& input, const Args& args) override;
  bool CallTest(std::string_view name, const Value& input, const Args& args) override;
  Value Undefined(std::string_view name) override;
  Value UndefinedHint(std::string hint) override;
  Value UndefinedItem(const Value& object, const Value& name) override;

  Value Apply(const FilterRef& filter, const Value& input, const Args& args);
  bool Apply(const TestRef& test, const Value& input, const Args& args);

 protected:
  // A value found as attribute `name` of `object`: itself, or what the sandbox makes of it.
  Value GuardAttribute(const Value& object, std::string_view name, Value value);
  std::optional<Value> FindAttribute(const Value& object, std::string_view name);

  Environment& environment_;
  Environment::Rep& rep_;
  const UndefinedPolicy policy_;
  const Sandbox sandbox_;
};

}  // namespace scaffold::jinja
