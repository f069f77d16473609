// What a filter or test node calls: a table row or a function added to the environment.

#pragma once

#include "jinja/filters.h"
#include "scaffold/jinja.h"

namespace scaffold::jinja {

struct FilterRef {
  FilterFunction function = nullptr;
  const Signature* signature = nullptr;  // of `function`
  const Function* custom = nullptr;

  bool found() const { return function != nullptr || custom != nullptr; }
};

struct TestRef {
  TestFunction function = nullptr;
  const Signature* signature = nullptr;
  const Function* custom = nullptr;

  bool found() const { return function != nullptr || custom != nullptr; }
};

}  // namespace scaffold::jinja
