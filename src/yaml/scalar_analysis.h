// ScalarAnalysis: in which styles PyYAML's emitter may write a text.

#pragma once

#include <string_view>

namespace scaffold::yaml {

struct ScalarAnalysis {
  bool empty = false;
  bool multiline = false;
  bool allow_flow_plain = false;
  bool allow_block_plain = true;
  bool allow_single_quoted = true;
  bool allow_block = false;
};

ScalarAnalysis AnalyzeScalar(std::u32string_view text, bool allow_unicode);

// The line breaks of YAML that a text may keep: \n, U+0085, U+2028, U+2029.
inline bool IsBreak(char32_t c) { return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029; }

}  // namespace scaffold::yaml
