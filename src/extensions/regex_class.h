// A set of characters of a Python pattern, written for PCRE2.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scaffold {

class RegexClass {
 public:
  void Negate() { negated_ = true; }
  void AddRange(char32_t low, char32_t high) { ranges_.emplace_back(low, high); }
  // One of d, D, s, S, w, W; `ascii`: re.ASCII.
  void AddCategory(char32_t letter, bool ascii);
  // A PCRE2 atom: a single character or a bracketed class. `flags` are RegexFlags.
  std::string ToPattern(uint32_t flags) const;

 private:
  void AppendMembers(std::string* out, uint32_t flags) const;

  bool negated_ = false;
  std::vector<std::pair<char32_t, char32_t>> ranges_;
  std::string categories_;
};

// unicodedata.lookup: the character of that name.
std::optional<char32_t> LookUpCharacter(std::string_view name);

}  // namespace scaffold
