// Python's replacement templates: "\1-\g<name>".

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extensions/regex.h"

namespace scaffold {

struct RegexTemplatePart {
  std::string text;  // before the group
  int group = -1;    // -1: none
};

// Throws Error(kRegex), or Error(kIndex) for an unknown name, with Python's texts.
std::vector<RegexTemplatePart> ParseRegexTemplate(std::string_view replacement, const Regex& regex);
// A group that took no part is empty.
void AppendExpansion(const std::vector<RegexTemplatePart>& parts, const RegexMatch& match,
                     std::string_view subject, std::string* out);

}  // namespace scaffold
