// The scanner's block, quoted and plain scalars.

#include <algorithm>
#include <utility>

#include "support/utf8.h"
#include "yaml/scanner.h"

namespace scaffold::yaml {
namespace {

bool IsSpaceOrTab(char c) { return c == ' ' || c == '\t'; }

// What a one-character escape of a double-quoted scalar stands for; empty when there is no such
// one.
std::string_view EscapeReplacement(char c) {
  switch (c) {
    case '0':
      return std::string_view("\0", 1);
    case 'a':
      return "\a";
    case 'b':
      return "\b";
    case 't':
      return "\t";
    case '\t':
      return "\t";
    case 'n':
      return "\n";
    case 'v':
      return "\v";
    case 'f':
      return "\f";
    case 'r':
      return "\r";
    case 'e':
      return "\x1B";
    case ' ':
      return " ";
    case '"':
      return "\"";
    case '\\':
      return "\\";
    case '/':
      return "/";
    case 'N':
      return "\xC2\x85";
    case '_':
      return "\xC2\xA0";
    case 'L':
      return "\xE2\x80\xA8";
    case 'P':
      return "\xE2\x80\xA9";
    default:
      return "";
  }
}

size_t EscapeDigits(char c) { return c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0; }

}  // namespace

// Block scalars -----------------------------------------------------------------------------------

Token Scanner::ScanBlockScalar(char style) {
  Token token;
  token.kind = TokenKind::kScalar;
  token.style = style;
  token.begin = position_;
  Forward();
  const BlockHeader header = ScanBlockHeader(token.begin);
  SkipRestOfLine("while scanning a block scalar", token.begin);

  const int least_indent = std::max(indent_ + 1, 1);
  int indent = least_indent + header.increment - 1;
  std::string breaks;
  if (header.increment == 0) {
    indent = std::max(least_indent, ScanBlockIndentation(&breaks, &token.end));
  } else {
    ScanBlockBreaks(indent, &breaks, &token.end);
  }
  std::string line_break;
  while (column() == indent && !AtEnd()) {
    token.text += breaks;
    const bool foldable = !IsSpaceOrTab(At());
    const size_t line_begin = position_.offset;
    SkipToBreak();
    token.text += TextFrom(line_begin);
    line_break = ScanLineBreak();
    ScanBlockBreaks(indent, &breaks, &token.end);
    if (column() != indent || AtEnd()) break;
    // A single break between two lines that begin with text is folded to a blank.
    if (style == '>' && line_break == "\n" && foldable && !IsSpaceOrTab(At())) {
      if (breaks.empty()) token.text += ' ';
    } else {
      token.text += line_break;
    }
  }
  if (header.chomping != '-') token.text += line_break;
  if (header.chomping == '+') token.text += breaks;
  return token;
}

Scanner::BlockHeader Scanner::ScanBlockHeader(const Mark& begin) {
  BlockHeader header;
  if (At() == '+' || At() == '-') {
    header.chomping = At();
    Forward();
    header.increment = ScanIndentIndicator(begin);
  } else {
    header.increment = ScanIndentIndicator(begin);
    if (header.increment != 0 && (At() == '+' || At() == '-')) {
      header.chomping = At();
      Forward();
    }
  }
  if (!IsSpaceBreakOrEnd(text_, position_.offset)) {
    Fail("while scanning a block scalar", begin,
         "expected chomping or indentation indicators, but found " + CurrentRepr(), position_);
  }
  return header;
}

int Scanner::ScanIndentIndicator(const Mark& begin) {
  if (At() < '0' || At() > '9') return 0;
  if (At() == '0') {
    Fail("while scanning a block scalar", begin,
         "expected indentation indicator in the range 1-9, but found 0", position_);
  }
  const int increment = At() - '0';
  Forward();
  return increment;
}

// Takes the blank lines before the first line of text; gives the widest indentation seen.
int Scanner::ScanBlockIndentation(std::string* breaks, Mark* end) {
  int widest = 0;
  breaks->clear();
  *end = position_;
  while (At() == ' ' || AtBreak()) {
    if (At() == ' ') {
      Forward();
      widest = std::max(widest, column());
    } else {
      *breaks += ScanLineBreak();
      *end = position_;
    }
  }
  return widest;
}

void Scanner::ScanBlockBreaks(int indent, std::string* breaks, Mark* end) {
  breaks->clear();
  *end = position_;
  const auto skip_indent = [&] {
    while (column() < indent && At() == ' ') Forward();
  };
  skip_indent();
  while (AtBreak()) {
    *breaks += ScanLineBreak();
    *end = position_;
    skip_indent();
  }
}

// Quoted scalars ----------------------------------------------------------------------------------

Token Scanner::ScanQuotedScalar(char style) {
  Token token;
  token.kind = TokenKind::kScalar;
  token.style = style;
  token.begin = position_;
  Forward();
  ScanQuotedText(style, token.begin, &token.text);
  while (At() != style) {
    ScanQuotedSpaces(token.begin, &token.text);
    ScanQuotedText(style, token.begin, &token.text);
  }
  Forward();
  token.end = position_;
  return token;
}

// Up to the next blank, break or closing quote.
void Scanner::ScanQuotedText(char style, const Mark& begin, std::string* out) {
  while (true) {
    const size_t chunk_begin = position_.offset;
    while (!IsOneOf(At(), "'\"\\") && !BlankFollows(0)) Forward();
    out->append(TextFrom(chunk_begin));
    const char c = At();
    if (style == '\'' && c == '\'' && At(1) == '\'') {
      *out += '\'';
      ForwardBytes(2);
    } else if (style == '"' ? c == '\'' : (c == '"' || c == '\\')) {
      *out += c;
      Forward();
    } else if (style == '"' && c == '\\') {
      Forward();
      ScanEscape(begin, out);
    } else {
      return;
    }
  }
}

void Scanner::ScanEscape(const Mark& begin, std::string* out) {
  const std::string_view replacement = EscapeReplacement(At());
  const size_t digits = EscapeDigits(At());
  if (!AtEnd() && !replacement.empty()) {
    out->append(replacement);
    Forward();
  } else if (digits != 0) {
    Forward();
    ScanCodePointEscape(digits, begin, out);
  } else if (AtBreak()) {
    ScanLineBreak();
    ScanQuotedBreaks(begin, out);
  } else {
    Fail("while scanning a double-quoted scalar", begin,
         "found unknown escape character " + CurrentRepr(), position_);
  }
}

void Scanner::ScanCodePointEscape(size_t digits, const Mark& begin, std::string* out) {
  uint64_t code = 0;
  for (size_t i = 0; i < digits; ++i) {
    const char c = At(i);
    const bool digit = c >= '0' && c <= '9';
    const char lower = static_cast<char>(c | 0x20);
    if (!digit && (lower < 'a' || lower > 'f')) {
      Fail("while scanning a double-quoted scalar", begin,
           "expected escape sequence of " + std::to_string(digits) +
               " hexadecimal numbers, but found " + CurrentRepr(i),
           position_);
    }
    code = code * 16 + static_cast<uint64_t>(digit ? c - '0' : lower - 'a' + 10);
  }
  // Python's chr() says so; PyYAML lets its exceptions out.
  if (code > 0x10FFFF) {
    const bool too_large = code > 0x7FFFFFFF;
    throw Error(
        too_large ? ErrorKind::kOverflow : ErrorKind::kValue,
        too_large ? "Python int too large to convert to C int" : "chr() arg not in range(0x110000)")
        .At(source_.Locate({position_.offset, position_.offset + static_cast<uint32_t>(digits)}));
  }
  AppendUtf8(out, static_cast<char32_t>(code));
  ForwardBytes(digits);
}

void Scanner::ScanQuotedSpaces(const Mark& begin, std::string* out) {
  const size_t blanks_begin = position_.offset;
  while (IsSpaceOrTab(At())) Forward();
  if (AtEnd()) {
    Fail("while scanning a quoted scalar", begin, "found unexpected end of stream", position_);
  }
  if (!AtBreak()) {
    out->append(TextFrom(blanks_begin));
    return;
  }
  const std::string line_break = ScanLineBreak();
  std::string breaks;
  ScanQuotedBreaks(begin, &breaks);
  if (line_break != "\n") {
    *out += line_break;
  } else if (breaks.empty()) {
    *out += ' ';
  }
  *out += breaks;
}

// Quoted scalars need no indentation, so only a document marker can show that one was not closed.
void Scanner::ScanQuotedBreaks(const Mark& begin, std::string* out) {
  while (true) {
    if (AtDocumentMarker()) {
      Fail("while scanning a quoted scalar", begin, "found unexpected document separator",
           position_);
    }
    while (IsSpaceOrTab(At())) Forward();
    if (!AtBreak()) return;
    *out += ScanLineBreak();
  }
}

// Plain scalars -----------------------------------------------------------------------------------

bool Scanner::EndsPlain(size_t offset) const {
  const char c = ByteAt(text_, offset);
  if (IsBlankBreakOrEnd(text_, offset)) return true;
  const bool in_flow = flow_level_ != 0;
  if (c == ':') {
    return IsBlankBreakOrEnd(text_, offset + 1) ||
           (in_flow && IsOneOf(ByteAt(text_, offset + 1), ",[]{}"));
  }
  return in_flow && IsOneOf(c, ",?[]{}");
}

Token Scanner::ScanPlainScalar() {
  Token token;
  token.kind = TokenKind::kScalar;
  token.begin = token.end = position_;
  const int indent = indent_ + 1;
  std::string spaces;
  while (At() != '#') {
    const size_t chunk_begin = position_.offset;
    while (!EndsPlain(position_.offset)) Forward();
    if (position_.offset == chunk_begin) break;
    simple_key_allowed_ = false;
    token.text += spaces;
    token.text += TextFrom(chunk_begin);
    token.end = position_;
    spaces = ScanPlainSpaces();
    if (spaces.empty() || (flow_level_ == 0 && column() < indent)) break;
  }
  return token;
}

// The blanks and breaks between two words as they are read; empty where the scalar ends. PyYAML
// does not take tabs here, so that a tab after a plain scalar is an error of the next token.
std::string Scanner::ScanPlainSpaces() {
  const size_t blanks_begin = position_.offset;
  SkipSpaces();
  if (!AtBreak()) return std::string(TextFrom(blanks_begin));
  const std::string line_break = ScanLineBreak();
  simple_key_allowed_ = true;
  if (AtDocumentMarker()) return "";
  std::string breaks;
  while (At() == ' ' || AtBreak()) {
    if (At() == ' ') {
      Forward();
      continue;
    }
    breaks += ScanLineBreak();
    if (AtDocumentMarker()) return "";
  }
  if (line_break != "\n") return line_break + breaks;
  return breaks.empty() ? " " : breaks;
}

}  // namespace scaffold::yaml
