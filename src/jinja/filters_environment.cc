// What filters and tests ask the environment for.

#include "jinja/environment.h"
#include "jinja/filters_support.h"

namespace scaffold::jinja {

Value Policy(State& state, std::string_view name) {
  const Value value = state.environment().policy(name);
  return value.IsUndefined() ? Value() : value;
}

std::string NewlineSequence(State& state) {
  return state.environment().options().syntax.newline_sequence;
}

bool HasFilter(State& state, std::string_view name) {
  return state.environment().rep().FindFilter(name).found();
}

bool HasTest(State& state, std::string_view name) {
  return state.environment().rep().FindTest(name).found();
}

}  // namespace scaffold::jinja
