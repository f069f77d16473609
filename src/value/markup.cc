#include "value/markup.h"

#include "support/text.h"
#include "value/limits.h"
#include "value/operators.h"

namespace scaffold {

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  for (char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '"':
        escaped += "&#34;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

Value EscapeMarkup(const Value& value) {
  if (value.IsMarkup()) return value;
  if (value.IsString()) return Value::Markup(EscapeHtml(value.AsString()));
  return Value::Markup(EscapeHtml(Str(value)));
}

Value AddMarkup(const Value& a, const Value& b) {
  ChargeBytes(a.AsString().size() + b.AsString().size());
  return Value::Markup(EscapeMarkup(a).AsString() + EscapeMarkup(b).AsString());
}

}  // namespace scaffold
