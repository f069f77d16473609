// Token: what the lexer gives to the parser, and how messages call it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "support/source.h"

namespace scaffold::jinja {

enum class TokenKind : uint8_t {
  kInitial,
  kAdd,
  kAssign,
  kColon,
  kComma,
  kDiv,
  kDot,
  kEq,
  kFloorDiv,
  kGt,
  kGtEq,
  kLBrace,
  kLBracket,
  kLParen,
  kLt,
  kLtEq,
  kMod,
  kMul,
  kNe,
  kPipe,
  kPow,
  kRBrace,
  kRBracket,
  kRParen,
  kSemicolon,
  kSub,
  kTilde,
  kFloat,
  kInteger,
  kName,
  kString,
  kBlockBegin,
  kBlockEnd,
  kVariableBegin,
  kVariableEnd,
  kData,
  kEof,
};

// Names that mean something inside of expressions; compared as numbers.
enum class Word : uint8_t { kOther, kAnd, kElse, kIf, kIn, kIs, kNot, kOr };

struct Token {
  TokenKind kind = TokenKind::kInitial;
  Word word = Word::kOther;
  Span span;
  uint32_t line = 0;      // byte offset whose line Jinja2 gives the token
  std::string_view text;  // name, number as written, decoded string, data with its newlines set
};

// Jinja2's words for a kind: "end of statement block", "integer", ")".
std::string_view DescribeTokenKind(TokenKind kind);
// The same for a token; names stand for themselves.
std::string_view DescribeToken(const Token& token);

}  // namespace scaffold::jinja
