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

// What a byte can begin inside of a tag.
enum class ByteClass : uint8_t { kOther, kSpace, kWide, kLetter, kDigit };  // words come last

constexpr std::array<ByteClass, 256> MakeByteClasses() {
  std::array<ByteClass, 256> classes{};
  const auto set = [&classes](size_t first, size_t last, ByteClass value) {
    for (size_t c = first; c <= last; ++c) classes[c] = value;
  };
  set(0x09, 0x0D, ByteClass::kSpace);
  set(0x1C, 0x20, ByteClass::kSpace);
  set('0', '9', ByteClass::kDigit);
  set('A', 'Z', ByteClass::kLetter);
  set('a', 'z', ByteClass::kLetter);
  set('_', '_', ByteClass::kLetter);
  set(0x80, 0xFF, ByteClass::kWide);  // part of a character that is not ASCII
  return classes;
}
inline constexpr std::array<ByteClass, 256> kByteClasses = MakeByteClasses();

inline ByteClass ClassOf(char c) { return kByteClasses[static_cast<unsigned char>(c)]; }
inline bool IsWordByte(char c) { return ClassOf(c) >= ByteClass::kLetter; }

// A Syntax prepared for scanning; made once per environment.
struct LexerRules {
  explicit LexerRules(const Syntax& syntax);
  // The starts view into `syntax`.
  LexerRules(const LexerRules&) = delete;
  LexerRules& operator=(const LexerRules&) = delete;

  struct Start {
    Opening opening;
    std::string_view text;
  };

  Syntax syntax;
  std::vector<Start> starts;          // longest first, as Jinja2 orders them
  std::array<bool, 256> is_first{};   // first bytes of `starts`
  std::array<bool, 256> may_close{};  // bytes that the end of a tag can begin with
  char common_first = 0;              // when all begin with the same byte
  bool two_bytes = false;             // all have two bytes, of which the second tells them apart:
  std::array<uint8_t, 256> by_second{};  // 1 + the Opening, 0 = none
  bool has_line_rules = false;
  bool plain_newlines = false;  // newline_sequence is "\n"

 private:
  void IndexSecondBytes();
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
  bool MatchTwoBytes(size_t pos, Match* match) const;
  void SetMatch(Opening opening, size_t begin, size_t end, Match* match) const {
    const Sign sign = SignAt(end);
    *match = {opening, begin, end + (sign == Sign::kNone ? 0 : 1), sign};
  }
  bool MatchRaw(size_t pos, Match* match) const;
  bool MatchLineRule(const LexerRules::Start& start, size_t pos, Match* match) const;
  size_t DataEnd(size_t begin, size_t end, Sign sign, bool may_lstrip) const;
  bool EmitData(size_t begin, size_t end, Token* token);
  bool Open(const Match& match);
  // The token of the opening that ends at pos_.
  void SetOpening(Token* token, size_t begin) const {
    const bool variable = mode_ == Mode::kVariable;
    SetToken(token, variable ? TokenKind::kVariableBegin : TokenKind::kBlockBegin, begin, pos_);
  }
  void SkipComment();
  bool NextRaw(Token* token);
  bool MatchRawEnd(size_t pos, size_t* end, Sign* sign) const;

  bool NextInTag(Token* token);
  bool MatchTagEnd(Token* token);
  bool MatchLineEnd(Token* token);
  void ReadNumber(Token* token);
  void ReadName(Token* token);
  bool ReadWideName(Token* token);
  bool ReadString(Token* token);
  void ReadOperator(Token* token);
  void Balance(char c);
  std::string_view DecodeString(std::string_view raw);
  std::string_view WithNewlines(std::string_view text) {
    return rules_.plain_newlines ? text : ReplaceNewlines(text);
  }
  std::string_view ReplaceNewlines(std::string_view text);

  Sign SignAt(size_t pos) const {
    if (pos >= text_.size()) return Sign::kNone;
    return text_[pos] == '-' ? Sign::kMinus : text_[pos] == '+' ? Sign::kPlus : Sign::kNone;
  }
  bool StartsWith(size_t pos, std::string_view what) const {
    if (text_.size() < pos || text_.size() - pos < what.size()) return false;
    if (what.size() == 2) return text_[pos] == what[0] && text_[pos + 1] == what[1];  // the usual
    for (size_t i = 0; i < what.size(); ++i) {
      if (text_[pos + i] != what[i]) return false;
    }
    return true;
  }
  size_t SkipSpace(size_t pos) const {
    while (pos < text_.size()) {
      const ByteClass found = ClassOf(text_[pos]);
      if (found == ByteClass::kWide) return SkipWideSpace(pos);
      if (found != ByteClass::kSpace) return pos;
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
  bool has_pending_ = false;  // the opening behind the data that was given last
  size_t pending_begin_ = 0;
  uint32_t last_line_ = 0;  // of the last token: where the end of the template is reported
  std::string balance_;     // closing brackets to come
};

}  // namespace scaffold::jinja
