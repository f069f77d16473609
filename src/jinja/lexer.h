// Lexer: template source to tokens, one at a time.
//
// White space control, lstrip_blocks, trim_blocks, raw sections, comments and line statements are
// settled here (Jinja2's lexer.py); the parser sees data, delimiters and expression tokens only.
// Tokens come lazily, so that a fault is reported by whichever of lexer and parser meets it first.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/identifier.h"
#include "jinja/token.h"
#include "scaffold/jinja.h"
#include "support/arena.h"
#include "support/source.h"

namespace scaffold::jinja {

// What a delimiter opens.
enum class Opening : uint8_t { kVariable, kLineStatement, kLineComment, kComment, kBlock, kRaw };

// A Syntax prepared for scanning; made once per environment.
struct LexerRules {
  explicit LexerRules(const Syntax& syntax);

  struct Start {
    Opening opening;
    std::string_view text;
  };

  Syntax syntax;
  std::vector<Start> starts;         // longest first, as Jinja2 orders them
  std::array<bool, 256> is_first{};  // first bytes of `starts`
  char common_first = 0;             // when all begin with the same byte
  bool has_line_rules = false;
};

// Line ends become "\n", and the last one goes unless it is to be kept.
std::string NormalizeSource(std::string text, const Syntax& syntax);

class Lexer {
 public:
  enum class Start : uint8_t { kTemplate, kExpression };

  // REQUIRES: source holds normalised text; all arguments outlive the lexer, the arena the tokens.
  Lexer(const LexerRules& rules, const Source& source, Arena* arena, Start start);

  // After the end it keeps giving kEof.
  void Next(Token* token);

 private:
  enum class Mode : uint8_t { kRoot, kBlock, kVariable, kLineStatement };
  enum class Sign : uint8_t { kNone, kMinus, kPlus };

  struct Match {
    Opening opening = Opening::kBlock;
    size_t begin = 0;  // of the opening, indentation of a line statement included
    size_t end = 0;    // past the sign, for raw past the whole tag
    Sign sign = Sign::kNone;
  };

  bool NextRoot(Token* token);
  bool FindOpening(Match* match) const;
  bool MatchAt(size_t pos, Match* match) const;
  bool MatchRaw(size_t pos, Match* match) const;
  bool MatchLineRule(const LexerRules::Start& start, size_t pos, Match* match) const;
  size_t DataEnd(size_t begin, size_t end, Sign sign, bool may_lstrip) const;
  bool EmitData(size_t begin, size_t end, Token* token);
  void Open(const Match& match);
  void SkipComment();
  bool NextRaw(Token* token);
  bool MatchRawEnd(size_t pos, size_t* end, Sign* sign) const;

  bool NextInTag(Token* token);
  bool MatchTagEnd(Token* token);
  bool MatchLineEnd(Token* token);
  void ReadNumber(Token* token);
  bool ReadName(Token* token);
  bool ReadWideName(Token* token);
  bool ReadString(Token* token);
  void ReadOperator(Token* token);
  void Balance(char c);
  std::string_view DecodeString(std::string_view raw);
  std::string_view WithNewlines(std::string_view text);

  Sign SignAt(size_t pos) const {
    if (pos >= text_.size()) return Sign::kNone;
    return text_[pos] == '-' ? Sign::kMinus : text_[pos] == '+' ? Sign::kPlus : Sign::kNone;
  }
  bool StartsWith(size_t pos, std::string_view what) const {
    if (text_.size() < pos || text_.size() - pos < what.size()) return false;
    for (size_t i = 0; i < what.size(); ++i) {
      if (text_[pos + i] != what[i]) return false;
    }
    return true;
  }
  size_t SkipSpace(size_t pos) const {
    while (pos < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[pos]);
      if (c >= 0x80) return SkipWideSpace(pos);
      if (c != ' ' && (c < 0x09 || c > 0x0D) && (c < 0x1C || c > 0x1F)) return pos;
      ++pos;
    }
    return pos;
  }
  size_t SkipWideSpace(size_t pos) const;
  static void SetToken(Token* token, TokenKind kind, size_t begin, size_t end) {
    token->kind = kind;
    token->word = Word::kOther;
    token->span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    token->line = static_cast<uint32_t>(begin);
    token->text = {};
  }
  [[noreturn]] void Fail(std::string message, size_t pos) const;

  const LexerRules& rules_;
  const Source& source_;
  std::string_view text_;
  Arena* arena_;
  size_t pos_ = 0;
  Mode mode_ = Mode::kRoot;
  bool in_raw_ = false;
  bool has_pending_ = false;
  Token pending_;
  uint32_t last_line_ = 0;  // of the last token: where the end of the template is reported
  std::string balance_;     // closing brackets to come
};

}  // namespace scaffold::jinja
