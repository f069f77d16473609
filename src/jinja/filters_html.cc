// Filters that make or take apart HTML.

#include <algorithm>

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/html_entities.h"
#include "value/markup.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

Value EscapeValue(State&, const Value& input, const BoundArgs&) { return EscapeMarkup(input); }

Value ForceEscape(State&, const Value& input, const BoundArgs&) {
  return EscapeMarkup(PlainStr(input));
}

Value MarkSafe(State&, const Value& input, const BoundArgs&) {
  return Value::Markup(TextOf(input));
}

// markupsafe: the text without tags and comments; an unclosed one stays.
std::string DropTags(const std::string& text) {
  std::string out;
  size_t pos = 0;
  for (size_t start = text.find('<'); start != std::string::npos; start = text.find('<', pos)) {
    const bool comment = text.compare(start, 4, "<!--") == 0;
    const size_t end = comment ? text.find("-->", start + 4) : text.find('>', start);
    if (end == std::string::npos) break;
    out.append(text, pos, start - pos);
    pos = end + (comment ? 3 : 1);
  }
  return out.append(text, pos);
}

Value StripTags(State& state, const Value& input, const BoundArgs&) {
  const Value words = CallPython(state, Value(DropTags(TextOf(input))), "split");
  std::string out;
  for (const Value& word : words.AsList()) {
    if (!out.empty()) out += ' ';
    out += word.AsString();
  }
  return Value(UnescapeHtml(out));
}

// Characters that would end an attribute's name: [\s/>=] of ASCII.
bool EndsAttributeName(char c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == '/' || c == '>' || c == '=';
}

Value XmlAttr(State& state, const Value& input, const BoundArgs& args) {
  std::string out;
  for (const Value& pair : ToList(CallPython(state, input, "items"))) {
    const Value key = Subscript(pair, Value(0));
    const Value value = Subscript(pair, Value(1));
    if (value.IsNone() || value.IsUndefined()) continue;
    if (!key.IsString()) {
      throw Error(ErrorKind::kType,
                  "expected string or bytes-like object, got '" + std::string(TypeName(key)) + "'");
    }
    const std::string& name = key.AsString();
    if (std::any_of(name.begin(), name.end(), EndsAttributeName)) {
      throw Error(ErrorKind::kValue, "Invalid character in attribute name: " + Repr(key));
    }
    if (!out.empty()) out += ' ';
    out += EscapeMarkup(key).AsString() + "=\"" + EscapeMarkup(value).AsString() + "\"";
  }
  if (!out.empty() && Flag(args, 1, true)) out.insert(0, " ");
  return state.autoescape() ? Value::Markup(std::move(out)) : Value(std::move(out));
}

constexpr FilterRow kFilters[] = {
    {"e", EscapeValue, "escape(s, /)"},
    {"escape", EscapeValue, "escape(s, /)"},
    {"forceescape", ForceEscape, "do_forceescape(value)"},
    {"safe", MarkSafe, "do_mark_safe(value)"},
    {"striptags", StripTags, "do_striptags(value)"},
    {"tojson", ToJson, "do_tojson(@eval_ctx, value, indent=None)"},
    {"urlize", Urlize,
     "do_urlize(@eval_ctx, value, trim_url_limit=None, nofollow=False, target=None, rel=None, "
     "extra_schemes=None)"},
    {"xmlattr", XmlAttr, "do_xmlattr(@eval_ctx, d, autospace=True)"},
};

}  // namespace

std::span<const FilterRow> HtmlFilters() { return kFilters; }

}  // namespace scaffold::jinja
