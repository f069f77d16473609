#include "yaml/scanner.h"

#include <utility>

#include "support/utf8.h"

namespace scaffold::yaml {
namespace {

constexpr uint32_t kMaxSimpleKey = 1024;  // characters, from YAML's specification
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

std::string_view TokenName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kStreamStart:
      return "<stream start>";
    case TokenKind::kStreamEnd:
      return "<stream end>";
    case TokenKind::kDirective:
      return "<directive>";
    case TokenKind::kDocumentStart:
      return "<document start>";
    case TokenKind::kDocumentEnd:
      return "<document end>";
    case TokenKind::kBlockSequenceStart:
      return "<block sequence start>";
    case TokenKind::kBlockMappingStart:
      return "<block mapping start>";
    case TokenKind::kBlockEnd:
      return "<block end>";
    case TokenKind::kFlowSequenceStart:
      return "[";
    case TokenKind::kFlowSequenceEnd:
      return "]";
    case TokenKind::kFlowMappingStart:
      return "{";
    case TokenKind::kFlowMappingEnd:
      return "}";
    case TokenKind::kFlowEntry:
      return ",";
    case TokenKind::kBlockEntry:
      return "-";
    case TokenKind::kKey:
      return "?";
    case TokenKind::kValue:
      return ":";
    case TokenKind::kAlias:
      return "<alias>";
    case TokenKind::kAnchor:
      return "<anchor>";
    case TokenKind::kTag:
      return "<tag>";
    case TokenKind::kScalar:
      return "<scalar>";
  }
  return "";
}

Scanner::Scanner(const Source& source, ErrorText style)
    : source_(source), style_(style), text_(source.text()) {
  AddAtCursor(TokenKind::kStreamStart);
}

const Token& Scanner::Peek() {
  while (NeedMoreTokens()) FetchMore();
  return tokens_.front();
}

Token Scanner::Next() {
  while (NeedMoreTokens()) FetchMore();
  Token token = std::move(tokens_.front());
  tokens_.pop_front();
  ++tokens_taken_;
  return token;
}

void Scanner::Fail(std::string context, std::optional<Mark> context_mark, std::string text,
                   const Mark& mark) const {
  throw MakeError(source_, style_, {std::move(context), context_mark, std::move(text), mark});
}

// The cursor ------------------------------------------------------------------------------------

bool Scanner::AtDocumentMarker() const {
  const std::string_view start = text_.substr(std::min<size_t>(position_.offset, text_.size()), 3);
  return (start == "---" || start == "...") && BlankFollows(3);
}

void Scanner::Forward() {
  const size_t break_length = BreakLength(text_, position_.offset);
  if (break_length != 0) {
    // The '\r' of "\r\n" is a character of its own, but only the '\n' ends the line.
    const bool half = break_length == 2 && At() == '\r';
    position_.offset += static_cast<uint32_t>(half ? 1 : break_length);
    ++position_.index;
    if (half) {
      ++position_.column;
    } else {
      ++position_.line;
      position_.column = 0;
    }
    return;
  }
  size_t offset = position_.offset;
  if (static_cast<unsigned char>(At()) < 0x80) {
    ++offset;
    ++position_.column;
  } else {
    if (DecodeUtf8(text_, &offset) != 0xFEFF) ++position_.column;
  }
  position_.offset = static_cast<uint32_t>(offset);
  ++position_.index;
}

void Scanner::ForwardBytes(size_t bytes) {
  const size_t end = position_.offset + bytes;
  while (position_.offset < end) Forward();
}

void Scanner::SkipSpaces() {
  while (At() == ' ') Forward();
}

void Scanner::SkipToBreak() {
  while (!AtBreakOrEnd()) Forward();
}

std::string Scanner::ScanLineBreak() {
  const size_t length = BreakLength(text_, position_.offset);
  if (length == 0) return "";
  // U+2028 and U+2029 stay what they are; every other break is read as "\n".
  std::string read = length == 3 ? std::string(text_.substr(position_.offset, 3)) : "\n";
  ForwardBytes(length);
  return read;
}

// Simple keys and indentation ---------------------------------------------------------------------

bool Scanner::NeedMoreTokens() {
  if (done_) return false;
  if (tokens_.empty()) return true;
  DropStaleKeys();
  return !simple_keys_.empty() && simple_keys_.front().token_number == tokens_taken_;
}

