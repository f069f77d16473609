// Ansible's filters from and to JSON and YAML.

#include <algorithm>

#include "extensions/ansible_filters.h"
#include "extensions/jsonable.h"
#include "jinja/filters_support.h"
#include "support/source.h"
#include "value/json.h"
#include "value/operators.h"
#include "yaml/dump.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

using jinja::State;

Dict KeywordDict(const std::vector<NamedValue>& keywords) {
  Dict options;
  for (const NamedValue& keyword : keywords) options.Set(keyword.name, keyword.value);
  return options;
}

// json.dumps with keyword arguments; the ones that make no difference here are dropped.
std::string DumpJson(const Value& value, Dict options) {
  for (const std::string_view ignored : {"check_circular", "cls", "default"}) {
    options.Erase(Value(ignored));
  }
  return FormatJson(value, jinja::MakeJsonFormat(options));
}

std::string DumpPlainJson(const Value& value, std::span<const Value> extra, Dict options) {
  if (!extra.empty()) {
    throw Error(ErrorKind::kType, "dumps() takes 1 positional argument but " +
                                      std::to_string(1 + extra.size()) + " were given");
  }
  return DumpJson(value, std::move(options));
}

Value ToJson(State&, const Value& input, const BoundArgs& args) {
  return Value(DumpPlainJson(input, args.varargs(), KeywordDict(args.kwargs())));
}

Value ToCopierJson(State&, const Value& input, const BoundArgs& args) {
  const Dict options = KeywordDict(args.kwargs());
  return Value(DumpPlainJson(ToJsonable(input), args.varargs(), options));
}

Value ToNiceJson(State&, const Value& input, const BoundArgs& args) {
  const Dict keywords = KeywordDict(args.kwargs());
  Dict options = keywords;
  options.Set("indent", args.Or(1, Value(4)));
  options.Set("sort_keys", args.Or(2, Value(true)));
  const bool conflict = keywords.Has("separators");
  try {
    if (!conflict && args.varargs().empty()) return Value(DumpJson(input, options));
  } catch (const Error& error) {
    // Ansible falls back on plain JSON: keys of several kinds cannot be sorted.
    if (error.kind() == ErrorKind::kLimit) throw;
  }
  return Value(DumpPlainJson(input, args.varargs(), keywords));
}

Value FromJson(State&, const Value& input, const BoundArgs& args) {
  if (!input.IsString() && input.kind() != Kind::kBytes) {
    throw Error(ErrorKind::kType, "the JSON object must be str, bytes or bytearray, not " +
                                      std::string(TypeName(input)));
  }
  if (!args.kwargs().empty()) {
    throw Error(ErrorKind::kType, "JSONDecoder.__init__() got an unexpected keyword argument '" +
                                      std::string(args.kwargs()[0].name) + "'");
  }
  if (input.IsString() && input.AsString().starts_with("\xEF\xBB\xBF")) {
    throw Error(ErrorKind::kJson,
                "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)");
  }
  try {
    return ParseJson(input.AsString());
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kValue) throw;
    throw Error(ErrorKind::kJson, error.message());
  }
}

// --- YAML

char StyleOf(const Value& style) {
  const std::string text = style.IsNone() ? "" : Str(style);
  return text.empty() ? '\0' : text[0];
}

