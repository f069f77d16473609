// What the parts of the evaluator share: scopes that are undone on the way out.

#pragma once

#include "jinja/evaluator.h"
#include "scaffold/error.h"

namespace scaffold::jinja {

// Runs in another template and context until the end of the C++ scope.
class Evaluator::Activation {
 public:
  Activation(Evaluator* evaluator, const TemplateCode& code, const Ref<Context>& context)
      : evaluator_(evaluator), code_(evaluator->code_), context_(evaluator->context_) {
    evaluator->code_ = &code;
    evaluator->context_ = context;
  }
  ~Activation() {
    evaluator_->code_ = code_;
    evaluator_->context_ = std::move(context_);
  }
  Activation(const Activation&) = delete;
  Activation& operator=(const Activation&) = delete;

 private:
  Evaluator* evaluator_;
  const TemplateCode* code_;
  Ref<Context> context_;
};

// Counts calls inside of calls: macros, blocks, includes, recursive loops.
class Evaluator::DepthScope {
 public:
  explicit DepthScope(Evaluator* evaluator) : evaluator_(evaluator) {
    if (evaluator->depth_ >= evaluator->max_depth_) {
      throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded")
          .WithHelp("templates, macros and loops may call each other at most " +
                    std::to_string(evaluator->max_depth_) + " levels deep");
    }
    ++evaluator->depth_;
  }
  ~DepthScope() { --evaluator_->depth_; }
  DepthScope(const DepthScope&) = delete;
  DepthScope& operator=(const DepthScope&) = delete;

 private:
  Evaluator* evaluator_;
};

// The evaluated arguments of a call, and what owns their names.
struct Evaluator::ArgumentBuffer {
  ArgumentBuffer(ValueStack* stack, size_t count) : positional(stack, count) {}

  Args args() const {
    if (!more.empty()) return {more, named};
    return {std::span<const Value>(positional.data(), positional.size()), named};
  }

  StackValues positional;
  List more;  // all positional arguments when there is a *args
  std::vector<NamedValue> named;
  List keys;  // owns the names of **kwargs
};

}  // namespace scaffold::jinja
