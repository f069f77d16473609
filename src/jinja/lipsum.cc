#include "jinja/lipsum.h"

#include <random>
#include <string>
#include <string_view>

#include "scaffold/error.h"
#include "value/limits.h"

namespace scaffold::jinja {
namespace {

constexpr std::string_view kWords[] = {
    "ad",     "aer",    "alter",  "amor",   "annus", "aqua",   "ars",     "atque", "aut",
    "bellum", "bonus",  "caelum", "campus", "canis", "causa",  "cena",    "civis", "cum",
    "cura",   "dies",   "domus",  "ego",    "equus", "et",     "ex",      "fama",  "flumen",
    "focus",  "fons",   "forma",  "frater", "gens",  "hora",   "hortus",  "ignis", "in",
    "insula", "iter",   "labor",  "lectus", "lex",   "liber",  "littera", "locus", "luna",
    "lux",    "mare",   "mater",  "mens",   "mons",  "navis",  "nemo",    "nihil", "nomen",
    "nox",    "nunc",   "omnis",  "opus",   "ordo",  "otium",  "panis",   "pater", "pax",
    "per",    "pons",   "porta",  "puer",   "quies", "ratio",  "res",     "rosa",  "saxum",
    "schola", "semper", "silva",  "sol",    "spes",  "tempus", "terra",   "umbra", "unda",
    "urbs",   "usus",   "ventus", "verbum", "via",   "vinum",  "vir",     "vita",  "vox"};

class ParagraphMaker {
 public:
  std::string Make(int64_t min, int64_t max) {
    std::string paragraph;
    const int64_t words = Between(min, max - 1);
    bool capitalized = true;
    int64_t until_comma = Between(3, 8);
    int64_t until_stop = Between(10, 20);
    for (int64_t i = 0; i < words; ++i) {
      std::string word = NextWord();
      if (capitalized) word[0] = static_cast<char>(word[0] - 'a' + 'A');
      capitalized = false;
      if (i > 0) paragraph += ' ';
      paragraph += word;
      if (i + 1 == words) break;
      if (--until_stop == 0) {
        paragraph += '.';
        capitalized = true;
        until_comma = Between(3, 8);
        until_stop = Between(10, 20);
      } else if (--until_comma == 0) {
        paragraph += ',';
        until_comma = Between(3, 8);
      }
    }
    return paragraph + ".";
  }

 private:
  int64_t Between(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random_);
  }
  std::string NextWord() {
    size_t index = last_;
    while (index == last_) {
      index = static_cast<size_t>(Between(0, static_cast<int64_t>(std::size(kWords)) - 1));
    }
    last_ = index;
    return std::string(kWords[index]);
  }

  std::mt19937 random_{std::random_device{}()};
  size_t last_ = std::size(kWords);
};

}  // namespace

Value GenerateLoremIpsum(int64_t count, bool html, int64_t min, int64_t max) {
  if (count > 0 && min >= max) {
    throw Error(ErrorKind::kValue, "empty range for randrange() (" + std::to_string(min) + ", " +
                                       std::to_string(max) + ", " + std::to_string(max - min) +
                                       ")");
  }
  ParagraphMaker maker;
  std::string text;
  for (int64_t i = 0; i < count; ++i) {
    ChargeBytes(static_cast<uint64_t>(max) * 8);
    const std::string paragraph = maker.Make(min, max);
    if (i > 0) text += html ? "\n" : "\n\n";
    text += html ? "<p>" + paragraph + "</p>" : paragraph;
  }
  return html ? Value::Markup(std::move(text)) : Value(std::move(text));
}

}  // namespace scaffold::jinja
