// Scanner: YAML text to tokens, with the indentation and simple-key rules of YAML 1.1 as PyYAML
// applies them.
//
// One pass: a token is held back only while it may turn out to be a key, which YAML limits to one
// line and 1024 characters, so that the work is linear in the text.

#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/characters.h"
#include "yaml/token.h"

namespace scaffold::yaml {

class Scanner {
 public:
  // The source must outlive the scanner. REQUIRES: CheckCharacters accepted its text.
  Scanner(const Source& source, ErrorText style);

  const Token& Peek();
  Token Next();

  [[noreturn]] void Fail(std::string context, std::optional<Mark> context_mark, std::string text,
                         const Mark& mark) const;

 private:
  // A token that becomes a key if a ':' follows soon.
  struct SimpleKey {
    int flow_level;
    size_t token_number;
    bool required;
    Mark mark;
  };

  // The cursor.
  char At(size_t ahead = 0) const { return ByteAt(text_, position_.offset + ahead); }
  bool AtEnd() const { return position_.offset >= text_.size(); }
  bool AtBreak() const { return BreakLength(text_, position_.offset) != 0; }
  bool AtBreakOrEnd() const { return IsBreakOrEnd(text_, position_.offset); }
  bool BlankFollows(size_t ahead) const {
    return IsBlankBreakOrEnd(text_, position_.offset + ahead);
  }
  std::string CurrentRepr(size_t ahead = 0) const {
    return CharacterRepr(text_, position_.offset + ahead);
  }
  bool AtDocumentMarker() const;
  void Forward();                   // one code point; counts lines
  void ForwardBytes(size_t bytes);  // the same for as many bytes as are whole code points
  void SkipSpaces();
  void SkipToBreak();
  std::string_view TextFrom(size_t offset) const {
    return text_.substr(offset, position_.offset - offset);
  }
  std::string ScanLineBreak();  // the break as it is read, or "" when there is none

  // Simple keys and indentation.
  bool NeedMoreTokens();
  void DropStaleKeys();
  void SaveSimpleKey();
  void RemoveSimpleKey();
  void UnwindIndent(int column);
  bool AddIndent(int column);
  int column() const { return static_cast<int>(position_.column); }

  // One token (or a few) into the queue.
  void FetchMore();
  bool FetchMarker();
  bool FetchIndicator();
  bool FetchContent();
  void SkipToNextToken();
  void FetchStreamEnd();
  void FetchDirective();
  void FetchDocumentMarker(TokenKind kind);
  void FetchFlowStart(TokenKind kind);
  void FetchFlowEnd(TokenKind kind);
  void FetchFlowEntry();
  void FetchBlockEntry();
  void FetchKey();
  void FetchValue();
  void AddIndicator(TokenKind kind, size_t length);
  void AddAtCursor(TokenKind kind);
  bool StartsPlain() const;

  // scan_properties.cc
  Token ScanDirective();
  void ScanYamlDirective(const Mark& begin, Token* token);
  void ScanTagDirective(const Mark& begin, Token* token);
  std::string ScanDirectiveNumber(const Mark& begin);
  void SkipRestOfLine(std::string_view context, const Mark& begin);
  Token ScanAnchor(TokenKind kind);
  Token ScanTag();
  std::string ScanTagHandle(std::string_view what, const Mark& begin);
  std::string ScanTagUri(std::string_view what, const Mark& begin);
  std::string ScanUriEscapes(std::string_view what, const Mark& begin);

  // scan_scalars.cc
  struct BlockHeader {
    char chomping = '\0';  // '+', '-' or none
    int increment = 0;     // 0: to be found
  };
  Token ScanBlockScalar(char style);
  BlockHeader ScanBlockHeader(const Mark& begin);
  int ScanIndentIndicator(const Mark& begin);
  int ScanBlockIndentation(std::string* breaks, Mark* end);
  void ScanBlockBreaks(int indent, std::string* breaks, Mark* end);
  Token ScanQuotedScalar(char style);
  void ScanQuotedText(char style, const Mark& begin, std::string* out);
  void ScanEscape(const Mark& begin, std::string* out);
  void ScanCodePointEscape(size_t digits, const Mark& begin, std::string* out);
  void ScanQuotedSpaces(const Mark& begin, std::string* out);
  void ScanQuotedBreaks(const Mark& begin, std::string* out);
  Token ScanPlainScalar();
  bool EndsPlain(size_t offset) const;
  std::string ScanPlainSpaces();

  const Source& source_;
  ErrorText style_;
  std::string_view text_;
  Mark position_;

  std::deque<Token> tokens_;
  size_t tokens_taken_ = 0;
  bool done_ = false;
  int flow_level_ = 0;  // below zero after a stray ']', until the parser complains
  int indent_ = -1;
  std::vector<int> indents_;
  bool simple_key_allowed_ = true;
  // At most one a flow level; the levels and the token numbers rise from front to back.
  std::deque<SimpleKey> simple_keys_;
};

}  // namespace scaffold::yaml
