#include "cli/json_case.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "extensions/registry.h"
#include "scaffold/error.h"
#include "scaffold/jinja.h"
#include "scaffold/value.h"
#include "value/json.h"
#include "value/operators.h"

namespace scaffold::cli {
namespace {

// --- Tagged values -------------------------------------------------------------------------------

// A case may be anything that is JSON, so every value is looked at before it is used.
const std::string& AsText(const Value& value, std::string_view name) {
  if (value.IsString()) return value.AsString();
  throw Error(ErrorKind::kType,
              std::string(name) + " must be a string, not " + std::string(TypeName(value)));
}

const Dict& AsObject(const Value& value, std::string_view name) {
  if (value.IsDict()) return value.AsDict();
  throw Error(ErrorKind::kType,
              std::string(name) + " must be an object, not " + std::string(TypeName(value)));
}

const List& AsItems(const Value& value, std::string_view name) {
  if (value.IsList()) return value.AsList();
  throw Error(ErrorKind::kType,
              std::string(name) + " must be an array, not " + std::string(TypeName(value)));
}

int64_t AsNumber(const List& items, size_t index, std::string_view name) {
  if (index < items.size() && items[index].kind() == Kind::kInt) return items[index].AsInt();
  throw Error(ErrorKind::kType,
              std::string(name) + " must have a whole number at " + std::to_string(index));
}

Value Decode(const Value& json);

List DecodeAll(const List& items) {
  List decoded;
  for (const Value& item : items) decoded.push_back(Decode(item));
  return decoded;
}

Value DecodeFloat(const std::string& text) {
  if (text == "nan") return Value(std::numeric_limits<double>::quiet_NaN());
  const double infinity = std::numeric_limits<double>::infinity();
  return Value(text == "-inf" ? -infinity : infinity);
}

Value DecodeRange(const List& parts) {
  auto* range = new RangeRep;
  Value result = Value::Adopt(Kind::kRange, range);
  range->start = AsNumber(parts, 0, "$range");
  range->stop = AsNumber(parts, 1, "$range");
  range->step = AsNumber(parts, 2, "$range");
  if (range->step == 0) throw Error(ErrorKind::kValue, "$range must not have the step 0");
  return result;
}

Value DecodePairs(const List& pairs) {
  Dict dict;
  for (const Value& pair : pairs) {
    const List& items = AsItems(pair, "a pair of $dict");
    if (items.size() != 2) throw Error(ErrorKind::kValue, "a pair of $dict must have two items");
    dict.Set(Decode(items[0]), Decode(items[1]));
  }
  return Value(std::move(dict));
}

Value DecodeSet(const List& items) {
  auto* set = new SetRep;
  Value result = Value::Adopt(Kind::kSet, set);
  for (const Value& item : items) set->items.Set(Decode(item), Value());
  return result;
}

std::optional<Value> DecodeTag(const Dict::Entry& entry) {
  const std::string& tag = entry.key.AsString();
  if (tag == "$float") return DecodeFloat(AsText(entry.value, tag));
  if (tag == "$markup") return Value::Markup(AsText(entry.value, tag));
  if (tag == "$tuple") return Value::Tuple(DecodeAll(AsItems(entry.value, tag)));
  if (tag == "$dict") return DecodePairs(AsItems(entry.value, tag));
  if (tag == "$range") return DecodeRange(AsItems(entry.value, tag));
  if (tag == "$set") return DecodeSet(AsItems(entry.value, tag));
  return std::nullopt;
}

Value Decode(const Value& json) {
  if (json.IsList()) return Value(DecodeAll(json.AsList()));
  if (!json.IsDict()) return json;
  const Dict& dict = json.AsDict();
  if (dict.size() == 1) {
    if (std::optional<Value> tagged = DecodeTag(dict.entries()[0])) return std::move(*tagged);
  }
  Dict decoded;
  for (const Dict::Entry& entry : dict) decoded.Set(entry.key, Decode(entry.value));
  return Value(std::move(decoded));
}

Value Tagged(std::string_view tag, Value value) {
  Dict dict;
  dict.Set(tag, std::move(value));
  return Value(std::move(dict));
}

Value Encode(const Value& value);

List EncodeAll(const List& items) {
  List encoded;
  for (const Value& item : items) encoded.push_back(Encode(item));
  return encoded;
}

Value EncodeDict(const Dict& dict) {
  Dict plain;
  List pairs;
  bool is_plain = true;
  for (const Dict::Entry& entry : dict) {
    is_plain =
        is_plain && entry.key.kind() == Kind::kString && !entry.key.AsString().starts_with('$');
    if (is_plain) plain.Set(entry.key, Encode(entry.value));
    pairs.push_back(Value(List{Encode(entry.key), Encode(entry.value)}));
  }
  return is_plain ? Value(std::move(plain)) : Tagged("$dict", Value(std::move(pairs)));
}

Value Encode(const Value& value) {
  switch (value.kind()) {
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kBigInt:
    case Kind::kString:
      return value;
    case Kind::kFloat: {
      const double number = value.AsFloat();
      if (std::isfinite(number)) return value;
      return Tagged("$float", Value(std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf"));
    }
    case Kind::kMarkup:
      return Tagged("$markup", Value(value.AsString()));
    case Kind::kList:
      return Value(EncodeAll(value.AsList()));
    case Kind::kTuple:
      return Tagged("$tuple", Value(EncodeAll(value.AsList())));
    case Kind::kDict:
      return EncodeDict(value.AsDict());
    case Kind::kSet:
      return Tagged("$set", Value(EncodeAll(ToList(value))));
    case Kind::kRange: {
      const auto* range = static_cast<const RangeRep*>(value.payload());
      return Tagged("$range",
                    Value(List{Value(range->start), Value(range->stop), Value(range->step)}));
    }
    default:
      throw Error(ErrorKind::kType, "not encodable: " + std::string(TypeName(value)));
  }
}

// --- The environment of a case -------------------------------------------------------------------

// The setting, or null when the case does not name it.
const Value* Setting(const Value& env, std::string_view name) {
  return env.IsDict() ? env.AsDict().Find(name) : nullptr;
}

void ReadText(const Value& env, std::string_view name, std::string* target) {
  const Value* value = Setting(env, name);
  if (value != nullptr) *target = value->IsNone() ? "" : AsText(*value, name);
}

void ReadFlag(const Value& env, std::string_view name, bool* target) {
  if (const Value* value = Setting(env, name)) *target = Truth(*value);
}

void ReadSyntax(const Value& env, jinja::Syntax* syntax) {
  ReadText(env, "block_start_string", &syntax->block_start);
  ReadText(env, "block_end_string", &syntax->block_end);
  ReadText(env, "variable_start_string", &syntax->variable_start);
  ReadText(env, "variable_end_string", &syntax->variable_end);
  ReadText(env, "comment_start_string", &syntax->comment_start);
  ReadText(env, "comment_end_string", &syntax->comment_end);
  ReadText(env, "line_statement_prefix", &syntax->line_statement_prefix);
  ReadText(env, "line_comment_prefix", &syntax->line_comment_prefix);
  ReadText(env, "newline_sequence", &syntax->newline_sequence);
  ReadFlag(env, "trim_blocks", &syntax->trim_blocks);
  ReadFlag(env, "lstrip_blocks", &syntax->lstrip_blocks);
  ReadFlag(env, "keep_trailing_newline", &syntax->keep_trailing_newline);
}

UndefinedPolicy ReadUndefined(const std::string& name) {
  if (name == "strict") return UndefinedPolicy::kStrict;
  if (name == "chainable") return UndefinedPolicy::kChainable;
  return name == "debug" ? UndefinedPolicy::kDebug : UndefinedPolicy::kDefault;
}

jinja::Options ReadOptions(const Value& env, const Value& templates) {
  jinja::Options options;
  ReadSyntax(env, &options.syntax);
  if (const Value* value = Setting(env, "autoescape")) {
    options.autoescape = value->IsString() ? jinja::Autoescape::kByExtension
                         : Truth(*value)   ? jinja::Autoescape::kOn
                                           : jinja::Autoescape::kOff;
  }
  if (const Value* value = Setting(env, "undefined")) {
    options.undefined = ReadUndefined(AsText(*value, "undefined"));
  }
  if (const Value* value = Setting(env, "sandboxed")) {
    options.sandbox = value->IsString() ? jinja::Sandbox::kImmutable
                      : Truth(*value)   ? jinja::Sandbox::kOn
                                        : jinja::Sandbox::kOff;
  }
  ReadFlag(env, "native", &options.native);
  if (const Value* value = Setting(env, "translations"); value != nullptr && !value->IsNone()) {
    options.translations = AsText(*value, "translations") == "null-new"
                               ? jinja::Translations::kNullNew
                               : jinja::Translations::kNullOld;
  }
  if (templates.IsDict()) {
    options.loader = [templates](std::string_view name) -> std::optional<std::string> {
      const Value* source = templates.AsDict().Find(name);
      if (source == nullptr) return std::nullopt;
      return AsText(*source, name);
    };
  }
  return options;
}

Value RenderCase(const Value& value) {
  const Dict& request = AsObject(value, "a case");
  const Value env = request.Get("env");
  jinja::Options options = ReadOptions(env, request.Get("templates"));
  std::vector<std::string> extensions;
  if (const Value* value = Setting(env, "extensions")) {
    for (const Value& path : AsItems(*value, "extensions"))
      extensions.push_back(AsText(path, "an extension"));
  }
  ConfigureExtensions(extensions, &options);
  const bool native = options.native;
  jinja::Environment environment(std::move(options));
  InstallExtensions(extensions, &environment);
  if (const Value* globals = Setting(env, "globals")) {
    for (const Dict::Entry& entry : AsObject(*globals, "globals")) {
      environment.AddGlobal(AsText(entry.key, "the name of a global"), Decode(entry.value));
    }
  }
  if (const Value* policies = Setting(env, "policies")) {
    for (const Dict::Entry& entry : AsObject(*policies, "policies")) {
      environment.SetPolicy(AsText(entry.key, "the name of a policy"), Decode(entry.value));
    }
  }
  const Value context = Decode(request.Get("context"));
  const Value main = request.Get("main");
  const jinja::Template text = main.IsNone()
                                   ? environment.FromString(AsText(request.Get("source"), "source"))
                                   : environment.GetTemplate(AsText(main, "main"));
  return native ? Encode(text.RenderNative(context)) : Value(text.Render(context));
}

Value DescribeError(const Error& error) {
  Dict result;
  result.Set("type", Value(PythonClassName(error.kind())));
  const bool bare = error.kind() == ErrorKind::kRecursion;  // it has no certain place in Jinja2
  result.Set("message", bare ? Value() : Value(error.message()));
  const bool has_line = error.has_location() && !bare;
  result.Set("line", has_line ? Value(error.location().line) : Value());
  const bool has_file = has_line && !error.location().file.empty();
  result.Set("template", has_file ? Value(error.location().file) : Value());
  return Value(std::move(result));
}

Value AnswerCase(const std::string& line) {
  Dict answer;
  try {
    answer.Set("ok", RenderCase(ParseJson(line)));
  } catch (const Error& error) {
    answer.Set("error", DescribeError(error));
  }
  return Value(std::move(answer));
}

}  // namespace

int RunJsonCases(std::istream& in, std::ostream& out) {
  const JsonFormat format{.ensure_ascii = false};
  std::string line;
  while (std::getline(in, line)) {
    if (!line.empty()) out << FormatJson(AnswerCase(line), format) << std::endl;
  }
  return 0;
}

}  // namespace scaffold::cli
