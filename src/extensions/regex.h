// Regex: Python's `re` on PCRE2.
//
// Patterns are parsed by our own translator with Python 3.11's grammar and error texts and handed
// to PCRE2 in its own notation, so that only the matching is PCRE2's. Matching is bounded: a
// pattern that backtracks without end is an Error(kLimit), not a hang.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scaffold {

// Python's re.IGNORECASE and so on; combine with |.
enum RegexFlags : uint32_t {
  kRegexNone = 0,
  kRegexIgnoreCase = 2,
  kRegexMultiline = 8,
  kRegexDotAll = 16,
  kRegexVerbose = 64,
  kRegexAscii = 256,
};

// Byte offsets into the subject.
struct RegexSpan {
  size_t begin = 0;
  size_t end = 0;
};

// Group 0 is the whole match; nullopt: the group took no part.
using RegexMatch = std::vector<std::optional<RegexSpan>>;

class Regex {
 public:
  // Throws Error(kRegex) with Python's text: "missing ), unterminated subpattern at position 0".
  static std::shared_ptr<const Regex> Compile(std::string_view pattern,
                                              uint32_t flags = kRegexNone);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  size_t groups() const { return groups_; }
  // Null when there is no group of that name.
  const size_t* GroupIndex(std::string_view name) const;

  // re.search, re.match and re.fullmatch.
  std::optional<RegexMatch> Search(std::string_view subject) const;
  std::optional<RegexMatch> MatchPrefix(std::string_view subject) const;
  std::optional<RegexMatch> MatchAll(std::string_view subject) const;
  // All matches as re.finditer gives them: an empty match may follow a match, but not another empty
  // one at the same place. `limit` 0: no limit.
  std::vector<RegexMatch> FindAll(std::string_view subject, size_t limit = 0) const;
  // re.sub with Python's template notation (\1, \g<name>, \n).
  std::string Substitute(std::string_view replacement, std::string_view subject,
                         size_t limit = 0) const;
  // re.split: pieces and, between them, the groups of the separators (nullopt: took no part).
  std::vector<std::optional<std::string>> Split(std::string_view subject, size_t limit = 0) const;

 private:
  struct Rep;

  Regex();
  std::optional<RegexMatch> Match(std::string_view subject, size_t start, uint32_t options) const;

  std::unique_ptr<Rep> rep_;
  size_t groups_ = 0;
  std::map<std::string, size_t, std::less<>> names_;
};

// re.escape.
std::string EscapeRegex(std::string_view text);

}  // namespace scaffold
