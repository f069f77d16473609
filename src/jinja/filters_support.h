// What several filter families share: Python's small conversions and attribute look-up by path.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jinja/filters.h"
#include "jinja/identifier.h"
#include "jinja/state.h"
#include "scaffold/value.h"
#include "value/json.h"
#include "value/methods.h"

namespace scaffold::jinja {

// markupsafe.soft_str: text stays as it is (Markup too), everything else becomes str(value).
Value SoftStr(const Value& value);
// str(value): plain text, also of Markup.
Value PlainStr(const Value& value);
// The bytes of soft_str(value).
std::string TextOf(const Value& value);
// Text with the kind (str or Markup) of `like`.
Value TextLike(const Value& like, std::string text);

UndefinedPolicy UndefinedPolicyOf(const Value& undefined);
// Whether Python's value has an __html__ method: Markup and chainable Undefined.
bool HasHtml(const Value& value);

// value.name(arguments) with Python's AttributeError when there is no such method.
Value CallPython(State& state, const Value& value, std::string_view name,
                 std::span<const Value> positional = {});

// A method of texts that is looked up once; make it static.
class TextMethod {
 public:
  explicit TextMethod(std::string_view name);
  // CallPython with this method; other values than texts are looked up as they come.
  Value operator()(State& state, const Value& value, std::span<const Value> positional = {}) const;

 private:
  std::string_view name_;
  MethodFunction of_str_, of_markup_;
};

// A policy of the environment ("truncate.leeway"); None when there is none of that name.
Value Policy(State& state, std::string_view name);
// The environment's newline_sequence.
std::string NewlineSequence(State& state);

bool HasFilter(State& state, std::string_view name);
bool HasTest(State& state, std::string_view name);

// What \w matches in Python's re.
bool IsReWord(char32_t c);

// operator.index as a C size: TypeError "'str' object cannot be interpreted as an integer",
// OverflowError for what does not fit.
int64_t ToIndex(const Value& value);

// Python's int(), float() and round() on values; they throw what Python throws.
Value ToPythonInt(const Value& value);
Value ParsePythonInt(const Value& text, const Value& base);
double ToPythonFloat(const Value& value);
Value RoundPython(const Value& value, const Value& digits);

// Raises what calling a C function of Python with other than `expected` positional arguments gives:
// "abs() takes exactly one argument (2 given)". `extra` are the arguments after the filtered value.
void CheckSingleArgument(std::string_view function, const BoundArgs& args, size_t varargs_index);

// Jinja2's make_attrgetter: 'a.b.0' as a path of items and attributes; None is the value itself.
class AttributeGetter {
 public:
  AttributeGetter() = default;
  explicit AttributeGetter(const Value* attribute, const Value* fallback = nullptr);

  // `fold_case` lower-cases a text result (Jinja2's ignore_case).
  Value Get(State& state, const Value& item, bool fold_case) const;

 private:
  std::vector<Value> parts_;
  Value fallback_;
};

// The several getters of 'a,b' (make_multi_attrgetter).
std::vector<AttributeGetter> MakeAttributeGetters(const Value* attribute);

// Arguments that outlive the call, for generators.
struct KeptArgs {
  explicit KeptArgs(const BoundArgs& args);
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
  std::vector<NamedValue> Named() const;
};

// A generator made of a function that gives the next item or false at the end. The state is the one
// of the render that asks for the item.
using LazyFunction = std::function<bool(State& state, Value* out)>;
Value MakeLazy(std::string_view name, LazyFunction next);

// json.dumps's keyword arguments.
JsonFormat MakeJsonFormat(const Dict& options);

// True unless the argument is absent or false; None when absent means `fallback`.
bool Flag(const BoundArgs& args, size_t index, bool fallback);

}  // namespace scaffold::jinja
