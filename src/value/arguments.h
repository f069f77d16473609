// Arguments of the methods that CPython writes in C: how many, of which type, with its error texts.
//
// Signature is for functions written in Python, whose texts differ.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// "str" for Markup too, "int" for bool: the type whose method it is.
std::string_view MethodOwner(const Value& self);

// "str.upper() takes no arguments (1 given)".
void CheckNoArguments(const Value& self, std::string_view name, const Args& args);
// The same for a method that the type inherits from `owner`.
void CheckNoInheritedArguments(std::string_view owner, std::string_view name, const Args& args);
// "str.join() takes exactly one argument (0 given)".
const Value& OneArgument(const Value& self, std::string_view name, const Args& args);
// "center expected at least 1 argument, got 0"; no keywords.
void CheckCount(const Value& self, std::string_view name, const Args& args, size_t least,
                size_t most);
// "find() takes at least 1 argument (0 given)"; no keywords.
void CheckParsedCount(const Value& self, std::string_view name, const Args& args, size_t least,
                      size_t most);
// "str.find() takes no keyword arguments".
void CheckNoKeywords(const Value& self, std::string_view name, const Args& args);

// Positional or keyword arguments: "'x' is an invalid keyword argument for split()". All optional.
class KeywordArguments {
 public:
  // `keyword_only` parameters at the end of `names` take no position.
  KeywordArguments(std::string_view method, std::initializer_list<std::string_view> names,
                   const Args& args, size_t keyword_only = 0);
  // Null when the argument was not given.
  const Value* operator[](size_t index) const { return slots_[index]; }

 private:
  const Value* slots_[9] = {};
};

// operator.index: "'str' object cannot be interpreted as an integer".
int64_t IndexArgument(const Value& value);
// The same for what C takes as an int (flags and small sizes).
int64_t IntArgument(const Value& value);
// A bound of a slice: clamped, None gives `fallback`.
int64_t BoundArgument(const Value& value, int64_t fallback);
// list.index and tuple.index take no None there.
int64_t StrictBoundArgument(const Value& value);
// "replace() argument 1 must be str, not int"; `label` is "argument 1", "argument", ...
const std::string& TextArgument(const Value& value, std::string_view method,
                                std::string_view label);

// `value` in the position of the first index that is not before it, in a sequence of `length`.
size_t ClampIndex(int64_t index, size_t length);

}  // namespace scaffold
