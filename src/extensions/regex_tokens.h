// The characters of a Python pattern or replacement template, an escape being one token.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scaffold/error.h"

namespace scaffold {

class RegexTokens {
 public:
  // Throws the error of a lone backslash at the end as soon as it comes into sight, as Python does.
  explicit RegexTokens(std::string_view utf8);

  // The next token: empty at the end; a backslash comes with the character behind it.
  const std::u32string& next() const { return next_; }
  bool AtEnd() const { return next_.empty(); }
  bool NextIs(char32_t c) const { return next_.size() == 1 && next_[0] == c; }
  bool Accept(char32_t c);
  std::u32string Take();
  // Up to `count` characters out of `set`.
  std::u32string TakeWhile(size_t count, std::u32string_view set);
  // The text before `terminator`, which is taken as well.
  std::u32string TakeUntil(char32_t terminator, const std::string& what);

  size_t position() const { return index_ - next_.size(); }
  void Seek(size_t position);

  // re.error with the position `offset` characters before the next token.
  Error MakeError(const std::string& message, size_t offset = 0) const;
  Error MakeErrorAt(const std::string& message, size_t position) const;

 private:
  void Advance();

  std::u32string text_;
  size_t index_ = 0;
  std::u32string next_;
};

std::string ToUtf8(std::u32string_view text);
// str.isidentifier.
bool IsIdentifier(std::u32string_view text);

}  // namespace scaffold