void Scanner::DropStaleKeys() {
  while (!simple_keys_.empty()) {
    const SimpleKey& key = simple_keys_.front();
    if (key.mark.line == position_.line && position_.index - key.mark.index <= kMaxSimpleKey) {
      return;
    }
    if (key.required) {
      Fail("while scanning a simple key", key.mark, "could not find expected ':'", position_);
    }
    simple_keys_.pop_front();
  }
}

void Scanner::SaveSimpleKey() {
  if (!simple_key_allowed_) return;
  const bool required = flow_level_ == 0 && indent_ == column();
  RemoveSimpleKey();
  simple_keys_.push_back({flow_level_, tokens_taken_ + tokens_.size(), required, position_});
}

void Scanner::RemoveSimpleKey() {
  if (simple_keys_.empty() || simple_keys_.back().flow_level != flow_level_) return;
  if (simple_keys_.back().required) {
    Fail("while scanning a simple key", simple_keys_.back().mark, "could not find expected ':'",
         position_);
  }
  simple_keys_.pop_back();
}

void Scanner::UnwindIndent(int column) {
  if (flow_level_ != 0) return;
  while (indent_ > column) {
    indent_ = indents_.back();
    indents_.pop_back();
    AddAtCursor(TokenKind::kBlockEnd);
  }
}

bool Scanner::AddIndent(int column) {
  if (indent_ >= column) return false;
  indents_.push_back(indent_);
  indent_ = column;
  return true;
}

// Fetching ----------------------------------------------------------------------------------------

void Scanner::FetchMore() {
  SkipToNextToken();
  DropStaleKeys();
  UnwindIndent(column());
  if (AtEnd()) {
    FetchStreamEnd();
    return;
  }
  if (FetchMarker() || FetchIndicator() || FetchContent()) return;
  Fail("while scanning for the next token", std::nullopt,
       "found character " + CurrentRepr() + " that cannot start any token", position_);
}

// PyYAML skips a byte order mark only as the first character of the text, and never skips tabs.
void Scanner::SkipToNextToken() {
  if (position_.index == 0 && text_.starts_with(kByteOrderMark)) Forward();
  while (true) {
    SkipSpaces();
    if (At() == '#') SkipToBreak();
    if (ScanLineBreak().empty()) return;
    if (flow_level_ == 0) simple_key_allowed_ = true;
  }
}

bool Scanner::FetchMarker() {
  if (position_.column != 0) return false;
  if (At() == '%') {
    FetchDirective();
  } else if (At() == '-' && AtDocumentMarker()) {
    FetchDocumentMarker(TokenKind::kDocumentStart);
  } else if (At() == '.' && AtDocumentMarker()) {
    FetchDocumentMarker(TokenKind::kDocumentEnd);
  } else {
    return false;
  }
  return true;
}

bool Scanner::FetchIndicator() {
  const bool in_flow = flow_level_ != 0;
  switch (At()) {
    case '[':
      FetchFlowStart(TokenKind::kFlowSequenceStart);
      return true;
    case '{':
      FetchFlowStart(TokenKind::kFlowMappingStart);
      return true;
    case ']':
      FetchFlowEnd(TokenKind::kFlowSequenceEnd);
      return true;
    case '}':
      FetchFlowEnd(TokenKind::kFlowMappingEnd);
      return true;
    case ',':
      FetchFlowEntry();
      return true;
    case '-':
      if (!BlankFollows(1)) return false;
      FetchBlockEntry();
      return true;
    case '?':
      if (!in_flow && !BlankFollows(1)) return false;
      FetchKey();
      return true;
    case ':':
      if (!in_flow && !BlankFollows(1)) return false;
      FetchValue();
      return true;
    default:
      return false;
  }
}

bool Scanner::FetchContent() {
  const char c = At();
  if ((c == '|' || c == '>') && flow_level_ == 0) {
    simple_key_allowed_ = true;
    RemoveSimpleKey();
    tokens_.push_back(ScanBlockScalar(c));
    return true;
  }
  const bool quoted = c == '\'' || c == '"';
  if (!quoted && c != '*' && c != '&' && c != '!' && !StartsPlain()) return false;
  SaveSimpleKey();
  simple_key_allowed_ = false;  // a plain scalar that ends at a line break allows it again
  if (c == '*') {
    tokens_.push_back(ScanAnchor(TokenKind::kAlias));
  } else if (c == '&') {
    tokens_.push_back(ScanAnchor(TokenKind::kAnchor));
  } else if (c == '!') {
    tokens_.push_back(ScanTag());
  } else {
    tokens_.push_back(quoted ? ScanQuotedScalar(c) : ScanPlainScalar());
  }
  return true;
}

