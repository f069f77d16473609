// The scanner's directives, anchors, aliases and tags.

#include <utility>

#include "yaml/decode.h"
#include "yaml/scanner.h"

namespace scaffold::yaml {
namespace {

constexpr std::string_view kUriPunctuation = "-;/?:@&=+$,_.!~*'()[]%";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

// Directives --------------------------------------------------------------------------------------

Token Scanner::ScanDirective() {
  constexpr std::string_view kContext = "while scanning a directive";
  Token token;
  token.kind = TokenKind::kDirective;
  token.begin = position_;
  Forward();
  const size_t name_begin = position_.offset;
  while (IsNameCharacter(At())) Forward();
  token.text = TextFrom(name_begin);
  if (token.text.empty() || !IsSpaceBreakOrEnd(text_, position_.offset)) {
    Fail(std::string(kContext), token.begin,
         "expected alphabetic or numeric character, but found " + CurrentRepr(), position_);
  }
  if (token.text == "YAML") {
    ScanYamlDirective(token.begin, &token);
  } else if (token.text == "TAG") {
    ScanTagDirective(token.begin, &token);
  } else {
    SkipToBreak();
  }
  token.end = position_;
  SkipRestOfLine(kContext, token.begin);
  return token;
}

void Scanner::ScanYamlDirective(const Mark& begin, Token* token) {
  SkipSpaces();
  token->prefix = ScanDirectiveNumber(begin);
  if (At() != '.') {
    Fail("while scanning a directive", begin, "expected a digit or '.', but found " + CurrentRepr(),
         position_);
  }
  Forward();
  ScanDirectiveNumber(begin);
  if (!IsSpaceBreakOrEnd(text_, position_.offset)) {
    Fail("while scanning a directive", begin, "expected a digit or ' ', but found " + CurrentRepr(),
         position_);
  }
}

std::string Scanner::ScanDirectiveNumber(const Mark& begin) {
  if (!IsDigit(At())) {
    Fail("while scanning a directive", begin, "expected a digit, but found " + CurrentRepr(),
         position_);
  }
  while (At() == '0' && IsDigit(At(1))) Forward();
  const size_t digits_begin = position_.offset;
  while (IsDigit(At())) Forward();
  return std::string(TextFrom(digits_begin));
}

void Scanner::ScanTagDirective(const Mark& begin, Token* token) {
  SkipSpaces();
  token->handle = ScanTagHandle("directive", begin);
  if (At() != ' ') {
    Fail("while scanning a directive", begin, "expected ' ', but found " + CurrentRepr(),
         position_);
  }
  SkipSpaces();
  token->prefix = ScanTagUri("directive", begin);
  if (!IsSpaceBreakOrEnd(text_, position_.offset)) {
    Fail("while scanning a directive", begin, "expected ' ', but found " + CurrentRepr(),
         position_);
  }
}

void Scanner::SkipRestOfLine(std::string_view context, const Mark& begin) {
  SkipSpaces();
  if (At() == '#') SkipToBreak();
  if (!AtBreakOrEnd()) {
    Fail(std::string(context), begin,
         "expected a comment or a line break, but found " + CurrentRepr(), position_);
  }
  ScanLineBreak();
}

// Anchors and tags --------------------------------------------------------------------------------

Token Scanner::ScanAnchor(TokenKind kind) {
  Token token;
  token.kind = kind;
  token.begin = position_;
  Forward();
  const size_t name_begin = position_.offset;
  while (IsNameCharacter(At())) Forward();
  token.text = TextFrom(name_begin);
  if (token.text.empty() || (!BlankFollows(0) && !IsOneOf(At(), "?:,]}%@`"))) {
    Fail(kind == TokenKind::kAlias ? "while scanning an alias" : "while scanning an anchor",
         token.begin, "expected alphabetic or numeric character, but found " + CurrentRepr(),
         position_);
  }
  token.end = position_;
  return token;
}

Token Scanner::ScanTag() {
  Token token;
  token.kind = TokenKind::kTag;
  token.begin = position_;
  if (At(1) == '<') {
    ForwardBytes(2);
    token.text = ScanTagUri("tag", token.begin);
    if (At() != '>') {
      Fail("while parsing a tag", token.begin, "expected '>', but found " + CurrentRepr(),
           position_);
    }
    Forward();
  } else if (BlankFollows(1)) {
    token.text = "!";
    Forward();
  } else {
    size_t length = 1;
    while (!IsSpaceBreakOrEnd(text_, position_.offset + length) && At(length) != '!') ++length;
    token.has_handle = true;
    if (At(length) == '!') {
      token.handle = ScanTagHandle("tag", token.begin);
    } else {
      token.handle = "!";
      Forward();
    }
    token.text = ScanTagUri("tag", token.begin);
  }
  if (!IsSpaceBreakOrEnd(text_, position_.offset)) {
    Fail("while scanning a tag", token.begin, "expected ' ', but found " + CurrentRepr(),
         position_);
  }
  token.end = position_;
  return token;
}

std::string Scanner::ScanTagHandle(std::string_view what, const Mark& begin) {
  const std::string context = "while scanning a " + std::string(what);
  if (At() != '!') Fail(context, begin, "expected '!', but found " + CurrentRepr(), position_);
  size_t length = 1;
  if (At(length) != ' ') {
    while (IsNameCharacter(At(length))) ++length;
    if (At(length) != '!') {
      ForwardBytes(length);
      Fail(context, begin, "expected '!', but found " + CurrentRepr(), position_);
    }
    ++length;
  }
  const size_t handle_begin = position_.offset;
  ForwardBytes(length);
  return std::string(TextFrom(handle_begin));
}

std::string Scanner::ScanTagUri(std::string_view what, const Mark& begin) {
  std::string uri;
  const size_t uri_begin = position_.offset;
  while (IsNameCharacter(At()) || IsOneOf(At(), kUriPunctuation)) {
    if (At() == '%') {
      uri += ScanUriEscapes(what, begin);
    } else {
      uri += At();
      Forward();
    }
  }
  if (position_.offset == uri_begin) {
    Fail("while parsing a " + std::string(what), begin, "expected URI, but found " + CurrentRepr(),
         position_);
  }
  return uri;
}

std::string Scanner::ScanUriEscapes(std::string_view what, const Mark& begin) {
  const std::string context = "while scanning a " + std::string(what);
  const Mark escapes_begin = position_;
  std::string bytes;
  while (At() == '%') {
    Forward();
    for (size_t i = 0; i < 2; ++i) {
      if (HexValue(At(i)) >= 0) continue;
      Fail(context, begin,
           "expected URI escape sequence of 2 hexadecimal numbers, but found " + CurrentRepr(i),
           position_);
    }
    bytes += static_cast<char>(HexValue(At(0)) * 16 + HexValue(At(1)));
    ForwardBytes(2);
  }
  if (const std::optional<DecodeFailure> failure = FindDecodeFailure(bytes)) {
    Fail(context, begin, failure->PythonText(bytes), escapes_begin);
  }
  return bytes;
}

}  // namespace scaffold::yaml
