// HTML character references: the table of names, and their replacement in text.

#pragma once

#include <string>
#include <string_view>

namespace scaffold {

// "AElig=C6 AElig;=C6 ...": sorted by name; generated.
extern const std::string_view kHtmlEntities;

// Python's html.unescape: "&gt;", "&#62;" and "&#x3e;" become the characters they stand for, by the
// rules of HTML 5 (also for names without a semicolon and for numbers that are no character).
std::string UnescapeHtml(std::string_view text);

}  // namespace scaffold
