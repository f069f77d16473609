// The lexer inside of tags: numbers, names, strings, operators and the ends of tags.

#include <array>

#include "jinja/identifier.h"
#include "jinja/lexer.h"
#include "jinja/unicode_escape.h"
#include "scaffold/error.h"
#include "scaffold/value.h"
#include "support/utf8.h"
#include "value/unicode.h"

namespace scaffold::jinja {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsDigitOf(char c, int base) {
  if (base == 16) return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  return c >= '0' && c < '0' + base;
}

// `(_?DIGIT)*` from pos; returns the end.
size_t SkipDigits(std::string_view text, size_t pos, int base) {
  while (pos < text.size()) {
    size_t at = text[pos] == '_' ? pos + 1 : pos;
    if (at >= text.size() || !IsDigitOf(text[at], base)) break;
    pos = at + 1;
  }
  return pos;
}

// Jinja2's float_re; the end of the match or 0.
size_t MatchFloat(std::string_view text, size_t begin) {
  if (begin > 0 && text[begin - 1] == '.') return 0;
  size_t pos = SkipDigits(text, begin, 10);
  bool is_float = false;
  if (pos + 1 < text.size() && text[pos] == '.' && IsDigit(text[pos + 1])) {
    pos = SkipDigits(text, pos + 1, 10);
    is_float = true;
  }
  if (pos < text.size() && (text[pos] | 0x20) == 'e') {
    size_t at = pos + 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (at < text.size() && IsDigit(text[at])) {
      pos = SkipDigits(text, at, 10);
      is_float = true;
    }
  }
  return is_float ? pos : 0;
}

// Jinja2's integer_re; the end of the match. REQUIRES: a digit at begin.
size_t MatchInteger(std::string_view text, size_t begin) {
  if (text[begin] != '0') return SkipDigits(text, begin, 10);
  if (begin + 1 < text.size()) {
    const char letter = static_cast<char>(text[begin + 1] | 0x20);
    const int base = letter == 'b' ? 2 : letter == 'o' ? 8 : letter == 'x' ? 16 : 0;
    if (base != 0) {
      const size_t end = SkipDigits(text, begin + 2, base);
      if (end > begin + 2) return end;
    }
  }
  return SkipDigits(text, begin, 1);  // zeros only
}

struct OperatorText {
  std::string_view text;
  TokenKind kind;
};

constexpr OperatorText kOperators[] = {
    {"//", TokenKind::kFloorDiv}, {"**", TokenKind::kPow},      {"==", TokenKind::kEq},
    {"!=", TokenKind::kNe},       {">=", TokenKind::kGtEq},     {"<=", TokenKind::kLtEq},
    {"+", TokenKind::kAdd},       {"-", TokenKind::kSub},       {"/", TokenKind::kDiv},
    {"*", TokenKind::kMul},       {"%", TokenKind::kMod},       {"~", TokenKind::kTilde},
    {"[", TokenKind::kLBracket},  {"]", TokenKind::kRBracket},  {"(", TokenKind::kLParen},
    {")", TokenKind::kRParen},    {"{", TokenKind::kLBrace},    {"}", TokenKind::kRBrace},
    {">", TokenKind::kGt},        {"<", TokenKind::kLt},        {"=", TokenKind::kAssign},
    {".", TokenKind::kDot},       {":", TokenKind::kColon},     {"|", TokenKind::kPipe},
    {",", TokenKind::kComma},     {";", TokenKind::kSemicolon},
};

// The operators that begin with one byte: at most one of each length. kInitial = none.
struct OperatorRow {
  TokenKind single = TokenKind::kInitial;
  TokenKind pair = TokenKind::kInitial;
  char second = 0;  // of `pair`
};

constexpr std::array<OperatorRow, 256> MakeOperatorTable() {
  std::array<OperatorRow, 256> table{};
  for (const OperatorText& op : kOperators) {
    OperatorRow& row = table[static_cast<unsigned char>(op.text[0])];
    if (op.text.size() == 1) {
      row.single = op.kind;
    } else {
      row.pair = op.kind;
      row.second = op.text[1];
    }
  }
  return table;
}
constexpr std::array<OperatorRow, 256> kOperatorTable = MakeOperatorTable();

bool IsBracket(TokenKind kind) {
  return kind == TokenKind::kLParen || kind == TokenKind::kRParen || kind == TokenKind::kLBracket ||
         kind == TokenKind::kRBracket || kind == TokenKind::kLBrace || kind == TokenKind::kRBrace;
}

Word WordOf(std::string_view name) {
  switch (name.size()) {
    case 2:
      if (name == "if") return Word::kIf;
      if (name == "in") return Word::kIn;
      if (name == "is") return Word::kIs;
      return name == "or" ? Word::kOr : Word::kOther;
    case 3:
      if (name == "and") return Word::kAnd;
      return name == "not" ? Word::kNot : Word::kOther;
    case 4:
      return name == "else" ? Word::kElse : Word::kOther;
    default:
      return Word::kOther;
  }
}

}  // namespace

