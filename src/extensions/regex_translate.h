// From Python's pattern notation to PCRE2's.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace scaffold {

struct RegexProgram {
  std::string pattern;  // for PCRE2 with UTF and UCP, a newline being "\n"
  size_t groups = 0;
  std::map<std::string, size_t, std::less<>> names;
};

// Throws Error(kRegex) with the texts of Python 3.11's re.error.
RegexProgram TranslateRegex(std::string_view pattern, uint32_t flags);

}  // namespace scaffold
