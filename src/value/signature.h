// Signature: binds call arguments to named parameters with Python's own error texts.
//
// Written as Python source: `do_indent(s, width=4, first=False, blank=False)`, `f(a, *args,
// **kwargs)`, keyword-only parameters after `*`. A default is not evaluated: an absent argument is
// "not given".
// A parameter with an @ before it, as in `do_replace(@eval_ctx, s, old, new)`, counts in the texts
// of errors but takes no slot: the engine passes it in Jinja2. Parameters before `/` take no
// keywords.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

class BoundArgs {
 public:
  // REQUIRES: index < number of parameters. Null when the argument was not given.
  const Value* operator[](size_t index) const { return slots_[index]; }
  bool Has(size_t index) const { return slots_[index] != nullptr; }
  // The argument, or the fallback when it was not given.
  Value Or(size_t index, Value fallback) const {
    if (slots_[index] == nullptr) return fallback;
    return *slots_[index];
  }
  // The same for a text, which costs nothing when the argument was given.
  Value Or(size_t index, const char* fallback) const {
    return slots_[index] == nullptr ? Value(fallback) : *slots_[index];
  }
  std::span<const Value> varargs() const { return varargs_; }        // of *args
  const std::vector<NamedValue>& kwargs() const { return kwargs_; }  // of **kwargs

 private:
  friend class Signature;
  static constexpr size_t kMax = 16;
  const Value* slots_[kMax];  // of the parameters that there are; the others are never read
  std::span<const Value> varargs_;
  std::vector<NamedValue> kwargs_;
};

class Signature {
 public:
  // REQUIRES: well-formed; views into `spec`, which must outlive it (use string literals).
  explicit Signature(std::string_view spec);

  std::string_view name() const { return name_; }
  // TypeError: "do_indent() got an unexpected keyword argument 'x'", "... takes from 1 to 4
  // positional arguments but 5 were given", "... missing 1 required positional argument: 's'".
  // `first` (the filtered value or self) counts as the first positional argument when not null.
  BoundArgs Bind(const Value* first, const Args& args) const;

 private:
  struct Parameter {
    std::string_view name;
    bool required = true;
    bool keyword_only = false;
  };

  void BindNamed(const Args& args, BoundArgs* bound) const;
  void CheckRequired(const BoundArgs& bound) const;
  [[noreturn]] void ThrowTooMany(size_t given) const;

  std::string_view name_;
  std::vector<Parameter> parameters_;
  size_t hidden_ = 0;           // leading @parameters
  size_t positional_only_ = 0;  // parameters before a /
  size_t first_optional_ = 0;   // behind the last required parameter
  bool varargs_ = false;
  bool kwargs_ = false;
};

}  // namespace scaffold
