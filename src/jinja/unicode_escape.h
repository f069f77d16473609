// Backslash escapes of string literals, by the rules of Python's unicode-escape codec.

#pragma once

#include <string>
#include <string_view>

namespace scaffold::jinja {

// Appends the decoded text; returns Python's words for the fault, or nothing.
std::string_view DecodeUnicodeEscape(std::string_view raw, std::string* out);

}  // namespace scaffold::jinja
