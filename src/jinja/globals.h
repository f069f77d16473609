// The globals of every environment: range, dict, lipsum, cycler, joiner, namespace.

#pragma once

#include <string>
#include <string_view>

#include "scaffold/jinja.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

void AddDefaultGlobals(Dict* globals, Sandbox sandbox);

// What namespace() makes; only `set ns.name = ...` changes it.
class Namespace final : public Object {
 public:
  explicit Namespace(Dict attributes) : attributes_(std::move(attributes)) {}

  std::string_view TypeName() const override { return "Namespace"; }
  std::string_view ModuleName() const override { return "jinja2.utils"; }
  std::string Repr() const override;
  std::optional<Value> GetAttr(std::string_view name) override;

  void Set(std::string_view name, Value value) { attributes_.Set(name, std::move(value)); }

 private:
  Dict attributes_;
};

}  // namespace scaffold::jinja
