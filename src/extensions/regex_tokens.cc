#include "extensions/regex_tokens.h"

#include <algorithm>

#include "support/utf8.h"

namespace scaffold {

std::string ToUtf8(std::u32string_view text) {
  std::string utf8;
  for (char32_t c : text) AppendUtf8(&utf8, c);
  return utf8;
}

RegexTokens::RegexTokens(std::string_view utf8) {
  for (size_t pos = 0; pos < utf8.size();) text_ += DecodeUtf8(utf8, &pos);
  Advance();
}

void RegexTokens::Advance() {
  next_.clear();
  if (index_ >= text_.size()) return;
  const size_t size = text_[index_] == '\\' ? 2 : 1;
  if (index_ + size > text_.size()) {
    throw MakeErrorAt("bad escape (end of pattern)", text_.size() - 1);
  }
  next_ = text_.substr(index_, size);
  index_ += size;
}

bool RegexTokens::Accept(char32_t c) {
  if (!NextIs(c)) return false;
  Advance();
  return true;
}

std::u32string RegexTokens::Take() {
  std::u32string token = std::move(next_);
  Advance();
  return token;
}

std::u32string RegexTokens::TakeWhile(size_t count, std::u32string_view set) {
  std::u32string taken;
  while (taken.size() < count && next_.size() == 1 && set.find(next_[0]) != set.npos) {
    taken += Take();
  }
  return taken;
}

std::u32string RegexTokens::TakeUntil(char32_t terminator, const std::string& what) {
  std::u32string taken;
  while (true) {
    const std::u32string token = Take();
    if (token.empty()) {
      if (taken.empty()) throw MakeError("missing " + what);
      throw MakeError("missing " + ToUtf8({&terminator, 1}) + ", unterminated name", taken.size());
    }
    if (token.size() == 1 && token[0] == terminator) {
      if (taken.empty()) throw MakeError("missing " + what, 1);
      return taken;
    }
    taken += token;
  }
}

void RegexTokens::Seek(size_t position) {
  index_ = position;
  Advance();
}

Error RegexTokens::MakeError(const std::string& message, size_t offset) const {
  return MakeErrorAt(message, position() - offset);
}

Error RegexTokens::MakeErrorAt(const std::string& message, size_t position) const {
  std::string text = message + " at position " + std::to_string(position);
  if (text_.find(U'\n') != std::u32string::npos) {
    const auto begin = text_.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(std::min(position, text_.size()));
    const auto line = std::count(begin, end, U'\n') + 1;
    const size_t last = position == 0 ? text_.npos : text_.rfind(U'\n', position - 1);
    const size_t column = position - (last == text_.npos ? 0 : last + 1) + 1;
    text += " (line " + std::to_string(line) + ", column " + std::to_string(column) + ")";
  }
  return Error(ErrorKind::kRegex, std::move(text));
}

bool IsIdentifier(std::u32string_view text) {
  const auto is_start = [](char32_t c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
  };
  return !text.empty() && is_start(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [&](char32_t c) { return is_start(c) || (c >= '0' && c <= '9'); });
}

}  // namespace scaffold
