// Closures: the frames and contexts that macros of a render hold on to.
//
// A macro keeps the variables around it, and is one of them: a circle that counting never frees.
// Whoever owns a Closures cuts all its circles at once when no macro can be called any more: the
// evaluator at the end of a render, the cache for modules that imports share.

#pragma once

#include <vector>

#include "jinja/context.h"
#include "jinja/frame.h"
#include "jinja/ref.h"

namespace scaffold::jinja {

class Closures {
 public:
  Closures() = default;
  Closures(const Closures&) = delete;
  Closures& operator=(const Closures&) = delete;
  ~Closures() {
    for (const Ref<Frame>& frame : frames_) frame->Clear();
    for (const Ref<Context>& context : contexts_) context->Clear();
  }

  void Keep(Frame* frame) { frames_.emplace_back(frame); }
  // A context is kept once, by the first that asks.
  const Ref<Context>& Keep(const Ref<Context>& context) {
    if (!context->kept) contexts_.push_back(context);
    context->kept = true;
    return context;
  }

 private:
  std::vector<Ref<Frame>> frames_;
  std::vector<Ref<Context>> contexts_;
};

}  // namespace scaffold::jinja
