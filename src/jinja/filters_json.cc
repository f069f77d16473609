// The `tojson` filter.

#include <algorithm>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/json.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

void SetIndent(const Value& indent, JsonFormat* format) {
  if (indent.IsNone()) return;
  format->item_separator = ",";
  if (indent.IsString()) {
    format->indent_text = indent.AsString();
    return;
  }
  // json.dumps makes the white space with ' ' * indent.
  format->indent = static_cast<int>(Multiply(Value(" "), indent).AsString().size());
}

// One keyword argument of json.dumps out of the policy.
void SetOption(const std::string& name, const Value& value, JsonFormat* format) {
  if (name == "sort_keys") {
    format->sort_keys = Truth(value);
  } else if (name == "ensure_ascii") {
    format->ensure_ascii = Truth(value);
  } else if (name == "allow_nan") {
    format->allow_nan = Truth(value);
  } else if (name == "skipkeys") {
    format->skip_keys = Truth(value);
  } else if (name == "indent") {
    SetIndent(value, format);
  } else if (name == "separators") {
    const List separators = ToList(value);
    if (separators.size() != 2) {
      throw Error(ErrorKind::kValue, separators.size() > 2
                                         ? "too many values to unpack (expected 2)"
                                         : "not enough values to unpack (expected 2, got " +
                                               std::to_string(separators.size()) + ")");
    }
    format->item_separator = TextOf(separators[0]);
    format->key_separator = TextOf(separators[1]);
  } else {
    throw Error(ErrorKind::kType,
                "JSONEncoder.__init__() got an unexpected keyword argument '" + name + "'");
  }
}

// The characters that could end a script element or an attribute, as JSON escapes.
std::string MakeHtmlSafe(std::string json) {
  const auto is_special = [](char c) { return c == '<' || c == '>' || c == '&' || c == '\''; };
  if (std::none_of(json.begin(), json.end(), is_special)) return json;
  std::string out;
  for (const char c : json) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      case '\'':
        out += "\\u0027";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

JsonFormat MakeJsonFormat(const Dict& options) {
  JsonFormat format;
  // The separators' default depends on the indent, so an explicit pair is set last.
  for (const Dict::Entry& entry : options) {
    if (Str(entry.key) != "separators") SetOption(Str(entry.key), entry.value, &format);
  }
  const Value separators = options.Get("separators");
  if (!separators.IsNone()) SetOption("separators", separators, &format);
  return format;
}

Value ToJson(State& state, const Value& input, const BoundArgs& args) {
  const auto dump = [&input](const Dict& options) {
    return Value::Markup(MakeHtmlSafe(FormatJson(input, MakeJsonFormat(options))));
  };
  const Value policy = Policy(state, "json.dumps_kwargs");
  const bool has_indent = args.Has(1) && !args[1]->IsNone();
  if (policy.IsDict() && !has_indent) return dump(policy.AsDict());
  Dict options;
  if (policy.IsDict()) options = policy.AsDict();
  if (has_indent) options.Set("indent", *args[1]);
  return dump(options);
}

}  // namespace scaffold::jinja
