#include "value/unicode.h"

#include <algorithm>

#include "support/utf8.h"
#include "value/unicode_tables.h"

namespace scaffold {
namespace {

using unicode_tables::Record;
using unicode_tables::SpecialCase;

const Record& Find(char32_t c) {
  using unicode_tables::kRecordBits;
  // The run that holds c is the last one that does not begin after it.
  const uint32_t key = (std::min<uint32_t>(c, 0x10FFFF) + 1) << kRecordBits;
  const uint32_t* end = unicode_tables::kRuns + unicode_tables::kRunCount;
  const uint32_t run = *(std::lower_bound(unicode_tables::kRuns, end, key) - 1);
  return unicode_tables::kRecords[run & ((1U << kRecordBits) - 1)];
}

bool Has(char32_t c, uint16_t flags) { return (Find(c).flags & flags) != 0; }

using SpecialText = char32_t[4];

void AppendMapped(std::string* out, char32_t c, int32_t Record::*distance,
                  SpecialText SpecialCase::*special) {
  const Record& record = Find(c);
  if ((record.flags & unicode_tables::kSpecialCase) == 0) {
    AppendUtf8(out, static_cast<char32_t>(static_cast<int32_t>(c) + record.*distance));
    return;
  }
  for (char32_t part : unicode_tables::kSpecial[record.upper].*special) {
    if (part == 0) return;
    AppendUtf8(out, part);
  }
}

void AppendUpper(std::string* out, char32_t c) {
  AppendMapped(out, c, &Record::upper, &SpecialCase::upper);
}
void AppendTitle(std::string* out, char32_t c) {
  AppendMapped(out, c, &Record::title, &SpecialCase::title);
}

// A sigma is final when a cased letter stands before it and none after it, case-ignorable
// characters aside.
bool IsFinalSigma(std::string_view text, size_t begin, size_t end) {
  bool cased_before = false;
  for (size_t at = begin; at > 0 && !cased_before;) {
    do --at;
    while (at > 0 && (text[at] & 0xC0) == 0x80);
    size_t pos = at;
    const char32_t c = DecodeUtf8(text, &pos);
    if (IsCaseIgnorable(c)) continue;
    if (!IsCased(c)) return false;
    cased_before = true;
  }
  if (!cased_before) return false;
  while (end < text.size()) {
    const char32_t c = DecodeUtf8(text, &end);
    if (!IsCaseIgnorable(c)) return !IsCased(c);
  }
  return true;
}

// `text` from begin to end is one code point, c.
void AppendLower(std::string* out, std::string_view text, size_t begin, size_t end, char32_t c) {
  constexpr char32_t kSigma = 0x3A3;
  constexpr char32_t kFinalSigma = 0x3C2;
  if (c == kSigma && IsFinalSigma(text, begin, end)) {
    AppendUtf8(out, kFinalSigma);
  } else {
    AppendMapped(out, c, &Record::lower, &SpecialCase::lower);
  }
}

bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (IsAsciiUpper(c)) c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

}  // namespace

bool IsPrintable(char32_t c) { return Has(c, unicode_tables::kPrintable); }
bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  return Has(c, unicode_tables::kSpace);
}
bool IsAlpha(char32_t c) { return Has(c, unicode_tables::kAlpha); }
bool IsDecimal(char32_t c) { return Has(c, unicode_tables::kDecimal); }
bool IsDigit(char32_t c) { return Has(c, unicode_tables::kDigit); }
bool IsNumeric(char32_t c) { return Has(c, unicode_tables::kNumeric); }
bool IsUpper(char32_t c) { return Has(c, unicode_tables::kUpper); }
bool IsLower(char32_t c) { return Has(c, unicode_tables::kLower); }
bool IsTitle(char32_t c) { return Has(c, unicode_tables::kTitle); }
bool IsCased(char32_t c) {
  return Has(c, unicode_tables::kUpper | unicode_tables::kLower | unicode_tables::kTitle);
}
bool IsCaseIgnorable(char32_t c) { return Has(c, unicode_tables::kCaseIgnorable); }
bool IsIdentifierStart(char32_t c) { return Has(c, unicode_tables::kIdentifierStart); }
bool IsIdentifierPart(char32_t c) { return Has(c, unicode_tables::kIdentifierPart); }
int DecimalValue(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return Find(c).decimal;
}

std::string ToUpper(std::string_view text) {
  std::string upper;
  upper.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const char c = text[pos];
    if (static_cast<unsigned char>(c) < 0x80) {
      upper += IsAsciiLower(c) ? static_cast<char>(c - ('a' - 'A')) : c;
      ++pos;
    } else {
      AppendUpper(&upper, DecodeUtf8(text, &pos));
    }
  }
  return upper;
}

std::string ToLower(std::string_view text) {
  if (IsAscii(text)) return LowerAscii(text);
  std::string lower;
  lower.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    AppendLower(&lower, text, begin, pos, c);
  }
  return lower;
}

std::string ToTitle(std::string_view text) {
  std::string title;
  title.reserve(text.size());
  bool after_cased = false;
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    if (after_cased) {
      AppendLower(&title, text, begin, pos, c);
    } else {
      AppendTitle(&title, c);
    }
    after_cased = IsCased(c);
  }
  return title;
}

std::string Capitalize(std::string_view text) {
  if (text.empty()) return "";
  std::string result;
  result.reserve(text.size());
  size_t pos = 0;
  AppendTitle(&result, DecodeUtf8(text, &pos));
  while (pos < text.size()) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    AppendLower(&result, text, begin, pos, c);
  }
  return result;
}

std::string SwapCase(std::string_view text) {
  std::string swapped;
  swapped.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(text, &pos);
    if (IsUpper(c)) {
      AppendLower(&swapped, text, begin, pos, c);
    } else if (IsLower(c)) {
      AppendUpper(&swapped, c);
    } else {
      AppendUtf8(&swapped, c);
    }
  }
  return swapped;
}

std::string CaseFold(std::string_view text) {
  if (IsAscii(text)) return LowerAscii(text);
  std::string folded;
  folded.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    AppendMapped(&folded, DecodeUtf8(text, &pos), &Record::fold, &SpecialCase::fold);
  }
  return folded;
}

}  // namespace scaffold
