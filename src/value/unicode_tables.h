// Tables of the Unicode database, written by tools/gen_unicode_tables.py; read through unicode.h.

#pragma once

#include <cstddef>
#include <cstdint>

namespace scaffold {

enum UnicodeFlag : uint16_t {
  kFlagPrintable = 1 << 0,
  kFlagSpace = 1 << 1,
  kFlagAlpha = 1 << 2,
  kFlagDecimal = 1 << 3,
  kFlagDigit = 1 << 4,
  kFlagNumeric = 1 << 5,
  kFlagUpper = 1 << 6,
  kFlagLower = 1 << 7,
  kFlagTitle = 1 << 8,
  kFlagCased = 1 << 9,
  kFlagCaseIgnorable = 1 << 10,
  kFlagIdentifierStart = 1 << 11,
  kFlagIdentifierPart = 1 << 12,
  kFlagWide = 1 << 13,  // East Asian width W or F
};

struct UnicodeRecord {
  uint16_t flags;
  int8_t decimal;    // -1 when not a decimal digit
  uint8_t category;  // index into the order Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc ... (the generator)
};

constexpr int kUnicodeShift = 7;
extern const UnicodeRecord kUnicodeRecords[];
extern const uint16_t kUnicodeStage1[];  // by code point >> kUnicodeShift
extern const uint8_t kUnicodeStage2[];

// Every `stride`-th code point from first to last maps to itself plus delta.
struct CaseRange {
  uint32_t first, last;
  uint32_t stride;
  int32_t delta;
};
// A code point that maps to several; zeros fill up.
struct CaseExpansion {
  uint32_t code_point;
  uint32_t mapped[3];
};

// Sorted by code point.
extern const CaseRange kUpperRanges[], kLowerRanges[], kTitleRanges[], kFoldRanges[];
extern const size_t kUpperRangeCount, kLowerRangeCount, kTitleRangeCount, kFoldRangeCount;
extern const CaseExpansion kUpperExpansions[], kLowerExpansions[], kTitleExpansions[],
    kFoldExpansions[];
extern const size_t kUpperExpansionCount, kLowerExpansionCount, kTitleExpansionCount,
    kFoldExpansionCount;

}  // namespace scaffold
