#include "value/unicode.h"

#include <algorithm>
#include <cstddef>

#include "support/utf8.h"
#include "value/unicode_tables.h"

namespace scaffold {
namespace {

constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kSmallSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;

const UnicodeRecord& RecordOf(char32_t c) {
  static constexpr UnicodeRecord kNone = {0, -1, 0};
  if (c > 0x10FFFF) return kNone;
  const size_t block = kUnicodeStage1[c >> kUnicodeShift];
  const size_t offset = c & ((1u << kUnicodeShift) - 1);
  return kUnicodeRecords[kUnicodeStage2[(block << kUnicodeShift) + offset]];
}

bool HasFlag(char32_t c, UnicodeFlag flag) { return (RecordOf(c).flags & flag) != 0; }

struct CaseMap {
  const CaseRange* ranges;
  size_t range_count;
  const CaseExpansion* expansions;
  size_t expansion_count;
};
const CaseMap kUpperMap = {kUpperRanges, kUpperRangeCount, kUpperExpansions, kUpperExpansionCount};
const CaseMap kLowerMap = {kLowerRanges, kLowerRangeCount, kLowerExpansions, kLowerExpansionCount};
const CaseMap kTitleMap = {kTitleRanges, kTitleRangeCount, kTitleExpansions, kTitleExpansionCount};
const CaseMap kFoldMap = {kFoldRanges, kFoldRangeCount, kFoldExpansions, kFoldExpansionCount};

void AppendMapped(std::string* out, const CaseMap& map, char32_t c) {
  const CaseRange* const ranges_end = map.ranges + map.range_count;
  const CaseRange* range =
      std::partition_point(map.ranges, ranges_end, [c](const CaseRange& r) { return r.last < c; });
  if (range != ranges_end && range->first <= c && (c - range->first) % range->stride == 0) {
    AppendUtf8(out, static_cast<char32_t>(static_cast<int32_t>(c) + range->delta));
    return;
  }
  const CaseExpansion* const expansions_end = map.expansions + map.expansion_count;
  const CaseExpansion* expansion = std::partition_point(
      map.expansions, expansions_end, [c](const CaseExpansion& e) { return e.code_point < c; });
  if (expansion == expansions_end || expansion->code_point != c) {
    AppendUtf8(out, c);
    return;
  }
  for (uint32_t mapped : expansion->mapped) {
    if (mapped != 0) AppendUtf8(out, mapped);
  }
}

// Byte offset of the code point before `pos`.
size_t PreviousOffset(std::string_view text, size_t pos) {
  do {
    --pos;
  } while (pos > 0 && (static_cast<unsigned char>(text[pos]) & 0xC0) == 0x80);
  return pos;
}

bool CasedBefore(std::string_view text, size_t pos) {
  while (pos > 0) {
    pos = PreviousOffset(text, pos);
    size_t next = pos;
    const char32_t c = DecodeUtf8(text, &next);
    if (!IsCaseIgnorable(c)) return IsCased(c);
  }
  return false;
}

bool CasedAfter(std::string_view text, size_t pos) {
  while (pos < text.size()) {
    const char32_t c = DecodeUtf8(text, &pos);
    if (!IsCaseIgnorable(c)) return IsCased(c);
  }
  return false;
}

// Lowers the code point `c`, which stands in `text` at the bytes from `begin` to `end`.
void AppendLower(std::string* out, std::string_view text, char32_t c, size_t begin, size_t end) {
  if (c != kCapitalSigma) return AppendMapped(out, kLowerMap, c);
  const bool is_final = CasedBefore(text, begin) && !CasedAfter(text, end);
  AppendUtf8(out, is_final ? kFinalSigma : kSmallSigma);
}

char UpperAscii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Calls `append(out, code_point, begin, end)` for each code point.
template <typename Append>
std::string MapText(std::string_view text, Append append) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    append(&out, c, begin, pos);
  }
  return out;
}

std::string MapEach(std::string_view text, const CaseMap& map) {
  return MapText(
      text, [&map](std::string* out, char32_t c, size_t, size_t) { AppendMapped(out, map, c); });
}

template <typename Map>
std::string MapAscii(std::string_view text, Map map) {
  std::string out(text);
  for (char& c : out) c = map(c);
  return out;
}

}  // namespace

bool IsPrintable(char32_t c) { return HasFlag(c, kFlagPrintable); }
bool IsSpace(char32_t c) { return HasFlag(c, kFlagSpace); }
bool IsAlpha(char32_t c) { return HasFlag(c, kFlagAlpha); }
bool IsDecimal(char32_t c) { return HasFlag(c, kFlagDecimal); }
bool IsDigit(char32_t c) { return HasFlag(c, kFlagDigit); }
bool IsNumeric(char32_t c) { return HasFlag(c, kFlagNumeric); }
bool IsUpper(char32_t c) { return HasFlag(c, kFlagUpper); }
bool IsLower(char32_t c) { return HasFlag(c, kFlagLower); }
bool IsTitle(char32_t c) { return HasFlag(c, kFlagTitle); }
bool IsCased(char32_t c) { return HasFlag(c, kFlagCased); }
bool IsCaseIgnorable(char32_t c) { return HasFlag(c, kFlagCaseIgnorable); }
bool IsIdentifierStart(char32_t c) { return HasFlag(c, kFlagIdentifierStart); }
bool IsIdentifierPart(char32_t c) { return HasFlag(c, kFlagIdentifierPart); }
bool IsWide(char32_t c) { return HasFlag(c, kFlagWide); }
bool IsAlnum(char32_t c) {
  constexpr uint16_t kAny = kFlagAlpha | kFlagDecimal | kFlagDigit | kFlagNumeric;
  return (RecordOf(c).flags & kAny) != 0;
}
int DecimalValue(char32_t c) { return RecordOf(c).decimal; }

std::string ToUpper(std::string_view text) {
  return IsAscii(text) ? MapAscii(text, UpperAscii) : MapEach(text, kUpperMap);
}

std::string ToLower(std::string_view text) {
  if (IsAscii(text)) return MapAscii(text, LowerAscii);
  return MapText(text, [text](std::string* out, char32_t c, size_t begin, size_t end) {
    AppendLower(out, text, c, begin, end);
  });
}

std::string ToTitle(std::string_view text) {
  bool after_cased = false;
  return MapText(text, [&](std::string* out, char32_t c, size_t begin, size_t end) {
    if (after_cased) {
      AppendLower(out, text, c, begin, end);
    } else {
      AppendMapped(out, kTitleMap, c);
    }
    after_cased = IsCased(c);
  });
}

std::string Capitalize(std::string_view text) {
  return MapText(text, [text](std::string* out, char32_t c, size_t begin, size_t end) {
    if (begin == 0) {
      AppendMapped(out, kTitleMap, c);
    } else {
      AppendLower(out, text, c, begin, end);
    }
  });
}

std::string SwapCase(std::string_view text) {
  return MapText(text, [text](std::string* out, char32_t c, size_t begin, size_t end) {
    if (IsUpper(c)) {
      AppendLower(out, text, c, begin, end);
    } else if (IsLower(c)) {
      AppendMapped(out, kUpperMap, c);
    } else {
      AppendUtf8(out, c);
    }
  });
}

std::string CaseFold(std::string_view text) {
  return IsAscii(text) ? MapAscii(text, LowerAscii) : MapEach(text, kFoldMap);
}

}  // namespace scaffold
