#include "extensions/transliterate.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <unordered_map>

#include "support/utf8.h"

namespace scaffold {
namespace {

struct Row {
  std::string_view letters;  // one after the other
  std::string_view ascii;    // their forms, separated by blanks
};

// What has no decomposition into an ASCII letter and an accent.
constexpr Row kRows[] = {
    // Latin
    {"ÆæŒœØøÐðĐđÞþŁłßıĦħŊŋŦŧĸſƒ", "AE ae OE oe O o D d D d Th th L l ss i H h ng NG T t k s f"},
    {"ƀƁƆƇƈƉƊƋƌƎƏƐƑƓƔƖƗƘƙƚƝƞƤƥƫƬƭƮƲƳƴƵƶȺȻȼɃɄɆɇ",
     "b B O C c D D D d 3 @ E F G G I I K k l N n P p t T t T V Y y Z z A C c B U E e"},
    // Greek
    {"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", "A B G D E Z E Th I K L M N Ks O P R S T U Ph Kh Ps O"},
    {"αβγδεζηθικλμνξοπρςστυφχψω", "a b g d e z e th i k l m n x o p r s s t u ph kh ps o"},
    // Cyrillic
    {"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЬЭЮЯ",
     "A B V G D E Zh Z I I K L M N O P R S T U F Kh Ts Ch Sh Shch Y ' E Iu Ia"},
    {"абвгдежзийклмнопрстуфхцчшщыьэюя",
     "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch y ' e iu ia"},
    {"ЂЃЄЅІЇЈЉЊЋЌЏђѓєѕіїјљњћќџҐґ",
     "Dj Gj E Dz I Yi J Lj Nj Tsh Kj Dzh dj gj ie dz i yi j lj nj tsh kj dzh G' g'"},
    // Signs
    {"¡¢£¤¥¦§©«¬®°±¶·»¿×÷€", "! C/ PS $? Y= | SS (c) << ! (r) deg +- P * >> ? x / EUR"},
    {"‐‑‒–—―‘’‚“”„†‡•′″‹›⁄", "- - - - -- -- ' ' , \" \" ,, + ++ * ' '' < > /"},
};

const std::unordered_map<char32_t, std::string_view>& Forms() {
  static const auto forms = [] {
    std::unordered_map<char32_t, std::string_view> table;
    for (const Row& row : kRows) {
      std::string_view rest = row.ascii;
      for (size_t pos = 0; pos < row.letters.size();) {
        const char32_t letter = DecodeUtf8(row.letters, &pos);
        const std::string_view form = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), form.size() + 1));
        table.emplace(letter, form);
      }
    }
    return table;
  }();
  return forms;
}

std::string Normalize(std::string_view text, utf8proc_option_t options) {
  if (IsAscii(text)) return std::string(text);
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, std::free);
  if (size < 0) return std::string(text);  // no UTF-8
  return std::string(reinterpret_cast<const char*>(out), static_cast<size_t>(size));
}

}  // namespace

std::string DecomposeText(std::string_view text) {
  return Normalize(text, static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT));
}

std::string ComposeText(std::string_view text) {
  return Normalize(text, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
}

std::string Transliterate(std::string_view text) {
  std::string out;
  for (size_t pos = 0; pos < text.size();) {
    const char32_t c = DecodeUtf8(text, &pos);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (const auto found = Forms().find(c); found != Forms().end()) {
      out += found->second;
    }
  }
  return out;
}

}  // namespace scaffold
