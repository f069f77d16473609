// Filters that change text.

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "support/utf8.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold::jinja {
namespace {

Value Capitalize(State& state, const Value& input, const BoundArgs&) {
  static const TextMethod capitalize("capitalize");
  return capitalize(state, SoftStr(input));
}

Value Center(State& state, const Value& input, const BoundArgs& args) {
  const Value width = args.Or(1, Value(80));
  return CallPython(state, SoftStr(input), "center", {&width, 1});
}

Value Format(State&, const Value& input, const BoundArgs& args) {
  if (!args.varargs().empty() && !args.kwargs().empty()) {
    throw Error(ErrorKind::kFilterArgument,
                "can't handle positional and keyword arguments at the same time");
  }
  if (args.kwargs().empty()) {
    return Modulo(SoftStr(input), Value::Tuple({args.varargs().begin(), args.varargs().end()}));
  }
  Dict named;
  for (const NamedValue& argument : args.kwargs()) named.Set(argument.name, argument.value);
  return Modulo(SoftStr(input), Value(std::move(named)));
}

// `s += "\n"` of Jinja2's do_indent for what is no text.
[[noreturn]] void ThrowIndentOf(const Value& input) {
  if (input.IsUndefined()) ThrowUndefined(input);
  const std::string type(TypeName(input));
  if (input.IsList()) {
    throw Error(ErrorKind::kAttribute, "'list' object has no attribute 'splitlines'");
  }
  if (input.IsTuple()) {
    throw Error(ErrorKind::kType, "can only concatenate tuple (not \"str\") to tuple");
  }
  throw Error(ErrorKind::kType, "unsupported operand type(s) for +=: '" + type + "' and 'str'");
}

Value Indent(State& state, const Value& input, const BoundArgs& args) {
  const Value width = args.Or(1, Value(4));
  const bool first = Flag(args, 2, false);
  const bool blank = Flag(args, 3, false);
  const std::string indention =
      width.IsString() ? width.AsString() : Multiply(Value(" "), width).AsString();
  if (!input.IsString()) ThrowIndentOf(input);
  // The added line end keeps a last line end of the text through splitlines.
  const Value lines = CallPython(state, Value(input.AsString() + "\n"), "splitlines");
  std::string out = first ? indention : std::string();
  bool first_line = true;
  for (const Value& line : lines.AsList()) {
    const std::string& text = line.AsString();
    if (!first_line) {
      out += '\n';
      if (blank || !text.empty()) {
        ChargeBytes(indention.size());
        out += indention;
      }
    }
    first_line = false;
    out += text;
  }
  return TextLike(input, std::move(out));
}

Value Lower(State& state, const Value& input, const BoundArgs&) {
  static const TextMethod lower("lower");
  return lower(state, SoftStr(input));
}

Value Upper(State& state, const Value& input, const BoundArgs&) {
  static const TextMethod upper("upper");
  return upper(state, SoftStr(input));
}

Value Replace(State& state, const Value& input, const BoundArgs& args) {
  const Value& old_text = *args[1];
  const Value& new_text = *args[2];
  Value count = args.Or(3, Value(-1));
  if (count.IsNone()) count = Value(-1);
  static const TextMethod replace("replace");
  if (!state.autoescape()) {
    const Value arguments[] = {PlainStr(old_text), PlainStr(new_text), count};
    return replace(state, PlainStr(input), arguments);
  }
  const bool escape = old_text.IsMarkup() || (new_text.IsMarkup() && !input.IsMarkup());
  const Value arguments[] = {SoftStr(old_text), SoftStr(new_text), count};
  return replace(state, escape ? EscapeMarkup(input) : SoftStr(input), arguments);
}

Value String(State&, const Value& input, const BoundArgs&) { return SoftStr(input); }

// Whether `c` is one of Jinja2's separators of words: [-\s({\[<].
bool StartsWord(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return false;
  return c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || IsSpace(c);
}

// A word in title case: its first letter and the letters behind it.
void AppendTitled(std::string* out, std::string_view first, std::string_view rest) {
  if (!IsAscii(first) || !IsAscii(rest)) {
    *out += ToUpper(first);
    *out += ToLower(rest);
    return;
  }
  const char letter = first[0];
  *out += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  for (char c : rest) *out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Value Title(State&, const Value& input, const BoundArgs&) {
  const std::string text = TextOf(input);
  std::string out;
  out.reserve(text.size());
  // Runs of separators and runs of everything else are title-cased each for itself.
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    const bool separator = StartsWord(DecodeUtf8(text, &end));
    const size_t rest = end;
    for (size_t next = end; next < text.size(); end = next) {
      if (StartsWord(DecodeUtf8(text, &next)) != separator) break;
    }
    if (separator) {
      out.append(text, begin, end - begin);
    } else {
      AppendTitled(&out, std::string_view(text).substr(begin, rest - begin),
                   std::string_view(text).substr(rest, end - rest));
    }
    begin = end;
  }
  return Value(std::move(out));
}

Value Trim(State& state, const Value& input, const BoundArgs& args) {
  static const TextMethod strip("strip");
  const Value characters = args.Or(1, Value());
  return strip(state, SoftStr(input), {&characters, 1});
}

void Assert(bool condition, std::string_view what, const Value& wanted, const Value& got) {
  if (condition) return;
  throw Error(ErrorKind::kAssertionFailed,
              "expected " + std::string(what) + " >= " + Str(wanted) + ", got " + Str(got));
}

Value Truncate(State& state, const Value& input, const BoundArgs& args) {
  const Value length = args.Or(1, Value(255));
  const Value end = args.Or(3, "...");
  Value leeway = args.Or(4, Value());
  if (leeway.IsNone()) leeway = Policy(state, "truncate.leeway");
  const Value end_length(Length(end));
  Assert(Compare(Comparison::kGreaterEqual, length, end_length), "length", end_length, length);
  Assert(Compare(Comparison::kGreaterEqual, leeway, Value(0)), "leeway", Value(0), leeway);
  if (Compare(Comparison::kLessEqual, Value(Length(input)), Add(length, leeway))) return input;
  const Value kept = Subscript(input, MakeSlice(Value(), Subtract(length, end_length), Value()));
  if (Flag(args, 2, false)) return Add(kept, end);
  const Value arguments[] = {Value(" "), Value(1)};
  return Add(Subscript(CallPython(state, kept, "rsplit", arguments), Value(0)), end);
}

Value WordCount(State&, const Value& input, const BoundArgs&) {
  const std::string text = TextOf(input);
  int64_t words = 0;
  bool inside = false;
  for (size_t pos = 0; pos < text.size();) {
    const bool word = IsReWord(DecodeUtf8(text, &pos));
    if (word && !inside) ++words;
    inside = word;
  }
  return Value(words);
}

constexpr FilterRow kFilters[] = {
    {"capitalize", Capitalize, "do_capitalize(s)"},
    {"center", Center, "do_center(value, width=80)"},
    {"format", Format, "do_format(value, *args, **kwargs)"},
    {"indent", Indent, "do_indent(s, width=4, first=False, blank=False)"},
    {"lower", Lower, "do_lower(s)"},
    {"pprint", PrettyPrint, "do_pprint(value)"},
    {"replace", Replace, "do_replace(@eval_ctx, s, old, new, count=None)"},
    {"string", String, "soft_str(s, /)"},
    {"title", Title, "do_title(s)"},
    {"trim", Trim, "do_trim(value, chars=None)"},
    {"truncate", Truncate,
     "do_truncate(@env, s, length=255, killwords=False, end='...', leeway=None)"},
    {"upper", Upper, "do_upper(s)"},
    {"wordcount", WordCount, "do_wordcount(s)"},
    {"wordwrap", WordWrap,
     "do_wordwrap(@environment, s, width=79, break_long_words=True, wrapstring=None, "
     "break_on_hyphens=True)"},
};

}  // namespace

std::span<const FilterRow> TextFilters() { return kFilters; }

}  // namespace scaffold::jinja
