// The format-specification mini-language:
// [[fill]align][sign][z][#][0][width][,_][.precision][type].

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

struct FormatSpec {
  std::string fill = " ";  // one code point
  char align = '>';        // < > ^ =
  char sign = '-';         // - + or blank
  bool has_sign = false;
  bool no_negative_zero = false;
  bool alternate = false;
  char grouping = '\0';    // , or _
  int64_t width = -1;      // -1: none
  int64_t precision = -1;  // -1: none
  char32_t type = 0;       // 0: none
};

// A number cut into the parts that alignment and grouping treat differently.
struct NumberParts {
  bool negative = false;
  std::string prefix;  // "0x"
  std::string digits;  // these are grouped
  std::string rest;    // from the point on
};

// ValueError with Python's texts; `value` is named in them.
FormatSpec ParseFormatSpec(std::string_view text, const Value& value, char32_t default_type,
                           char default_align);
std::string LayOutNumber(const FormatSpec& spec, const NumberParts& parts);
// `text` of so many code points in the width of the spec.
std::string LayOutText(const FormatSpec& spec, std::string_view text, size_t length);
// "Unknown format code 'd' for object of type 'str'".
[[noreturn]] void ThrowUnknownCode(char32_t type, const Value& value);

}  // namespace scaffold