int NumberOf(const Value& number, int fallback) {
  if (!number.IsInt()) return fallback;
  return static_cast<int>(std::clamp<int64_t>(number.AsInt(), -1, 1'000'000'000));
}

std::string LineBreakOf(const Value& line_break) {
  const std::string text = Str(line_break);
  return text == "\r" || text == "\r\n" ? text : "\n";
}

// One keyword argument of yaml.dump.
void SetYamlOption(const NamedValue& option, yaml::DumpOptions* options) {
  const Value& value = option.value;
  if (option.name == "indent") {
    // PyYAML takes indents from 2 to 9 only.
    const int indent = NumberOf(value, 2);
    options->indent = indent > 1 && indent < 10 ? indent : 2;
  } else if (option.name == "width") {
    const int width = NumberOf(value, 80);
    options->width = width > options->indent * 2 ? width : 80;
  } else if (option.name == "sort_keys") {
    options->sort_keys = Truth(value);
  } else if (option.name == "default_style") {
    options->default_style = StyleOf(value);
  } else if (option.name == "explicit_start") {
    options->explicit_start = Truth(value);
  } else if (option.name == "explicit_end") {
    options->explicit_end = Truth(value);
  } else if (option.name == "line_break") {
    options->line_break = LineBreakOf(value);
  } else if (option.name == "canonical") {
    options->canonical = Truth(value);
  } else if (option.name == "allow_unicode" || option.name == "default_flow_style") {
    throw Error(ErrorKind::kType, "yaml.dump() got multiple values for keyword argument '" +
                                      std::string(option.name) + "'");
  } else if (option.name != "encoding" && option.name != "version" && option.name != "tags") {
    throw Error(ErrorKind::kType,
                "dump_all() got an unexpected keyword argument '" + std::string(option.name) + "'");
  }
}

bool HasUndefined(const Value& value, int depth) {
  if (value.IsUndefined() || depth > 200) return value.IsUndefined();
  if (value.IsDict()) {
    for (const Dict::Entry& entry : value.AsDict()) {
      if (HasUndefined(entry.value, depth + 1)) return true;
    }
  } else if (value.IsSequence()) {
    for (const Value& item : value.AsList()) {
      if (HasUndefined(item, depth + 1)) return true;
    }
  }
  return false;
}

Value DumpYaml(const Value& value, const yaml::DumpOptions& options) {
  try {
    return Value(yaml::Dump(value, options));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kType || !HasUndefined(value, 0)) throw;
    // What Ansible's dumper trips over when it copies an Undefined.
    throw Error(ErrorKind::kValue,
                "dictionary update sequence element #0 has length 1; 2 is required");
  }
}

Value ToYaml(State&, const Value& input, const BoundArgs& args) {
  yaml::DumpOptions options;
  options.python_tags = true;
  options.default_flow_style = std::nullopt;
  for (const NamedValue& option : args.kwargs()) {
    if (option.name != "default_flow_style") {
      SetYamlOption(option, &options);
    } else if (!option.value.IsNone()) {
      options.default_flow_style = Truth(option.value);
    }
  }
  return DumpYaml(input, options);
}

Value ToNiceYaml(State&, const Value& input, const BoundArgs& args) {
  yaml::DumpOptions options;
  options.python_tags = true;
  options.default_flow_style = false;
  SetYamlOption({"indent", args.Or(1, Value(4))}, &options);
  for (const NamedValue& option : args.kwargs()) SetYamlOption(option, &options);
  return DumpYaml(input, options);
}

const yaml::LoadOptions& PythonErrors() {
  static const yaml::LoadOptions options = [] {
    yaml::LoadOptions python;
    python.error_text = yaml::ErrorText::kPython;
    return python;
  }();
  return options;
}

Value FromYaml(State&, const Value& input, const BoundArgs&) {
  if (!input.IsString()) return input;
  return yaml::Load(Source("<unicode string>", input.AsString()), PythonErrors());
}

Value FromYamlAll(State&, const Value& input, const BoundArgs&) {
  if (!input.IsString()) return input;
  struct Work {
    std::vector<yaml::Document> documents;
    size_t next = 0;
    bool loaded = false;
  };
  auto work = std::make_shared<Work>();
  return jinja::MakeLazy("load_all", [input, work](State&, Value* out) {
    if (!work->loaded) {
      work->documents = yaml::LoadAll(Source("<unicode string>", input.AsString()), PythonErrors());
      work->loaded = true;
    }
    if (work->next >= work->documents.size()) return false;
    *out = work->documents[work->next++].value;
    return true;
  });
}

constexpr jinja::FilterRow kFilters[] = {
    {"from_json", FromJson, "loads(s, **kw)"},
    {"from_yaml", FromYaml, "from_yaml(data)"},
    {"from_yaml_all", FromYamlAll, "from_yaml_all(data)"},
    {"to_json", ToJson, "to_json(a, *args, **kw)"},
    {"to_nice_json", ToNiceJson, "to_nice_json(a, indent=4, sort_keys=True, *args, **kw)"},
    {"to_nice_yaml", ToNiceYaml, "to_nice_yaml(a, indent=4, *args, **kw)"},
    {"to_yaml", ToYaml, "to_yaml(a, *args, **kw)"},
};

constexpr jinja::FilterRow kCopierFilters[] = {
    {"to_json", ToCopierJson, "to_json(a, *args, **kw)"},
};

}  // namespace

std::span<const jinja::FilterRow> AnsibleSerialFilters() { return kFilters; }
std::span<const jinja::FilterRow> CopierSerialFilters() { return kCopierFilters; }

}  // namespace scaffold
