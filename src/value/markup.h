// markupsafe: escaping, and operators that keep Markup safe.

#pragma once

#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// The five characters & < > ' " as entities.
std::string EscapeHtml(std::string_view text);
// markupsafe.escape: Markup stays, everything else is str() escaped; asks __html__ of objects that
// have it.
Value EscapeMarkup(const Value& value);
// `a + b` when one of them is Markup.
Value AddMarkup(const Value& a, const Value& b);
// Markup.striptags and Markup.unescape.
std::string StripTags(std::string_view markup);

}  // namespace scaffold
