#include "value/markup.h"

#include "support/utf8.h"
#include "value/html_entities.h"
#include "value/limits.h"
#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

std::string_view EntityOf(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\'':
      return "&#39;";
    case '"':
      return "&#34;";
    default:
      return {};
  }
}

}  // namespace

void AppendEscapedHtml(std::string* out, std::string_view text) {
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view entity = EntityOf(text[i]);
    if (entity.empty()) continue;
    out->append(text, plain, i - plain).append(entity);
    plain = i + 1;
  }
  out->append(text, plain);
}

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  AppendEscapedHtml(&escaped, text);
  return escaped;
}

bool IsHtmlSafe(const Value& value) {
  if (value.IsMarkup()) return true;
  if (value.IsObject()) return value.AsObject()->HasHtml();
  return value.IsUndefined() && IsChainable(value);
}

Value EscapeMarkup(const Value& value) {
  if (value.IsMarkup()) return value;
  if (IsHtmlSafe(value)) return Value::Markup(Str(value));
  if (value.IsString()) return Value::Markup(EscapeHtml(value.AsString()));
  return Value::Markup(EscapeHtml(Str(value)));
}

std::optional<Value> AddMarkup(const Value& a, const Value& b) {
  // A plain text on the left leaves the sum to Markup.__radd__; other safe values have none.
  if (!a.IsString() || (!b.IsString() && !IsHtmlSafe(b))) return std::nullopt;
  const Value left = EscapeMarkup(a);
  const Value right = EscapeMarkup(b);
  ChargeBytes(left.AsString().size() + right.AsString().size());
  return Value::Markup(left.AsString() + right.AsString());
}

namespace {

// An unclosed tag or comment stays.
std::string DropTags(std::string_view text) {
  std::string kept;
  size_t pos = 0;
  for (size_t start = text.find('<'); start != text.npos; start = text.find('<', pos)) {
    const bool comment = text.substr(start).starts_with("<!--");
    const size_t end = comment ? text.find("-->", start + 4) : text.find('>', start);
    if (end == text.npos) break;
    kept.append(text, pos, start - pos);
    pos = end + (comment ? 3 : 1);
  }
  return kept.append(text, pos);
}

std::string JoinWords(std::string_view text) {
  std::string joined;
  bool blank = false;
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    if (IsSpace(DecodeUtf8(text, &pos))) {
      blank = true;
      continue;
    }
    if (blank && !joined.empty()) joined += ' ';
    blank = false;
    joined.append(text, begin, pos - begin);
  }
  return joined;
}

}  // namespace

std::string StripTags(std::string_view markup) { return UnescapeHtml(JoinWords(DropTags(markup))); }

}  // namespace scaffold
