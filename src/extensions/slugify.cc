#include "extensions/slugify.h"

#include <algorithm>
#include <functional>

#include "extensions/regex.h"
#include "extensions/transliterate.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/html_entities.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

constexpr char kDash = '-';

// Text with every match of `pattern` replaced by what `replace` makes of its first group.
std::string ReplaceMatches(const std::string& pattern, const std::string& text,
                           const std::function<std::string(std::string_view)>& replace) {
  std::string out;
  size_t copied = 0;
  for (const RegexMatch& match : Regex::Compile(pattern)->FindAll(text)) {
    out.append(text, copied, match[0]->begin - copied);
    out += replace(std::string_view(text).substr(match[1]->begin, match[1]->end - match[1]->begin));
    copied = match[0]->end;
  }
  return out.append(text, copied);
}

// The character of a number; one that is none leaves the whole text as it is, as slugify does.
std::string DecodeNumbers(const std::string& pattern, int base, const std::string& text) {
  bool valid = true;
  std::string decoded = ReplaceMatches(pattern, text, [&](std::string_view digits) {
    uint64_t code = 0x110000;
    if (digits.size() <= 9) code = std::stoull(std::string(digits), nullptr, base);
    valid = valid && code < 0x110000;
    std::string character;
    if (valid) AppendUtf8(&character, static_cast<char32_t>(code));
    return character;
  });
  return valid ? decoded : text;
}

std::string DecodeEntities(std::string text, const SlugOptions& options) {
  if (text.find('&') == std::string::npos) return text;
  if (options.entities) {
    text = ReplaceMatches("&([a-zA-Z][a-zA-Z0-9]*);", text, [](std::string_view name) {
      return UnescapeHtml("&" + std::string(name) + ";");
    });
  }
  if (options.decimal) text = DecodeNumbers("&#([0-9]+);", 10, text);
  if (options.hexadecimal) text = DecodeNumbers("&#x([0-9a-fA-F]+);", 16, text);
  return text;
}

std::string ReplaceQuotes(const std::string& text, std::string_view with) {
  return Regex::Compile("'+")->Substitute(with, text);
}

std::string StripDashes(std::string_view text) {
  const size_t begin = text.find_first_not_of(kDash);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kDash) + 1 - begin));
}

std::string ApplyReplacements(std::string text, const SlugOptions& options) {
  for (const auto& [from, to] : options.replacements) text = ReplaceAll(text, from, to);
  return text;
}

std::string DropStopwords(const std::string& text, const SlugOptions& options) {
  std::vector<std::string> stopwords = options.stopwords;
  if (options.lowercase) {
    for (std::string& word : stopwords) word = ToLower(word);
  }
  std::vector<std::string> words;
  for (const std::string_view word : Split(text, kDash)) {
    if (std::find(stopwords.begin(), stopwords.end(), word) == stopwords.end()) {
      words.emplace_back(word);
    }
  }
  return Join(words, "-");
}

// slugify's smart_truncate; lengths are in characters.
std::string Truncate(const std::string& slug, const SlugOptions& options) {
  const std::string text = StripDashes(slug);
  const auto limit = static_cast<size_t>(options.max_length);
  if (CountCodePoints(text) < limit) return text;
  const std::string cut = text.substr(0, OffsetOfCodePoint(text, limit));
  if (!options.word_boundary) return StripDashes(cut);
  if (text.find(kDash) == std::string::npos) return cut;
  std::string kept;
  for (const std::string_view word : Split(text, kDash)) {
    if (word.empty()) continue;
    const size_t length = CountCodePoints(kept) + CountCodePoints(word);
    if (length < limit) {
      kept.append(word) += kDash;
    } else if (length == limit) {
      kept.append(word);
      break;
    } else if (options.save_order) {
      break;
    }
  }
  return StripDashes(kept.empty() ? cut : kept);
}

}  // namespace

std::string Slugify(std::string_view input, const SlugOptions& options) {
  std::string text = ApplyReplacements(std::string(input), options);
  text = ReplaceQuotes(text, "-");
  text = options.allow_unicode ? ComposeText(text) : Transliterate(DecomposeText(text));
  text = DecodeEntities(std::move(text), options);
  text = options.allow_unicode ? ComposeText(text) : DecomposeText(text);
  if (options.lowercase) text = ToLower(text);
  text = ReplaceQuotes(text, "");
  text = Regex::Compile("(?<=\\d),(?=\\d)")->Substitute("", text);
  const std::string usual = options.allow_unicode ? "[\\W_]+" : "[^-a-zA-Z0-9]+";
  const std::string& pattern = options.regex_pattern.empty() ? usual : options.regex_pattern;
  text = Regex::Compile(pattern)->Substitute("-", text);
  text = StripDashes(Regex::Compile("-{2,}")->Substitute("-", text));
  if (!options.stopwords.empty()) text = DropStopwords(text, options);
  text = ApplyReplacements(std::move(text), options);
  if (options.max_length > 0) text = Truncate(text, options);
  return options.separator == "-" ? text : ReplaceAll(text, "-", options.separator);
}

}  // namespace scaffold
