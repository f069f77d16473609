// markupsafe: escaping, and operators that keep Markup safe.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// The five characters & < > ' " as entities.
std::string EscapeHtml(std::string_view text);
void AppendEscapedHtml(std::string* out, std::string_view text);
// Whether str(value) is safe HTML already (Python: it has an __html__ method).
bool IsHtmlSafe(const Value& value);
// markupsafe.escape: what is safe stays, everything else is str() escaped.
Value EscapeMarkup(const Value& value);
// `a + b` when one of them is Markup; nullopt when the other one cannot be part of a text.
std::optional<Value> AddMarkup(const Value& a, const Value& b);
// Markup.striptags: no tags and comments, single blanks, no character references.
std::string StripTags(std::string_view markup);

}  // namespace scaffold
