// Jinja: the template engine of scaffold; prints what Python's Jinja2 3.1 prints.
//
//   scaffold::jinja::Environment environment;
//   Value context(Dict{...});
//   std::string text = environment.FromString("Hello {{ name }}!").Render(context);
//
// An Environment holds the configuration and the cache of loaded templates; a Template is a cheap
// handle that must not outlive its Environment. Everything of one Environment belongs to one
// thread. Failures throw scaffold::Error with Jinja2's class, message and line, and the column
// besides.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/error.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// The delimiters and the white space rules.
struct Syntax {
  std::string block_start = "{%";
  std::string block_end = "%}";
  std::string variable_start = "{{";
  std::string variable_end = "}}";
  std::string comment_start = "{#";
  std::string comment_end = "#}";
  std::string line_statement_prefix;  // empty: no line statements
  std::string line_comment_prefix;    // empty: no line comments
  bool trim_blocks = false;
  bool lstrip_blocks = false;
  std::string newline_sequence = "\n";  // "\n", "\r\n" or "\r"
  bool keep_trailing_newline = false;
};

enum class Autoescape : uint8_t {
  kOff,
  kOn,
  kByExtension,  // Jinja2's select_autoescape(): on for .html, .htm and .xml and for strings
};

enum class Sandbox : uint8_t {
  kOff,
  kOn,         // SandboxedEnvironment
  kImmutable,  // ImmutableSandboxedEnvironment
};

// Jinja2's own extensions (jinja2.ext.*).
struct Extensions {
  bool do_statement = false;
  bool loop_controls = false;
  bool debug = false;
  bool i18n = false;
};

// What the i18n extension's gettext functions are.
enum class Translations : uint8_t {
  kNone,     // not installed: the names are looked up in the context
  kNullOld,  // null translations, old style
  kNullNew,  // null translations, new style: gettext formats its arguments itself
};

// What one render may cost; 0 means the default, which no honest template meets.
struct RenderLimits {
  uint64_t steps = 0;
  uint64_t bytes = 0;
  uint32_t depth = 0;
  uint32_t range = 0;
  uint32_t milliseconds = 0;  // of processor time
};

// The text of a template, nullopt when there is none of that name.
using Loader = std::function<std::optional<std::string>(std::string_view name)>;
// A filter, test or global written in C++. For filters and tests the first positional argument is
// the value that they are applied to.
using Function = std::function<Value(CallContext& context, const Args& args)>;

struct Options {
  Syntax syntax;
  Autoescape autoescape = Autoescape::kOff;
  UndefinedPolicy undefined = UndefinedPolicy::kDefault;
  Sandbox sandbox = Sandbox::kOff;
  bool native = false;  // NativeEnvironment: a render gives a Python value
  Extensions extensions;
  Translations translations = Translations::kNone;
  RenderLimits limits;
  Loader loader;
};

class Environment;
class TemplateCode;

class Template {
 public:
  // `context` is a dict, or None for an empty one.
  std::string Render(const Value& context) const;
  // The result of a native environment; otherwise the text as a str.
  Value RenderNative(const Value& context) const;
  // Jinja2's meta.find_undeclared_variables, sorted.
  std::vector<std::string> FindUndeclared() const;

 private:
  friend class Environment;
  Template(Environment* environment, std::shared_ptr<TemplateCode> code);

  Environment* environment_;
  std::shared_ptr<TemplateCode> code_;
};

class Expression {
 public:
  // The value of the expression; None instead of an Undefined.
  Value Evaluate(const Value& context) const;

 private:
  friend class Environment;
  Expression(Environment* environment, std::shared_ptr<TemplateCode> code);

  Environment* environment_;
  std::shared_ptr<TemplateCode> code_;
};

class Environment {
 public:
  explicit Environment(Options options = {});
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  const Options& options() const;

  // An existing name is replaced. Templates compiled before do not see the change.
  void AddFilter(std::string name, Function filter);
  void AddTest(std::string name, Function test);
  void AddGlobal(std::string_view name, Value value);
  void AddGlobal(std::string_view name, Function function);
  // Jinja2's policies ("json.dumps_kwargs", "urlize.rel", "truncate.leeway", ...). Undefined when
  // there is no such policy.
  void SetPolicy(std::string_view name, Value value);
  Value policy(std::string_view name) const;

  // Throws TemplateNotFound. Templates are compiled once and kept.
  Template GetTemplate(std::string_view name);
  // `display_name` is what errors call the text; it has no name for the template itself.
  Template FromString(std::string source, std::string display_name = "");
  Expression CompileExpression(std::string source, std::string display_name = "");
  void ClearCache();

  // The engine's own part; defined in src/jinja/environment.h.
  struct Rep;
  Rep& rep() const { return *rep_; }

 private:
  std::unique_ptr<Rep> rep_;
};

}  // namespace scaffold::jinja
