#include "jinja/lexer.h"

#include <algorithm>
#include <cstring>

#include "jinja/identifier.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/unicode.h"

namespace scaffold::jinja {
namespace {

// Jinja2 sorts its rules by (length, name of the token), longest first; equal lengths then come in
// the reverse order of the names, which is the order of Opening.
void SortStarts(std::vector<LexerRules::Start>* starts) {
  std::stable_sort(starts->begin(), starts->end(),
                   [](const LexerRules::Start& a, const LexerRules::Start& b) {
                     const size_t a_size = CountCodePoints(a.text);
                     const size_t b_size = CountCodePoints(b.text);
                     return a_size != b_size ? a_size > b_size : a.opening < b.opening;
                   });
}

bool IsHorizontalSpace(char c) { return c == ' ' || c == '\t' || c == '\v'; }

}  // namespace

LexerRules::LexerRules(const Syntax& s) : syntax(s) {
  starts = {{Opening::kVariable, syntax.variable_start},
            {Opening::kComment, syntax.comment_start},
            {Opening::kBlock, syntax.block_start}};
  if (!syntax.line_statement_prefix.empty()) {
    starts.push_back({Opening::kLineStatement, syntax.line_statement_prefix});
    has_line_rules = true;
  }
  if (!syntax.line_comment_prefix.empty()) {
    starts.push_back({Opening::kLineComment, syntax.line_comment_prefix});
    has_line_rules = true;
  }
  SortStarts(&starts);
  for (const Start& start : starts) {
    if (!start.text.empty()) is_first[static_cast<unsigned char>(start.text[0])] = true;
  }
  for (const std::string* close : {&syntax.block_end, &syntax.variable_end}) {
    if (!close->empty()) may_close[static_cast<unsigned char>((*close)[0])] = true;
  }
  may_close['-'] = may_close['+'] = true;
  plain_newlines = syntax.newline_sequence == "\n";
  if (!has_line_rules && !syntax.block_start.empty() &&
      std::count(is_first.begin(), is_first.end(), true) == 1) {
    common_first = syntax.block_start[0];
    IndexSecondBytes();
  }
}

void LexerRules::IndexSecondBytes() {
  two_bytes = true;
  for (size_t i = 0; i < starts.size(); ++i) {
    if (starts[i].text.size() != 2) {
      two_bytes = false;
      return;
    }
    uint8_t& row = by_second[static_cast<unsigned char>(starts[i].text[1])];
    two_bytes = two_bytes && row == 0;
    row = static_cast<uint8_t>(1 + static_cast<uint8_t>(starts[i].opening));
  }
}

std::string NormalizeSource(std::string text, const Syntax& syntax) {
  if (text.find('\r') != std::string::npos) {
    size_t out = 0;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\r') {
        if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        text[out++] = '\n';
      } else {
        text[out++] = text[i];
      }
    }
    text.resize(out);
  }
  if (!syntax.keep_trailing_newline && !text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Lexer::Lexer(const LexerRules& rules, const Source& source, Arena* arena, Start start)
    : rules_(rules), source_(source), text_(source.text()), arena_(arena) {
  if (start == Start::kExpression) mode_ = Mode::kVariable;
}

void Lexer::Next(Token* token) {
  if (has_pending_) {
    has_pending_ = false;
    SetOpening(token, pending_begin_);
  } else if (!(mode_ == Mode::kRoot ? NextRoot(token) : NextInTag(token))) {
    SetToken(token, TokenKind::kEof, text_.size(), text_.size());
    token->line = last_line_;
    return;
  }
  last_line_ = token->line;
}

// --- Outside of tags -----------------------------------------------------------------------------

bool Lexer::NextRoot(Token* token) {
  while (true) {
    if (in_raw_) {
      if (NextRaw(token)) return true;
      continue;
    }
    if (pos_ >= text_.size()) return false;
    Match match;
    if (!FindOpening(&match)) {
      const size_t begin = pos_;
      pos_ = text_.size();
      return EmitData(begin, pos_, token);
    }
    const size_t data_begin = pos_;
    const size_t data_end =
        DataEnd(pos_, match.begin, match.sign, match.opening != Opening::kVariable);
    if (data_end > data_begin) {
      has_pending_ = Open(match);
      pending_begin_ = match.begin;
      return EmitData(data_begin, data_end, token);
    }
    if (Open(match)) {
      SetOpening(token, match.begin);
      return true;
    }
  }
}

bool Lexer::FindOpening(Match* match) const {
  if (rules_.common_first != 0) {
    for (size_t pos = pos_; pos < text_.size(); ++pos) {
      const void* found = std::memchr(text_.data() + pos, rules_.common_first, text_.size() - pos);
      if (found == nullptr) return false;
      pos = static_cast<size_t>(static_cast<const char*>(found) - text_.data());
      if (rules_.two_bytes ? MatchTwoBytes(pos, match) : MatchAt(pos, match)) return true;
    }
    return false;
  }
  for (size_t pos = pos_; pos < text_.size(); ++pos) {
    if (!rules_.has_line_rules && !rules_.is_first[static_cast<unsigned char>(text_[pos])])
      continue;
    if (MatchAt(pos, match)) return true;
  }
  return false;
}

bool Lexer::MatchAt(size_t pos, Match* match) const {
  if (MatchRaw(pos, match)) return true;
  for (const LexerRules::Start& start : rules_.starts) {
    if (start.opening == Opening::kLineStatement || start.opening == Opening::kLineComment) {
      if (MatchLineRule(start, pos, match)) return true;
      continue;
    }
    if (!StartsWith(pos, start.text)) continue;
    SetMatch(start.opening, pos, pos + start.text.size(), match);
    return true;
  }
  return false;
}

// MatchAt for the usual delimiters. REQUIRES: their common first byte at pos.
bool Lexer::MatchTwoBytes(size_t pos, Match* match) const {
  if (pos + 1 >= text_.size()) return false;
  const size_t row = rules_.by_second[static_cast<unsigned char>(text_[pos + 1])];
  if (row == 0) return false;
  const auto opening = static_cast<Opening>(row - 1);
  if (opening != Opening::kBlock || !MatchRaw(pos, match)) SetMatch(opening, pos, pos + 2, match);
  return true;
}

bool Lexer::MatchRaw(size_t pos, Match* match) const {
  const Syntax& syntax = rules_.syntax;
  if (!StartsWith(pos, syntax.block_start)) return false;
  size_t at = pos + syntax.block_start.size();
  const Sign sign = SignAt(at);
  if (sign != Sign::kNone) ++at;
  at = SkipSpace(at);
  if (!StartsWith(at, "raw")) return false;
  at = SkipSpace(at + 3);
  if (StartsWith(at, "-") && StartsWith(at + 1, syntax.block_end)) {
    at = SkipSpace(at + 1 + syntax.block_end.size());
  } else if (StartsWith(at, syntax.block_end)) {
    at += syntax.block_end.size();
  } else {
    return false;
  }
  *match = {Opening::kRaw, pos, at, sign};
  return true;
}

bool Lexer::MatchLineRule(const LexerRules::Start& start, size_t pos, Match* match) const {
  const bool at_line_start = pos == 0 || text_[pos - 1] == '\n';
  size_t at = pos;
  if (start.opening == Opening::kLineStatement) {
    if (!at_line_start) return false;
    while (at < text_.size() && IsHorizontalSpace(text_[at])) ++at;
  } else {
    // Jinja2: (?:^|(?<=\S))[^\S\r\n]*PREFIX
    const std::string_view before = text_.substr(0, pos);
    if (!at_line_start && StripEnd(before).size() != before.size()) return false;
    while (at < text_.size() && text_[at] != '\n') {
      size_t next = at;
      if (!IsSpace(DecodeUtf8(text_, &next))) break;
      at = next;
    }
  }
  if (!StartsWith(at, start.text)) return false;
  SetMatch(start.opening, pos, at + start.text.size(), match);
  return true;
}

// Where the data before a tag ends once white space control is applied.
size_t Lexer::DataEnd(size_t begin, size_t end, Sign sign, bool may_lstrip) const {
  const std::string_view data = text_.substr(begin, end - begin);
  if (sign == Sign::kMinus) return begin + StripEnd(data).size();
  if (sign == Sign::kPlus || !may_lstrip || !rules_.syntax.lstrip_blocks) return end;
  const size_t newline = data.rfind('\n');
  const bool line_starting = begin == 0 || text_[begin - 1] == '\n';
  if (newline == std::string_view::npos && !line_starting) return end;
  const size_t line = newline == std::string_view::npos ? 0 : newline + 1;
  return StripEnd(data.substr(line)).empty() ? begin + line : end;
}

bool Lexer::EmitData(size_t begin, size_t end, Token* token) {
  SetToken(token, TokenKind::kData, begin, end);
  token->text = WithNewlines(text_.substr(begin, end - begin));
  return true;
}

// True when the opening is a token, which SetOpening makes.
bool Lexer::Open(const Match& match) {
  pos_ = match.end;
  switch (match.opening) {
    case Opening::kVariable:
      mode_ = Mode::kVariable;
      return true;
    case Opening::kBlock:
      mode_ = Mode::kBlock;
      return true;
    case Opening::kLineStatement:
      mode_ = Mode::kLineStatement;
      return true;
    case Opening::kLineComment: {
      const size_t end = text_.find('\n', pos_);
      pos_ = end == std::string_view::npos ? text_.size() : end;
      return false;
    }
    case Opening::kComment:
      SkipComment();
      return false;
    case Opening::kRaw:
      in_raw_ = true;
      return false;
  }
  return false;
}

void Lexer::SkipComment() {
  if (pos_ >= text_.size()) return;  // a comment that only begins is no fault in Jinja2
  const std::string& close = rules_.syntax.comment_end;
  const size_t found = text_.find(close, pos_);
  if (found == std::string_view::npos) Fail("Missing end of comment tag", pos_);
  const char before = found > pos_ ? text_[found - 1] : '\0';
  pos_ = found + close.size();
  if (before == '-') {
    pos_ = SkipSpace(pos_);
  } else if (before != '+' && rules_.syntax.trim_blocks && StartsWith(pos_, "\n")) {
    ++pos_;
  }
}

// True when the raw section gave data; false when it was empty and scanning goes on.
bool Lexer::NextRaw(Token* token) {
  in_raw_ = false;
  if (pos_ >= text_.size()) return false;
  for (size_t at = pos_; (at = text_.find(rules_.syntax.block_start, at)) != std::string_view::npos;
       ++at) {
    size_t end = 0;
    Sign sign = Sign::kNone;
    if (!MatchRawEnd(at, &end, &sign)) continue;
    const size_t begin = pos_;
    const size_t data_end = DataEnd(begin, at, sign, true);
    pos_ = end;
    return data_end > begin && EmitData(begin, data_end, token);
  }
  Fail("Missing end of raw directive", pos_);
}

bool Lexer::MatchRawEnd(size_t pos, size_t* end, Sign* sign) const {
  const Syntax& syntax = rules_.syntax;
  size_t at = pos + syntax.block_start.size();
  *sign = SignAt(at);
  if (*sign != Sign::kNone) ++at;
  at = SkipSpace(at);
  if (!StartsWith(at, "endraw")) return false;
  at = SkipSpace(at + 6);
  const Sign close = SignAt(at);
  if (close != Sign::kNone && StartsWith(at + 1, syntax.block_end)) {
    at += 1 + syntax.block_end.size();
    *end = close == Sign::kMinus ? SkipSpace(at) : at;
    return true;
  }
  if (!StartsWith(at, syntax.block_end)) return false;
  at += syntax.block_end.size();
  *end = syntax.trim_blocks && StartsWith(at, "\n") ? at + 1 : at;
  return true;
}

// --- Common --------------------------------------------------------------------------------------

// Past white space that begins with a non-ASCII character.
size_t Lexer::SkipWideSpace(size_t pos) const {
  size_t next = pos;
  return IsSpace(DecodeUtf8(text_, &next)) ? SkipSpace(next) : pos;
}

std::string_view Lexer::ReplaceNewlines(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return text;
  return arena_->Copy(std::string_view(ReplaceAll(text, "\n", rules_.syntax.newline_sequence)));
}

void Lexer::Fail(std::string message, size_t pos) const {
  const auto at = static_cast<uint32_t>(pos);
  throw Error(ErrorKind::kSyntax, std::move(message)).At(source_.Locate({at, at + 1}));
}

}  // namespace scaffold::jinja
