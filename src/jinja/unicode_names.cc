#include "jinja/unicode_names.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "support/text.h"

extern "C" {
extern const unsigned char scaffold_unicode_names_begin[];
extern const unsigned char scaffold_unicode_names_end[];
}

namespace scaffold::jinja {
namespace {

uint32_t ReadInteger(const unsigned char** at, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; ++i) value |= static_cast<uint32_t>(*(*at)++) << (8 * i);
  return value;
}

// The numbers of the words, which stand sorted at the beginning of the table; empty when one is
// unknown. `*at` moves past the words.
std::vector<uint32_t> FindWords(const std::vector<std::string_view>& wanted, uint32_t count,
                                const unsigned char** at) {
  std::vector<std::string_view> words;
  words.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t size = ReadInteger(at, 1);
    words.emplace_back(reinterpret_cast<const char*>(*at), size);
    *at += size;
  }
  std::vector<uint32_t> numbers;
  for (std::string_view word : wanted) {
    const auto found = std::lower_bound(words.begin(), words.end(), word);
    if (found == words.end() || *found != word) return {};
    numbers.push_back(static_cast<uint32_t>(found - words.begin()));
  }
  return numbers;
}

char32_t FindInTable(const std::string& name) {
  const unsigned char* at = scaffold_unicode_names_begin;
  const uint32_t word_count = ReadInteger(&at, 4);
  const uint32_t entry_count = ReadInteger(&at, 4);
  const std::vector<uint32_t> numbers = FindWords(Split(name, ' '), word_count, &at);
  if (numbers.empty()) return 0;
  for (uint32_t i = 0; i < entry_count; ++i) {
    const uint32_t code = ReadInteger(&at, 3);
    const uint32_t size = ReadInteger(&at, 1);
    bool same = size == numbers.size();
    for (uint32_t k = 0; k < size; ++k) {
      const uint32_t number = ReadInteger(&at, 2);
      same = same && number == numbers[k];
    }
    if (same) return code;
  }
  return 0;
}

struct Family {
  std::string_view prefix;
  char32_t first;
  char32_t last;
};

// Characters whose name ends with their code point.
constexpr Family kFamilies[] = {
    {"CJK UNIFIED IDEOGRAPH-", 0x3400, 0x4DBF},   {"CJK UNIFIED IDEOGRAPH-", 0x4E00, 0x9FFF},
    {"CJK UNIFIED IDEOGRAPH-", 0x20000, 0x2A6DF}, {"CJK UNIFIED IDEOGRAPH-", 0x2A700, 0x2B738},
    {"CJK UNIFIED IDEOGRAPH-", 0x2B740, 0x2B81D}, {"CJK UNIFIED IDEOGRAPH-", 0x2B820, 0x2CEA1},
    {"CJK UNIFIED IDEOGRAPH-", 0x2CEB0, 0x2EBE0}, {"CJK UNIFIED IDEOGRAPH-", 0x30000, 0x3134A},
};

char32_t FindByCodePoint(const std::string& name) {
  for (const Family& family : kFamilies) {
    if (!name.starts_with(family.prefix)) continue;
    const std::string digits = name.substr(family.prefix.size());
    if (digits.size() < 4 || digits.size() > 5 ||
        digits.find_first_not_of("0123456789ABCDEF") != std::string::npos) {
      return 0;
    }
    const auto code = static_cast<char32_t>(std::stoul(digits, nullptr, 16));
    if (code >= family.first && code <= family.last) return code;
  }
  return 0;
}

// Index of the longest entry that the text begins with; the empty one matches at last.
size_t LongestPrefix(std::span<const std::string_view> entries, std::string_view text) {
  size_t best = entries.size();
  for (size_t i = 0; i < entries.size(); ++i) {
    if (text.starts_with(entries[i]) &&
        (best == entries.size() || entries[i].size() > entries[best].size())) {
      best = i;
    }
  }
  return best;
}

// Hangul syllables are named by the sounds they are composed of.
char32_t FindHangul(const std::string& name) {
  static constexpr std::string_view kPrefix = "HANGUL SYLLABLE ";
  static constexpr std::string_view kLeads[] = {"G", "GG", "N", "D",  "DD", "R", "M",
                                                "B", "BB", "S", "SS", "",   "J", "JJ",
                                                "C", "K",  "T", "P",  "H"};
  static constexpr std::string_view kVowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                                 "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                                 "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
  static constexpr std::string_view kTails[] = {
      "",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
      "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};
  if (!name.starts_with(kPrefix)) return 0;
  std::string_view rest = std::string_view(name).substr(kPrefix.size());
  const size_t lead = LongestPrefix(kLeads, rest);
  rest.remove_prefix(kLeads[lead].size());
  const size_t vowel = LongestPrefix(kVowels, rest);
  if (vowel == std::size(kVowels)) return 0;
  rest.remove_prefix(kVowels[vowel].size());
  const size_t tail = LongestPrefix(kTails, rest);
  if (kTails[tail] != rest) return 0;
  return static_cast<char32_t>(0xAC00 + (lead * 21 + vowel) * 28 + tail);
}

}  // namespace

char32_t FindCharacterByName(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (const char32_t code = FindHangul(upper)) return code;
  if (const char32_t code = FindByCodePoint(upper)) return code;
  return FindInTable(upper);
}

}  // namespace scaffold::jinja
