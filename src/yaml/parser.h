// Parser: tokens to events, by YAML 1.1's grammar as PyYAML reads it.
//
// A stack of states instead of recursion, so that nesting costs no C++ stack here.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "yaml/event.h"
#include "yaml/scanner.h"

namespace scaffold::yaml {

class Parser {
 public:
  Parser(const Source& source, ErrorText style);

  const Event& Peek();
  Event Next();

  [[noreturn]] void Fail(std::string context, std::optional<Mark> context_mark, std::string text,
                         const Mark& mark) const {
    scanner_.Fail(std::move(context), context_mark, std::move(text), mark);
  }

 private:
  // What is expected next. "Entry" stands before an item, the First forms before its opening token.
  enum class State : uint8_t {
    kStreamStart,
    kImplicitDocumentStart,
    kDocumentStart,
    kDocumentContent,
    kDocumentEnd,
    kBlockNode,
    kFirstBlockSequenceEntry,
    kBlockSequenceEntry,
    kIndentlessSequenceEntry,
    kFirstBlockMappingKey,
    kBlockMappingKey,
    kBlockMappingValue,
    kFirstFlowSequenceEntry,
    kFlowSequenceEntry,
    kFlowPairKey,  // `[a: b]` is a mapping of one pair inside a sequence
    kFlowPairValue,
    kFlowPairEnd,
    kFirstFlowMappingKey,
    kFlowMappingKey,
    kFlowMappingValue,
    kFlowMappingEmptyValue,
    kEnd,
  };
  enum class NodeContext : uint8_t { kBlock, kBlockOrIndentless, kFlow };

  // Anchor and tag in front of a node.
  struct Properties {
    std::string anchor;
    std::optional<std::string> tag;
    bool any = false;
    Mark begin;
    Mark end;
  };

  Event Step();
  bool NextIs(TokenKind kind) { return scanner_.Peek().kind == kind; }
  template <typename... Kinds>
  bool NextIsOneOf(Kinds... kinds) {
    return (NextIs(kinds) || ...);
  }
  void PopState();

  Event ParseImplicitDocumentStart();
  Event ParseDocumentStart();
  Event ParseDocumentContent();
  Event ParseDocumentEnd();
  void ReadDirectives();
  Event ParseNode(NodeContext context);
  Properties ReadProperties();
  std::string ResolveTag(const Token& token, const Mark& node_begin) const;
  Event StartCollection(EventKind kind, State state, const Mark& end, Properties properties);
  Event ParseScalar(Properties properties);
  Event ParseBlockSequenceEntry();
  Event ParseIndentlessSequenceEntry();
  Event ParseBlockMappingKey();
  Event ParseBlockMappingValue();
  Event ParseFlowSequenceEntry(bool first);
  Event ParseFlowPairKey();
  Event ParseFlowPairValue();
  Event ParseFlowMappingKey(bool first);
  Event ParseFlowMappingValue();
  // A node before which `then` is kept, or an empty scalar after which it goes on with `then`.
  Event ParseNodeThen(NodeContext context, State then);
  Event EmptyScalarThen(const Mark& mark, State then);
  Event EndCollection(EventKind kind);
  [[noreturn]] void FailAtToken(std::string_view context, std::string_view expected);
  void PushMark();

  Scanner scanner_;
  State state_ = State::kStreamStart;
  std::vector<State> states_;
  std::vector<Mark> marks_;  // where the open collections begin
  std::map<std::string, std::string> tag_handles_;
  Event current_;
  bool has_current_ = false;
};

}  // namespace scaffold::yaml
