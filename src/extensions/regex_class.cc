#include "extensions/regex_class.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "extensions/regex.h"
#include "jinja/unicode_names.h"
#include "support/utf8.h"

namespace scaffold {
namespace {

// str.isspace and everything else: PCRE2's \s has other members.
constexpr std::string_view kSpace =
    "\\x09-\\x0D\\x1C-\\x20\\x85\\xA0\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}"
    "\\x{205F}\\x{3000}";
constexpr std::string_view kNotSpace =
    "\\x00-\\x08\\x0E-\\x1B\\x21-\\x84\\x86-\\x9F\\xA1-\\x{167F}\\x{1681}-\\x{1FFF}"
    "\\x{200B}-\\x{2027}\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}"
    "\\x{3001}-\\x{10FFFF}";

std::string_view CategoryMembers(char32_t letter, bool ascii) {
  switch (letter) {
    case 'd':
      return ascii ? "0-9" : "\\p{Nd}";
    case 'D':
      return ascii ? "\\x00-\\x2F\\x3A-\\x{10FFFF}" : "\\P{Nd}";
    case 's':
      return ascii ? "\\x09-\\x0D\\x20" : kSpace;
    case 'S':
      return ascii ? "\\x00-\\x08\\x0E-\\x1F\\x21-\\x{10FFFF}" : kNotSpace;
    case 'w':
      return ascii ? "a-zA-Z0-9_" : "\\w";
    default:
      return ascii ? "\\x00-\\x2F\\x3A-\\x40\\x5B-\\x5E\\x60\\x7B-\\x{10FFFF}" : "\\W";
  }
}

void AppendCharacter(std::string* out, char32_t c) {
  const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     c == '_' || (c >= 0x80 && (c < 0xD800 || c > 0xDFFF));
  if (plain) {
    AppendUtf8(out, c);
    return;
  }
  // Lone surrogates occur in no text that PCRE2 reads; any character that never occurs will do.
  std::array<char, 16> text;
  const int size = std::snprintf(text.data(), text.size(), "\\x{%X}",
                                 static_cast<unsigned>(c >= 0xD800 && c <= 0xDFFF ? 0x10FFFF : c));
  out->append(text.data(), static_cast<size_t>(size));
}

// Python lets the dotted and the dotless i match i when case is ignored; PCRE2 does not.
constexpr std::array<char32_t, 4> kLettersLikeI = {'i', 'I', 0x130, 0x131};

}  // namespace

void RegexClass::AddCategory(char32_t letter, bool ascii) {
  categories_ += CategoryMembers(letter, ascii);
}

void RegexClass::AppendMembers(std::string* out, uint32_t flags) const {
  bool like_i = false;
  for (const auto& [low, high] : ranges_) {
    AppendCharacter(out, low);
    if (high != low) {
      *out += '-';
      AppendCharacter(out, high);
    }
    like_i = like_i || std::any_of(kLettersLikeI.begin(), kLettersLikeI.end(),
                                   [&](char32_t c) { return low <= c && c <= high; });
  }
  if (like_i && (flags & kRegexIgnoreCase) != 0 && (flags & kRegexAscii) == 0) {
    for (char32_t c : kLettersLikeI) AppendCharacter(out, c);
  }
  *out += categories_;
}

std::string RegexClass::ToPattern(uint32_t flags) const {
  std::string members;
  AppendMembers(&members, flags);
  const bool single = !negated_ && categories_.empty() && ranges_.size() == 1 &&
                      ranges_[0].first == ranges_[0].second;
  std::string character;
  if (single) AppendCharacter(&character, ranges_[0].first);
  if (single && members == character) return character;
  return (negated_ ? "[^" : "[") + members + "]";
}

std::optional<char32_t> LookUpCharacter(std::string_view name) {
  const char32_t c = jinja::FindCharacterByName(name);
  return c == 0 ? std::nullopt : std::optional<char32_t>(c);
}

}  // namespace scaffold
