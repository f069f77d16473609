// Python's operators on Values, with Python 3.11's results and error texts.

#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// Binary operators; TypeError "unsupported operand type(s) for +: 'int' and 'str'" and friends.
Value Add(const Value& a, const Value& b);
Value Subtract(const Value& a, const Value& b);
Value Multiply(const Value& a, const Value& b);
Value TrueDivide(const Value& a, const Value& b);
Value FloorDivide(const Value& a, const Value& b);
Value Modulo(const Value& a, const Value& b);  // also printf-style formatting of str
Value Power(const Value& a, const Value& b);
Value Negate(const Value& a);
Value Positive(const Value& a);

// `==`; never fails except for a strict Undefined.
bool Equal(const Value& a, const Value& b);
// Counts the bytes or items of what is about to be looked through, though nothing is made of it,
// as steps of the template (limits.h).
void ChargeLook(const Value& operand);
enum class Comparison : uint8_t { kLess, kLessEqual, kGreater, kGreaterEqual };
// `<` and so on; TypeError "'<' not supported between instances of 'int' and 'str'".
bool Compare(Comparison op, const Value& a, const Value& b);
// `needle in haystack`.
bool Contains(const Value& haystack, const Value& needle);

// Python's hash for dict keys; TypeError "unhashable type: 'list'".
size_t Hash(const Value& value);

// len(); TypeError "object of type 'int' has no len()".
size_t Length(const Value& value);
std::optional<size_t> TryLength(const Value& value);

// iter(); TypeError "'int' object is not iterable". The iterator keeps `value` alive.
std::unique_ptr<Iterator> Iterate(const Value& value);
// Null instead of the error.
std::unique_ptr<Iterator> TryIterate(const Value& value);
// list(value).
List ToList(const Value& value);
// A one-shot Python generator around `iterator`, printed as "<generator object NAME at 0x...>".
Value MakeGenerator(std::string_view name, std::unique_ptr<Iterator> iterator);

// value[key] as Python does it (no attribute fallback, no Undefined): KeyError, IndexError,
// TypeError. `key` may be a slice made by MakeSlice.
Value Subscript(const Value& value, const Value& key);
// The same, nullopt where Python raises LookupError, TypeError or AttributeError.
std::optional<Value> TrySubscript(const Value& value, const Value& key);
Value MakeSlice(const Value& start, const Value& stop, const Value& step);
bool IsSlice(const Value& value);

// getattr(value, name): data attributes (x.year, x.real, x.__class__) and bound methods of the
// built-in types; nullopt = AttributeError. Objects are asked themselves.
std::optional<Value> GetAttribute(const Value& value, std::string_view name);
// value.name(args) without making a bound method first; nullopt = no such attribute.
std::optional<Value> CallMethod(CallContext& context, const Value& value, std::string_view name,
                                const Args& args);
// Whether the value can be called at all.
bool IsCallable(const Value& value);

// Undefined values. MakeUndefined(policy, name) is a missing variable; with `object` a missing
// attribute or item of it.
Value MakeUndefined(UndefinedPolicy policy, std::string_view name);
Value MakeUndefinedItem(UndefinedPolicy policy, const Value& object, const Value& name);
Value MakeUndefinedHint(UndefinedPolicy policy, std::string hint);
// Jinja2's text: "'x' is undefined", "'dict object' has no attribute 'y'", ...
std::string UndefinedMessage(const Value& undefined);
// Whether attributes and items of it are itself. REQUIRES: undefined.IsUndefined().
bool IsChainable(const Value& undefined);
// Throws the UndefinedError of `undefined`.
[[noreturn]] void ThrowUndefined(const Value& undefined);

// What the inline forms below leave over.
namespace slow {
Value Add(const Value& a, const Value& b);
Value Subtract(const Value& a, const Value& b);
Value Multiply(const Value& a, const Value& b);
bool Equal(const Value& a, const Value& b);
bool Compare(Comparison op, const Value& a, const Value& b);
}  // namespace slow

inline Value Add(const Value& a, const Value& b) {
  int64_t sum = 0;
  if (a.IsInt() && b.IsInt() && !__builtin_add_overflow(a.AsInt(), b.AsInt(), &sum)) {
    return Value(sum);
  }
  return slow::Add(a, b);
}

inline Value Subtract(const Value& a, const Value& b) {
  int64_t difference = 0;
  if (a.IsInt() && b.IsInt() && !__builtin_sub_overflow(a.AsInt(), b.AsInt(), &difference)) {
    return Value(difference);
  }
  return slow::Subtract(a, b);
}

inline Value Multiply(const Value& a, const Value& b) {
  int64_t product = 0;
  if (a.IsInt() && b.IsInt() && !__builtin_mul_overflow(a.AsInt(), b.AsInt(), &product)) {
    return Value(product);
  }
  return slow::Multiply(a, b);
}

inline bool Equal(const Value& a, const Value& b) {
  if (a.IsInt() && b.IsInt()) return a.AsInt() == b.AsInt();
  if (a.kind() == Kind::kString && b.kind() == Kind::kString) return a.AsString() == b.AsString();
  return slow::Equal(a, b);
}

inline bool Compare(Comparison op, const Value& a, const Value& b) {
  if (!a.IsInt() || !b.IsInt()) return slow::Compare(op, a, b);
  switch (op) {
    case Comparison::kLess:
      return a.AsInt() < b.AsInt();
    case Comparison::kLessEqual:
      return a.AsInt() <= b.AsInt();
    case Comparison::kGreater:
      return a.AsInt() > b.AsInt();
    case Comparison::kGreaterEqual:
      return a.AsInt() >= b.AsInt();
  }
  return false;
}

}  // namespace scaffold
