#include "yaml/parser.h"

#include <utility>

#include "scaffold/value.h"

namespace scaffold::yaml {
namespace {

const std::map<std::string, std::string>& DefaultTagHandles() {
  static const std::map<std::string, std::string> handles = {{"!", "!"},
                                                             {"!!", "tag:yaml.org,2002:"}};
  return handles;
}

std::string QuoteName(TokenKind kind) { return Repr(Value(TokenName(kind))); }

Event MakeEvent(EventKind kind, const Mark& begin, const Mark& end) {
  Event event;
  event.kind = kind;
  event.begin = begin;
  event.end = end;
  return event;
}

}  // namespace

Parser::Parser(const Source& source, ErrorText style) : scanner_(source, style) {}

const Event& Parser::Peek() {
  if (!has_current_) {
    current_ = Step();
    has_current_ = true;
  }
  return current_;
}

Event Parser::Next() {
  Peek();
  has_current_ = false;
  return std::move(current_);
}

Event Parser::Step() {
  switch (state_) {
    case State::kStreamStart: {
      const Token token = scanner_.Next();
      state_ = State::kImplicitDocumentStart;
      return MakeEvent(EventKind::kStreamStart, token.begin, token.end);
    }
    case State::kImplicitDocumentStart:
      return ParseImplicitDocumentStart();
    case State::kDocumentStart:
      return ParseDocumentStart();
    case State::kDocumentContent:
      return ParseDocumentContent();
    case State::kDocumentEnd:
      return ParseDocumentEnd();
    case State::kBlockNode:
      return ParseNode(NodeContext::kBlock);
    case State::kFirstBlockSequenceEntry:
      PushMark();
      [[fallthrough]];
    case State::kBlockSequenceEntry:
      return ParseBlockSequenceEntry();
    case State::kIndentlessSequenceEntry:
      return ParseIndentlessSequenceEntry();
    case State::kFirstBlockMappingKey:
      PushMark();
      [[fallthrough]];
    case State::kBlockMappingKey:
      return ParseBlockMappingKey();
    case State::kBlockMappingValue:
      return ParseBlockMappingValue();
    case State::kFirstFlowSequenceEntry:
      PushMark();
      return ParseFlowSequenceEntry(true);
    case State::kFlowSequenceEntry:
      return ParseFlowSequenceEntry(false);
    case State::kFlowPairKey:
      return ParseFlowPairKey();
    case State::kFlowPairValue:
      return ParseFlowPairValue();
    case State::kFlowPairEnd: {
      state_ = State::kFlowSequenceEntry;
      const Mark mark = scanner_.Peek().begin;
      return MakeEvent(EventKind::kMappingEnd, mark, mark);
    }
    case State::kFirstFlowMappingKey:
      PushMark();
      return ParseFlowMappingKey(true);
    case State::kFlowMappingKey:
      return ParseFlowMappingKey(false);
    case State::kFlowMappingValue:
      return ParseFlowMappingValue();
    case State::kFlowMappingEmptyValue:
      return EmptyScalarThen(scanner_.Peek().begin, State::kFlowMappingKey);
    case State::kEnd:
      break;
  }
  return Event();
}

void Parser::PopState() {
  state_ = states_.back();
  states_.pop_back();
}

void Parser::PushMark() { marks_.push_back(scanner_.Next().begin); }

void Parser::FailAtToken(std::string_view context, std::string_view expected) {
  const Token& token = scanner_.Peek();
  Fail(std::string(context), marks_.back(), std::string(expected) + " " + QuoteName(token.kind),
       token.begin);
}

// Documents ---------------------------------------------------------------------------------------

Event Parser::ParseImplicitDocumentStart() {
  if (NextIsOneOf(TokenKind::kDirective, TokenKind::kDocumentStart, TokenKind::kStreamEnd)) {
    return ParseDocumentStart();
  }
  tag_handles_ = DefaultTagHandles();
  const Mark mark = scanner_.Peek().begin;
  states_.push_back(State::kDocumentEnd);
  state_ = State::kBlockNode;
  return MakeEvent(EventKind::kDocumentStart, mark, mark);
}

Event Parser::ParseDocumentStart() {
  while (NextIs(TokenKind::kDocumentEnd)) scanner_.Next();
  if (NextIs(TokenKind::kStreamEnd)) {
    const Token token = scanner_.Next();
    state_ = State::kEnd;
    return MakeEvent(EventKind::kStreamEnd, token.begin, token.end);
  }
  const Mark begin = scanner_.Peek().begin;
  ReadDirectives();
  if (!NextIs(TokenKind::kDocumentStart)) {
    const Token& token = scanner_.Peek();
    Fail("", std::nullopt, "expected '<document start>', but found " + QuoteName(token.kind),
         token.begin);
  }
  const Token token = scanner_.Next();
  states_.push_back(State::kDocumentEnd);
  state_ = State::kDocumentContent;
  return MakeEvent(EventKind::kDocumentStart, begin, token.end);
}

Event Parser::ParseDocumentContent() {
  if (!NextIsOneOf(TokenKind::kDirective, TokenKind::kDocumentStart, TokenKind::kDocumentEnd,
                   TokenKind::kStreamEnd)) {
    return ParseNode(NodeContext::kBlock);
  }
  const State then = states_.back();
  states_.pop_back();
  return EmptyScalarThen(scanner_.Peek().begin, then);
}

Event Parser::ParseDocumentEnd() {
  const Mark begin = scanner_.Peek().begin;
  Mark end = begin;
  if (NextIs(TokenKind::kDocumentEnd)) end = scanner_.Next().end;
  state_ = State::kDocumentStart;
  return MakeEvent(EventKind::kDocumentEnd, begin, end);
}

void Parser::ReadDirectives() {
  tag_handles_.clear();
  bool version_seen = false;
  while (NextIs(TokenKind::kDirective)) {
    const Token token = scanner_.Next();
    if (token.text == "YAML") {
      if (version_seen) Fail("", std::nullopt, "found duplicate YAML directive", token.begin);
      if (token.prefix != "1") {
        Fail("", std::nullopt, "found incompatible YAML document (version 1.* is required)",
             token.begin);
      }
      version_seen = true;
    } else if (token.text == "TAG") {
      if (!tag_handles_.emplace(token.handle, token.prefix).second) {
        Fail("", std::nullopt, "duplicate tag handle " + Repr(Value(token.handle)), token.begin);
      }
    }
  }
  tag_handles_.insert(DefaultTagHandles().begin(), DefaultTagHandles().end());
}

// Nodes -------------------------------------------------------------------------------------------

Event Parser::ParseNode(NodeContext context) {
  if (NextIs(TokenKind::kAlias)) {
    Token token = scanner_.Next();
    Event event = MakeEvent(EventKind::kAlias, token.begin, token.end);
    event.anchor = std::move(token.text);
    PopState();
    return event;
  }
  Properties properties = ReadProperties();
  const bool block = context != NodeContext::kFlow;
  const Token& token = scanner_.Peek();
  if (context == NodeContext::kBlockOrIndentless && token.kind == TokenKind::kBlockEntry) {
    return StartCollection(EventKind::kSequenceStart, State::kIndentlessSequenceEntry, token.end,
                           std::move(properties));
  }
  if (token.kind == TokenKind::kScalar) return ParseScalar(std::move(properties));
  if (token.kind == TokenKind::kFlowSequenceStart) {
    return StartCollection(EventKind::kSequenceStart, State::kFirstFlowSequenceEntry, token.end,
                           std::move(properties));
  }
  if (token.kind == TokenKind::kFlowMappingStart) {
    return StartCollection(EventKind::kMappingStart, State::kFirstFlowMappingKey, token.end,
                           std::move(properties));
  }
  if (block && token.kind == TokenKind::kBlockSequenceStart) {
    return StartCollection(EventKind::kSequenceStart, State::kFirstBlockSequenceEntry, token.begin,
                           std::move(properties));
  }
  if (block && token.kind == TokenKind::kBlockMappingStart) {
    return StartCollection(EventKind::kMappingStart, State::kFirstBlockMappingKey, token.begin,
                           std::move(properties));
  }
  if (properties.any) return ParseScalar(std::move(properties));
  Fail(block ? "while parsing a block node" : "while parsing a flow node", properties.begin,
       "expected the node content, but found " + QuoteName(token.kind), token.begin);
}

Parser::Properties Parser::ReadProperties() {
  Properties properties;
  std::optional<Token> tag;
  if (NextIs(TokenKind::kTag)) tag = scanner_.Next();
  if (NextIs(TokenKind::kAnchor)) {
    Token anchor = scanner_.Next();
    properties.anchor = std::move(anchor.text);
    properties.any = true;
    properties.begin = anchor.begin;
    properties.end = anchor.end;
    // The tag may also come second, but there is only one.
    if (!tag && NextIs(TokenKind::kTag)) {
      tag = scanner_.Next();
      properties.end = tag->end;
    } else if (tag) {
      properties.begin = tag->begin;
    }
  } else if (tag) {
    properties.begin = tag->begin;
    properties.end = tag->end;
  }
  if (tag) {
    properties.any = true;
    properties.tag = ResolveTag(*tag, properties.begin);
  }
  if (!properties.any) properties.begin = properties.end = scanner_.Peek().begin;
  return properties;
}

std::string Parser::ResolveTag(const Token& token, const Mark& node_begin) const {
  if (!token.has_handle) return token.text;
  const auto handle = tag_handles_.find(token.handle);
  if (handle == tag_handles_.end()) {
    Fail("while parsing a node", node_begin,
         "found undefined tag handle " + Repr(Value(token.handle)), token.begin);
  }
  return handle->second + token.text;
}

Event Parser::StartCollection(EventKind kind, State state, const Mark& end, Properties properties) {
  Event event = MakeEvent(kind, properties.begin, end);
  event.anchor = std::move(properties.anchor);
  event.tag = std::move(properties.tag);
  state_ = state;
  return event;
}

// A scalar token, or the empty scalar that stands after an anchor or a tag.
Event Parser::ParseScalar(Properties properties) {
  Event event = MakeEvent(EventKind::kScalar, properties.begin, properties.end);
  const bool non_specific = properties.tag == "!";
  event.plain_rules = non_specific || !properties.tag;
  if (NextIs(TokenKind::kScalar)) {
    Token token = scanner_.Next();
    event.end = token.end;
    event.text = std::move(token.text);
    event.plain_rules = non_specific || (token.style == '\0' && !properties.tag);
  }
  event.anchor = std::move(properties.anchor);
  event.tag = std::move(properties.tag);
  PopState();
  return event;
}

Event Parser::ParseNodeThen(NodeContext context, State then) {
  states_.push_back(then);
  return ParseNode(context);
}

Event Parser::EmptyScalarThen(const Mark& mark, State then) {
  state_ = then;
  Event event = MakeEvent(EventKind::kScalar, mark, mark);
  event.plain_rules = true;
  return event;
}

Event Parser::EndCollection(EventKind kind) {
  const Token token = scanner_.Next();
  marks_.pop_back();
  PopState();
  return MakeEvent(kind, token.begin, token.end);
}

// Block collections -------------------------------------------------------------------------------

Event Parser::ParseBlockSequenceEntry() {
  if (NextIs(TokenKind::kBlockEntry)) {
    const Token token = scanner_.Next();
    if (NextIsOneOf(TokenKind::kBlockEntry, TokenKind::kBlockEnd)) {
      return EmptyScalarThen(token.end, State::kBlockSequenceEntry);
    }
    return ParseNodeThen(NodeContext::kBlock, State::kBlockSequenceEntry);
  }
  if (!NextIs(TokenKind::kBlockEnd)) {
    FailAtToken("while parsing a block collection", "expected <block end>, but found");
  }
  return EndCollection(EventKind::kSequenceEnd);
}

// A sequence as a mapping's value may stand as far left as its key; no token ends it.
Event Parser::ParseIndentlessSequenceEntry() {
  if (NextIs(TokenKind::kBlockEntry)) {
    const Token token = scanner_.Next();
    if (NextIsOneOf(TokenKind::kBlockEntry, TokenKind::kKey, TokenKind::kValue,
                    TokenKind::kBlockEnd)) {
      return EmptyScalarThen(token.end, State::kIndentlessSequenceEntry);
    }
    return ParseNodeThen(NodeContext::kBlock, State::kIndentlessSequenceEntry);
  }
  const Mark mark = scanner_.Peek().begin;
  PopState();
  return MakeEvent(EventKind::kSequenceEnd, mark, mark);
}

Event Parser::ParseBlockMappingKey() {
  if (NextIs(TokenKind::kKey)) {
    const Token token = scanner_.Next();
    if (NextIsOneOf(TokenKind::kKey, TokenKind::kValue, TokenKind::kBlockEnd)) {
      return EmptyScalarThen(token.end, State::kBlockMappingValue);
    }
    return ParseNodeThen(NodeContext::kBlockOrIndentless, State::kBlockMappingValue);
  }
  if (!NextIs(TokenKind::kBlockEnd)) {
    FailAtToken("while parsing a block mapping", "expected <block end>, but found");
  }
  return EndCollection(EventKind::kMappingEnd);
}

Event Parser::ParseBlockMappingValue() {
  if (!NextIs(TokenKind::kValue)) {
    return EmptyScalarThen(scanner_.Peek().begin, State::kBlockMappingKey);
  }
  const Token token = scanner_.Next();
  if (NextIsOneOf(TokenKind::kKey, TokenKind::kValue, TokenKind::kBlockEnd)) {
    return EmptyScalarThen(token.end, State::kBlockMappingKey);
  }
  return ParseNodeThen(NodeContext::kBlockOrIndentless, State::kBlockMappingKey);
}

// Flow collections --------------------------------------------------------------------------------

Event Parser::ParseFlowSequenceEntry(bool first) {
  if (!NextIs(TokenKind::kFlowSequenceEnd)) {
    if (!first) {
      if (!NextIs(TokenKind::kFlowEntry)) {
        FailAtToken("while parsing a flow sequence", "expected ',' or ']', but got");
      }
      scanner_.Next();
    }
    if (NextIs(TokenKind::kKey)) {
      const Token& token = scanner_.Peek();
      state_ = State::kFlowPairKey;
      return MakeEvent(EventKind::kMappingStart, token.begin, token.end);
    }
    if (!NextIs(TokenKind::kFlowSequenceEnd)) {
      return ParseNodeThen(NodeContext::kFlow, State::kFlowSequenceEntry);
    }
  }
  return EndCollection(EventKind::kSequenceEnd);
}

Event Parser::ParseFlowPairKey() {
  const Token token = scanner_.Next();
  if (NextIsOneOf(TokenKind::kValue, TokenKind::kFlowEntry, TokenKind::kFlowSequenceEnd)) {
    return EmptyScalarThen(token.end, State::kFlowPairValue);
  }
  return ParseNodeThen(NodeContext::kFlow, State::kFlowPairValue);
}

Event Parser::ParseFlowPairValue() {
  if (!NextIs(TokenKind::kValue)) {
    return EmptyScalarThen(scanner_.Peek().begin, State::kFlowPairEnd);
  }
  const Token token = scanner_.Next();
  if (NextIsOneOf(TokenKind::kFlowEntry, TokenKind::kFlowSequenceEnd)) {
    return EmptyScalarThen(token.end, State::kFlowPairEnd);
  }
  return ParseNodeThen(NodeContext::kFlow, State::kFlowPairEnd);
}

Event Parser::ParseFlowMappingKey(bool first) {
  if (!NextIs(TokenKind::kFlowMappingEnd)) {
    if (!first) {
      if (!NextIs(TokenKind::kFlowEntry)) {
        FailAtToken("while parsing a flow mapping", "expected ',' or '}', but got");
      }
      scanner_.Next();
    }
    if (NextIs(TokenKind::kKey)) {
      const Token token = scanner_.Next();
      if (NextIsOneOf(TokenKind::kValue, TokenKind::kFlowEntry, TokenKind::kFlowMappingEnd)) {
        return EmptyScalarThen(token.end, State::kFlowMappingValue);
      }
      return ParseNodeThen(NodeContext::kFlow, State::kFlowMappingValue);
    }
    if (!NextIs(TokenKind::kFlowMappingEnd)) {
      return ParseNodeThen(NodeContext::kFlow, State::kFlowMappingEmptyValue);
    }
  }
  return EndCollection(EventKind::kMappingEnd);
}

Event Parser::ParseFlowMappingValue() {
  if (!NextIs(TokenKind::kValue)) {
    return EmptyScalarThen(scanner_.Peek().begin, State::kFlowMappingKey);
  }
  const Token token = scanner_.Next();
  if (NextIsOneOf(TokenKind::kFlowEntry, TokenKind::kFlowMappingEnd)) {
    return EmptyScalarThen(token.end, State::kFlowMappingKey);
  }
  return ParseNodeThen(NodeContext::kFlow, State::kFlowMappingKey);
}

}  // namespace scaffold::yaml