// False at the end of the text.
bool Lexer::NextInTag(Token* token) {
  if (mode_ == Mode::kLineStatement) {
    if (balance_.empty() && MatchLineEnd(token)) return true;
    pos_ = SkipSpace(pos_);
  } else {
    pos_ = SkipSpace(pos_);
    if (pos_ >= text_.size()) return false;
    if (rules_.may_close[static_cast<unsigned char>(text_[pos_])] && balance_.empty() &&
        MatchTagEnd(token)) {
      return true;
    }
  }
  if (pos_ >= text_.size()) return false;
  const char c = text_[pos_];
  switch (ClassOf(c)) {
    case ByteClass::kLetter:
      ReadName(token);
      return true;
    case ByteClass::kDigit:
      ReadNumber(token);
      return true;
    case ByteClass::kWide:
      if (!ReadWideName(token)) ReadOperator(token);
      return true;
    default:
      if ((c != '\'' && c != '"') || !ReadString(token)) ReadOperator(token);
      return true;
  }
}

bool Lexer::MatchTagEnd(Token* token) {
  const Syntax& syntax = rules_.syntax;
  const bool block = mode_ == Mode::kBlock;
  const std::string& close = block ? syntax.block_end : syntax.variable_end;
  if (close.empty()) return false;
  const Sign sign = SignAt(pos_);
  size_t end = 0;
  if (sign == Sign::kMinus && StartsWith(pos_ + 1, close)) {
    end = SkipSpace(pos_ + 1 + close.size());
  } else if (block && sign == Sign::kPlus && StartsWith(pos_ + 1, close)) {
    end = pos_ + 1 + close.size();
  } else if (StartsWith(pos_, close)) {
    end = pos_ + close.size();
    if (block && syntax.trim_blocks && StartsWith(end, "\n")) ++end;
  } else {
    return false;
  }
  SetToken(token, block ? TokenKind::kBlockEnd : TokenKind::kVariableEnd, pos_, end);
  pos_ = end;
  mode_ = Mode::kRoot;
  return true;
}

// Jinja2: \s*(\n|$), greedy: through the last newline of the white space.
bool Lexer::MatchLineEnd(Token* token) {
  size_t end = SkipSpace(pos_);
  if (end < text_.size()) {
    const size_t newline = text_.substr(pos_, end - pos_).rfind('\n');
    if (newline == std::string_view::npos) return false;
    end = pos_ + newline + 1;
  }
  SetToken(token, TokenKind::kBlockEnd, pos_, end);
  pos_ = end;
  mode_ = Mode::kRoot;
  return true;
}

