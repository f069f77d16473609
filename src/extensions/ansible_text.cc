// Ansible's filters on text: regular expressions, digests, encodings, comments.

#include "extensions/ansible_filters.h"
#include "extensions/digest.h"
#include "extensions/regex.h"
#include "jinja/filters_support.h"
#include "jinja/identifier.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/limits.h"
#include "value/operators.h"

namespace scaffold {
namespace {

using jinja::State;

Error FilterError(std::string message) {
  return Error(ErrorKind::kFilterArgument, std::move(message));
}

// Ansible's to_text for what may be no text: bytes are UTF-8, everything else is str(value).
std::string ToText(const Value& value) {
  if (value.IsString() || value.kind() == Kind::kBytes) return value.AsString();
  return Str(value);
}

Value Quote(State&, const Value& input, const BoundArgs&) {
  return Value(ShellQuote(ToText(input)));
}

// --- regular expressions

std::shared_ptr<const Regex> CompilePattern(const Value& pattern, uint32_t flags) {
  if (!pattern.IsString()) {
    throw Error(ErrorKind::kType, "first argument must be string or compiled pattern");
  }
  return Regex::Compile(pattern.AsString(), flags);
}

const std::string& Subject(const Value& value) {
  if (value.IsString()) return value.AsString();
  throw Error(ErrorKind::kType,
              "expected string or bytes-like object, got '" + std::string(TypeName(value)) + "'");
}

uint32_t Flags(const Value& multiline, const Value& ignore_case) {
  uint32_t flags = kRegexNone;
  if (Truth(multiline)) flags |= kRegexMultiline;
  if (Truth(ignore_case)) flags |= kRegexIgnoreCase;
  return flags;
}

Value GroupValue(const std::optional<RegexSpan>& span, const std::string& subject,
                 const Value& absent) {
  return span ? Value(subject.substr(span->begin, span->end - span->begin)) : absent;
}

Value RegexReplace(State&, const Value& input, const BoundArgs& args) {
  const Value pattern = args.Or(1, Value(""));
  const Value replacement = args.Or(2, Value(""));
  const auto regex = CompilePattern(pattern, Flags(Value(false), args.Or(3, Value(false))));
  if (!replacement.IsString()) {
    if (replacement.IsUndefined()) ThrowUndefined(replacement);
    throw Error(ErrorKind::kType, "decoding to str: need a bytes-like object, " +
                                      std::string(TypeName(replacement)) + " found");
  }
  return Value(regex->Substitute(replacement.AsString(), ToText(input)));
}

[[noreturn]] void ThrowNoGroup() {
  throw Error(ErrorKind::kAttribute, "'NoneType' object has no attribute 'group'");
}

// What an argument like "\\1" or "\\g<name>" asks for: a number, or a name.
Value ParseGroupArgument(const Value& argument) {
  if (argument.IsUndefined()) ThrowUndefined(argument);
  if (!argument.IsString()) {
    throw Error(ErrorKind::kAttribute,
                "'" + std::string(TypeName(argument)) + "' object has no attribute 'startswith'");
  }
  const std::string& text = argument.AsString();
  const bool by_name = text.starts_with("\\g");
  if (!text.starts_with('\\')) throw FilterError("Unknown argument");
  const auto regex = Regex::Compile(by_name ? "\\\\g<(\\S+)>" : "\\\\(\\d+)");
  const auto match = regex->MatchPrefix(text);
  if (!match) ThrowNoGroup();
  const Value group = GroupValue((*match)[1], text, Value());
  return by_name ? group : jinja::ToPythonInt(group);
}

size_t GroupNumber(const Regex& regex, const Value& group) {
  if (group.IsString()) {
    if (const size_t* number = regex.GroupIndex(group.AsString())) return *number;
  } else if (group.IsInt() && static_cast<uint64_t>(group.AsInt()) <= regex.groups()) {
    return static_cast<size_t>(group.AsInt());
  }
  throw Error(ErrorKind::kIndex, "no such group");
}

Value RegexSearch(State&, const Value& input, const BoundArgs& args) {
  Value multiline(false);
  Value ignore_case(false);
  for (const NamedValue& argument : args.kwargs()) {
    if (argument.name == "multiline") multiline = argument.value;
    if (argument.name == "ignorecase") ignore_case = argument.value;
  }
  List groups;
  for (const Value& argument : args.varargs()) groups.push_back(ParseGroupArgument(argument));
  const auto regex = CompilePattern(*args[1], Flags(multiline, ignore_case));
  const std::string& subject = Subject(input);
  const auto match = regex->Search(subject);
  if (!match) return Value();
  if (groups.empty()) return GroupValue((*match)[0], subject, Value());
  List found;
  for (const Value& group : groups) {
    found.push_back(GroupValue((*match)[GroupNumber(*regex, group)], subject, Value()));
  }
  return Value(std::move(found));
}

Value RegexFindAll(State&, const Value& input, const BoundArgs& args) {
  const auto regex =
      CompilePattern(*args[1], Flags(args.Or(2, Value(false)), args.Or(3, Value(false))));
  const std::string& subject = Subject(input);
  List found;
  for (const RegexMatch& match : regex->FindAll(subject)) {
    if (match.size() <= 2) {
      found.push_back(GroupValue(match.back(), subject, Value("")));
      continue;
    }
    List groups;
    for (size_t i = 1; i < match.size(); ++i) {
      groups.push_back(GroupValue(match[i], subject, Value("")));
    }
    found.push_back(Value::Tuple(std::move(groups)));
  }
  return Value(std::move(found));
}

Value RegexEscape(State&, const Value& input, const BoundArgs& args) {
  const Value type = args.Or(1, Value("python"));
  const std::string name = Str(type);
  if (name == "python") {
    if (input.kind() == Kind::kBytes) return Value::Bytes(EscapeRegex(input.AsString()));
    if (input.IsString()) return Value(EscapeRegex(input.AsString()));
    throw Error(ErrorKind::kType, "decoding to str: need a bytes-like object, " +
                                      std::string(TypeName(input)) + " found");
  }
  if (name == "posix_basic") {
    std::string out;
    for (const char c : ToText(input)) {
      if (std::string_view(".[]^$*\\").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
    return Value(std::move(out));
  }
  throw Error(ErrorKind::kNotImplemented, name == "posix_extended"
                                              ? "Regex type (posix_extended) not yet implemented"
                                              : "Invalid regex type (" + name + ")");
}

// --- digests and encodings

Value Hash(State&, const Value& input, const BoundArgs& args) {
  const Value type = args.Or(1, Value("sha1"));
  if (!type.IsString()) return Value();
  if (HasVariableLength(type.AsString())) {
    throw Error(ErrorKind::kType, "hexdigest() missing required argument 'length' (pos 1)");
  }
  const auto digest = Digest(type.AsString(), ToText(input));
  return digest ? Value(ToHex(*digest)) : Value();
}

Value Md5(State&, const Value& input, const BoundArgs&) {
  return Value(ToHex(*Digest("md5", ToText(input))));
}

Value Sha1(State&, const Value& input, const BoundArgs& args) {
  if (args.Has(1)) {
    throw Error(ErrorKind::kType,
                "'" + std::string(TypeName(*args[1])) + "' object is not callable");
  }
  return Value(ToHex(*Digest("sha1", ToText(input))));
}

Value ToUuid(State&, const Value& input, const BoundArgs&) {
  // 20851c88-ac15-449f-9ee7-74829105da86
  static constexpr std::string_view kNamespace(
      "\x20\x85\x1c\x88\xac\x15\x44\x9f\x9e\xe7\x74\x82\x91\x05\xda\x86", 16);
  return Value(MakeUuid5(kNamespace, ToText(input)));
}

Value B64Encode(State& state, const Value& input, const BoundArgs& args) {
  if (input.kind() == Kind::kBytes) return Value(EncodeBase64(input.AsString()));
  const Value encoding = args.Or(1, Value("utf-8"));
  const Value bytes = jinja::CallPython(state, Value(ToText(input)), "encode", {&encoding, 1});
  return Value(EncodeBase64(bytes.AsString()));
}

bool IsUtf8(const Value& encoding) {
  const std::string name = ToLowerAscii(Str(encoding));
  return name == "utf-8" || name == "utf8" || name == "utf_8";
}

// Bytes that are no UTF-8 become lone surrogates (Python's surrogateescape).
std::string EscapeInvalidUtf8(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const size_t bad = FindInvalidUtf8(bytes);
    if (bad == std::string_view::npos) return out.append(bytes);
    out.append(bytes.substr(0, bad));
    AppendUtf8(&out, 0xDC00 + static_cast<unsigned char>(bytes[bad]));
    bytes.remove_prefix(bad + 1);
  }
  return out;
}

Value B64Decode(State& state, const Value& input, const BoundArgs& args) {
  const Value encoding = args.Or(1, Value("utf-8"));
  std::string bytes = DecodeBase64(ToText(input));
  if (IsUtf8(encoding)) return Value(EscapeInvalidUtf8(bytes));
  return jinja::CallPython(state, Value::Bytes(std::move(bytes)), "decode", {&encoding, 1});
}

// --- comment

struct CommentStyle {
  Value beginning{""};
  Value prefix;
  Value prefix_count{1};
  Value decoration{"# "};
  Value postfix;
  Value postfix_count{1};
  Value end{""};
  Value newline{"\n"};
};

CommentStyle FindCommentStyle(const Value& name) {
  CommentStyle style;
  if (Equal(name, Value("plain"))) return style;
  if (Equal(name, Value("erlang"))) {
    style.decoration = Value("% ");
  } else if (Equal(name, Value("c"))) {
    style.decoration = Value("// ");
  } else if (Equal(name, Value("cblock"))) {
    style.beginning = Value("/*");
    style.decoration = Value(" * ");
    style.end = Value(" */");
  } else if (Equal(name, Value("xml"))) {
    style.beginning = Value("<!--");
    style.decoration = Value(" - ");
    style.end = Value("-->");
  } else {
    throw Error(ErrorKind::kKey, Repr(name));
  }
  return style;
}

void SetCommentOption(const NamedValue& option, CommentStyle* style) {
  if (option.name == "beginning") style->beginning = option.value;
  if (option.name == "prefix") style->prefix = option.value;
  if (option.name == "prefix_count") style->prefix_count = option.value;
  if (option.name == "decoration") style->decoration = option.value;
  if (option.name == "postfix") style->postfix = option.value;
  if (option.name == "postfix_count") style->postfix_count = option.value;
  if (option.name == "end") style->end = option.value;
  if (option.name == "newline") style->newline = option.value;
}

std::string RepeatPrefix(const CommentStyle& style, const std::string& newline) {
  if (!Truth(style.prefix)) return {};
  const Value count = jinja::ToPythonInt(style.prefix_count);
  return Multiply(Value(Str(style.prefix) + newline), count).AsString();
}

std::string RepeatPostfix(const CommentStyle& style, const std::string& newline) {
  const int64_t count = jinja::ToIndex(style.postfix_count);
  if (count > 0 && !style.postfix.IsString()) {
    throw Error(ErrorKind::kType, "sequence item 1: expected str instance, " +
                                      std::string(TypeName(style.postfix)) + " found");
  }
  if (count <= 0) return {};
  return Multiply(Value(newline + style.postfix.AsString()), Value(count)).AsString();
}

Value Comment(State& state, const Value& input, const BoundArgs& args) {
  CommentStyle style = FindCommentStyle(args.Or(1, Value("plain")));
  for (const NamedValue& option : args.kwargs()) {
    if (option.name == "decoration") style.decoration = option.value;
  }
  const Value bare = jinja::CallPython(state, style.decoration, "rstrip");
  style.prefix = bare;
  style.postfix = bare;
  for (const NamedValue& option : args.kwargs()) SetCommentOption(option, &style);

  const std::string newline = Str(style.newline);
  const std::string decoration = Str(style.decoration);
  const Value decorate[] = {style.newline, Value(newline + decoration)};
  const Value text = jinja::CallPython(state, input, "replace", decorate);
  // A line of the text that is empty gets the decoration without blanks at its end.
  const Value strip[] = {Value(decoration + newline), Value(bare.AsString() + newline)};
  const Value body =
      jinja::CallPython(state, Value(decoration + text.AsString()), "replace", strip);
  std::string out;
  if (Truth(style.beginning)) out += Str(style.beginning) + newline;
  out += RepeatPrefix(style, newline) + body.AsString() + RepeatPostfix(style, newline);
  if (Truth(style.end)) out += newline + Str(style.end);
  return Value(std::move(out));
}

constexpr jinja::FilterRow kFilters[] = {
    {"b64decode", B64Decode, "b64decode(string, encoding='utf-8')"},
    {"b64encode", B64Encode, "b64encode(string, encoding='utf-8')"},
    {"checksum", Sha1, "secure_hash_s(data, hash_func=None)"},
    {"comment", Comment, "comment(text, style='plain', **kw)"},
    {"hash", Hash, "get_hash(data, hashtype='sha1')"},
    {"md5", Md5, "md5s(data)"},
    {"quote", Quote, "quote(a)"},
    {"regex_escape", RegexEscape, "regex_escape(string, re_type='python')"},
    {"regex_findall", RegexFindAll,
     "regex_findall(value, regex, multiline=False, ignorecase=False)"},
    {"regex_replace", RegexReplace,
     "regex_replace(value='', pattern='', replacement='', ignorecase=False)"},
    {"regex_search", RegexSearch, "regex_search(value, regex, *args, **kwargs)"},
    {"sha1", Sha1, "secure_hash_s(data, hash_func=None)"},
    {"to_uuid", ToUuid, "to_uuid(string)"},
};

}  // namespace

std::span<const jinja::FilterRow> AnsibleTextFilters() { return kFilters; }

}  // namespace scaffold
