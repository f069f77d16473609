// Tables behind value/unicode.h.

#pragma once

#include <cstddef>
#include <cstdint>

namespace scaffold::unicode_tables {

inline constexpr uint16_t kPrintable = 1 << 0;
inline constexpr uint16_t kSpace = 1 << 1;
inline constexpr uint16_t kAlpha = 1 << 2;
inline constexpr uint16_t kDecimal = 1 << 3;
inline constexpr uint16_t kDigit = 1 << 4;
inline constexpr uint16_t kNumeric = 1 << 5;
inline constexpr uint16_t kUpper = 1 << 6;
inline constexpr uint16_t kLower = 1 << 7;
inline constexpr uint16_t kTitle = 1 << 8;
inline constexpr uint16_t kCaseIgnorable = 1 << 9;
inline constexpr uint16_t kIdentifierStart = 1 << 10;
inline constexpr uint16_t kIdentifierPart = 1 << 11;
// The mappings are texts of up to three code points: `upper` is an index into kSpecial.
inline constexpr uint16_t kSpecialCase = 1 << 12;

// Case mappings are distances from the code point.
struct Record {
  uint16_t flags;
  int8_t decimal;  // -1: not a decimal digit
  int32_t upper, lower, title, fold;
};
struct SpecialCase {
  char32_t upper[4], lower[4], title[4], fold[4];  // each ends with a zero
};

// A run is its first code point, then the index of its record in the low bits.
inline constexpr int kRecordBits = 9;
extern const uint32_t kRuns[];
extern const size_t kRunCount;
extern const Record kRecords[];
extern const SpecialCase kSpecial[];

}  // namespace scaffold::unicode_tables
