#include "jinja/token.h"

namespace scaffold::jinja {

std::string_view DescribeTokenKind(TokenKind kind) {
  switch (kind) {
    case TokenKind::kInitial:
      return "initial";
    case TokenKind::kAdd:
      return "+";
    case TokenKind::kAssign:
      return "=";
    case TokenKind::kColon:
      return ":";
    case TokenKind::kComma:
      return ",";
    case TokenKind::kDiv:
      return "/";
    case TokenKind::kDot:
      return ".";
    case TokenKind::kEq:
      return "==";
    case TokenKind::kFloorDiv:
      return "//";
    case TokenKind::kGt:
      return ">";
    case TokenKind::kGtEq:
      return ">=";
    case TokenKind::kLBrace:
      return "{";
    case TokenKind::kLBracket:
      return "[";
    case TokenKind::kLParen:
      return "(";
    case TokenKind::kLt:
      return "<";
    case TokenKind::kLtEq:
      return "<=";
    case TokenKind::kMod:
      return "%";
    case TokenKind::kMul:
      return "*";
    case TokenKind::kNe:
      return "!=";
    case TokenKind::kPipe:
      return "|";
    case TokenKind::kPow:
      return "**";
    case TokenKind::kRBrace:
      return "}";
    case TokenKind::kRBracket:
      return "]";
    case TokenKind::kRParen:
      return ")";
    case TokenKind::kSemicolon:
      return ";";
    case TokenKind::kSub:
      return "-";
    case TokenKind::kTilde:
      return "~";
    case TokenKind::kFloat:
      return "float";
    case TokenKind::kInteger:
      return "integer";
    case TokenKind::kName:
      return "name";
    case TokenKind::kString:
      return "string";
    case TokenKind::kBlockBegin:
      return "begin of statement block";
    case TokenKind::kBlockEnd:
      return "end of statement block";
    case TokenKind::kVariableBegin:
      return "begin of print statement";
    case TokenKind::kVariableEnd:
      return "end of print statement";
    case TokenKind::kData:
      return "template data / text";
    case TokenKind::kEof:
      return "end of template";
  }
  return "";
}

std::string_view DescribeToken(const Token& token) {
  return token.kind == TokenKind::kName ? token.text : DescribeTokenKind(token.kind);
}

}  // namespace scaffold::jinja