void Lexer::ReadNumber(Token* token) {
  size_t end = MatchFloat(text_, pos_);
  const bool is_float = end != 0;
  if (!is_float) end = MatchInteger(text_, pos_);
  SetToken(token, is_float ? TokenKind::kFloat : TokenKind::kInteger, pos_, end);
  token->text = text_.substr(pos_, end - pos_);
  pos_ = end;
}

// REQUIRES: a letter at pos_.
void Lexer::ReadName(Token* token) {
  size_t end = pos_ + 1;
  while (end < text_.size() && IsWordByte(text_[end])) ++end;
  if (end < text_.size() && ClassOf(text_[end]) == ByteClass::kWide) {
    ReadWideName(token);
    return;
  }
  SetToken(token, TokenKind::kName, pos_, end);
  token->text = text_.substr(pos_, end - pos_);
  token->word = WordOf(token->text);
  pos_ = end;
}

// A name that may hold more than ASCII; false when there is none.
bool Lexer::ReadWideName(Token* token) {
  size_t end = pos_;
  while (end < text_.size()) {
    size_t next = end;
    if (!IsWordCharacter(DecodeUtf8(text_, &next))) break;
    end = next;
  }
  if (end == pos_) return false;
  SetToken(token, TokenKind::kName, pos_, end);
  token->text = text_.substr(pos_, end - pos_);
  if (!IsIdentifier(token->text)) Fail("Invalid character in identifier", pos_);
  pos_ = end;
  return true;
}

bool Lexer::ReadString(Token* token) {
  const char quote = text_[pos_];
  size_t end = pos_ + 1;
  bool plain = true;
  while (end < text_.size() && text_[end] != quote) {
    if (text_[end] == '\\') {
      plain = false;
      ++end;
    } else if (text_[end] == '\n') {
      plain = false;
    }
    ++end;
  }
  if (end >= text_.size()) return false;
  SetToken(token, TokenKind::kString, pos_, end + 1);
  const std::string_view raw = text_.substr(pos_ + 1, end - pos_ - 1);
  token->text = plain ? raw : DecodeString(raw);
  pos_ = end + 1;
  return true;
}

std::string_view Lexer::DecodeString(std::string_view raw) {
  std::string decoded;
  if (std::string_view fault = DecodeUnicodeEscape(WithNewlines(raw), &decoded); !fault.empty()) {
    Fail(std::string(fault), pos_);
  }
  return arena_->Copy(std::string_view(decoded));
}

void Lexer::ReadOperator(Token* token) {
  const char c = text_[pos_];
  const OperatorRow& row = kOperatorTable[static_cast<unsigned char>(c)];
  if (row.pair != TokenKind::kInitial && pos_ + 1 < text_.size() && text_[pos_ + 1] == row.second) {
    SetToken(token, row.pair, pos_, pos_ + 2);
    pos_ += 2;
    return;
  }
  if (row.single != TokenKind::kInitial) {
    if (IsBracket(row.single)) Balance(c);
    SetToken(token, row.single, pos_, pos_ + 1);
    ++pos_;
    return;
  }
  // repr() of the character: only a quote can need the other quotes here, or an escape.
  size_t next = pos_;
  DecodeUtf8(text_, &next);
  Fail("unexpected char " + Repr(Value(text_.substr(pos_, next - pos_))) + " at " +
           std::to_string(CountCodePoints(text_.substr(0, pos_))),
       pos_);
}

void Lexer::Balance(char c) {
  switch (c) {
    case '{':
      balance_ += '}';
      return;
    case '(':
      balance_ += ')';
      return;
    case '[':
      balance_ += ']';
      return;
    case '}':
    case ')':
    case ']':
      break;
    default:
      return;
  }
  if (balance_.empty()) Fail(std::string("unexpected '") + c + "'", pos_);
  const char expected = balance_.back();
  balance_.pop_back();
  if (expected != c) {
    Fail(std::string("unexpected '") + c + "', expected '" + expected + "'", pos_);
  }
}

}  // namespace scaffold::jinja
