#include "yaml/scalar_analysis.h"

#include <algorithm>

namespace scaffold::yaml {
namespace {

bool IsIn(char32_t c, std::string_view set) {
  return c < 0x80 && c != 0 && set.find(static_cast<char>(c)) != std::string_view::npos;
}

bool IsBlank(char32_t c) { return c == '\0' || c == ' ' || c == '\t' || c == '\r' || IsBreak(c); }

// Characters that would read as syntax in a plain scalar.
struct Indicators {
  bool flow = false;
  bool block = false;
};

Indicators FindIndicators(std::u32string_view text) {
  Indicators found;
  found.flow = found.block = text.starts_with(U"---") || text.starts_with(U"...");
  for (size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    const bool blank_follows = i + 1 >= text.size() || IsBlank(text[i + 1]);
    if (i == 0) {
      const bool leading = IsIn(c, "#,[]{}&*!|>'\"%@`") || (c == '-' && blank_follows);
      found.flow |= leading || c == '?' || c == ':';
      found.block |= leading || ((c == '?' || c == ':') && blank_follows);
      continue;
    }
    const bool comment = c == '#' && IsBlank(text[i - 1]);
    found.flow |= IsIn(c, ",?[]{}:") || comment;
    found.block |= (c == ':' && blank_follows) || comment;
  }
  return found;
}

bool NeedsEscape(char32_t c, bool allow_unicode) {
  if (c == '\n' || (c >= 0x20 && c <= 0x7E)) return false;
  const bool printable = c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) ||
                         (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) ||
                         (c >= 0x10000 && c < 0x10FFFF);
  return !printable || !allow_unicode;
}

}  // namespace

ScalarAnalysis AnalyzeScalar(std::u32string_view text, bool allow_unicode) {
  ScalarAnalysis analysis;
  if (text.empty()) {
    analysis.empty = true;
    return analysis;
  }
  bool break_space = false;
  bool space_break = false;
  for (size_t i = 1; i < text.size(); ++i) {
    break_space |= text[i] == ' ' && IsBreak(text[i - 1]);
    space_break |= text[i - 1] == ' ' && IsBreak(text[i]);
  }
  analysis.multiline = std::any_of(text.begin(), text.end(), IsBreak);
  const bool special = std::any_of(text.begin(), text.end(),
                                   [&](char32_t c) { return NeedsEscape(c, allow_unicode); });
  const bool at_ends =
      text.front() == ' ' || text.back() == ' ' || IsBreak(text.front()) || IsBreak(text.back());
  const bool escape = space_break || special;
  const bool plain = !at_ends && !break_space && !escape && !analysis.multiline;
  const Indicators indicators = FindIndicators(text);
  analysis.allow_flow_plain = plain && !indicators.flow;
  analysis.allow_block_plain = plain && !indicators.block;
  analysis.allow_single_quoted = !break_space && !escape;
  analysis.allow_block = text.back() != ' ' && !escape;
  return analysis;
}

}  // namespace scaffold::yaml