bool Scanner::StartsPlain() const {
  const char c = At();
  if (!BlankFollows(0) && !IsOneOf(c, "-?:,[]{}#&*!|>'\"%@`")) return true;
  return !BlankFollows(1) && (c == '-' || (flow_level_ == 0 && (c == '?' || c == ':')));
}

void Scanner::AddIndicator(TokenKind kind, size_t length) {
  Token token;
  token.kind = kind;
  token.begin = position_;
  ForwardBytes(length);
  token.end = position_;
  tokens_.push_back(std::move(token));
}

void Scanner::AddAtCursor(TokenKind kind) { AddIndicator(kind, 0); }

void Scanner::FetchStreamEnd() {
  UnwindIndent(-1);
  RemoveSimpleKey();
  simple_key_allowed_ = false;
  simple_keys_.clear();
  AddAtCursor(TokenKind::kStreamEnd);
  done_ = true;
}

void Scanner::FetchDirective() {
  UnwindIndent(-1);
  RemoveSimpleKey();
  simple_key_allowed_ = false;
  tokens_.push_back(ScanDirective());
}

void Scanner::FetchDocumentMarker(TokenKind kind) {
  UnwindIndent(-1);
  RemoveSimpleKey();
  simple_key_allowed_ = false;
  AddIndicator(kind, 3);
}

void Scanner::FetchFlowStart(TokenKind kind) {
  SaveSimpleKey();
  ++flow_level_;
  simple_key_allowed_ = true;
  AddIndicator(kind, 1);
}

void Scanner::FetchFlowEnd(TokenKind kind) {
  RemoveSimpleKey();
  --flow_level_;
  simple_key_allowed_ = false;
  AddIndicator(kind, 1);
}

void Scanner::FetchFlowEntry() {
  simple_key_allowed_ = true;
  RemoveSimpleKey();
  AddIndicator(TokenKind::kFlowEntry, 1);
}

void Scanner::FetchBlockEntry() {
  if (flow_level_ == 0) {
    if (!simple_key_allowed_) {
      Fail("", std::nullopt, "sequence entries are not allowed here", position_);
    }
    if (AddIndent(column())) AddAtCursor(TokenKind::kBlockSequenceStart);
  }
  simple_key_allowed_ = true;
  RemoveSimpleKey();
  AddIndicator(TokenKind::kBlockEntry, 1);
}

void Scanner::FetchKey() {
  if (flow_level_ == 0) {
    if (!simple_key_allowed_) {
      Fail("", std::nullopt, "mapping keys are not allowed here", position_);
    }
    if (AddIndent(column())) AddAtCursor(TokenKind::kBlockMappingStart);
  }
  simple_key_allowed_ = flow_level_ == 0;
  RemoveSimpleKey();
  AddIndicator(TokenKind::kKey, 1);
}

void Scanner::FetchValue() {
  if (!simple_keys_.empty() && simple_keys_.back().flow_level == flow_level_) {
    const SimpleKey key = simple_keys_.back();
    simple_keys_.pop_back();
    Token token;
    token.begin = token.end = key.mark;
    token.kind = TokenKind::kKey;
    const auto place = [&] {
      return tokens_.begin() + static_cast<std::ptrdiff_t>(key.token_number - tokens_taken_);
    };
    tokens_.insert(place(), token);
    if (flow_level_ == 0 && AddIndent(static_cast<int>(key.mark.column))) {
      token.kind = TokenKind::kBlockMappingStart;
      tokens_.insert(place(), token);
    }
    simple_key_allowed_ = false;
  } else {
    if (flow_level_ == 0) {
      if (!simple_key_allowed_) {
        Fail("", std::nullopt, "mapping values are not allowed here", position_);
      }
      if (AddIndent(column())) AddAtCursor(TokenKind::kBlockMappingStart);
    }
    simple_key_allowed_ = flow_level_ == 0;
    RemoveSimpleKey();
  }
  AddIndicator(TokenKind::kValue, 1);
}

}  // namespace scaffold::yaml
