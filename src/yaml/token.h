// Token: what the scanner gives to the parser.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "yaml/problem.h"

namespace scaffold::yaml {

enum class TokenKind : uint8_t {
  kStreamStart,
  kStreamEnd,
  kDirective,
  kDocumentStart,
  kDocumentEnd,
  kBlockSequenceStart,
  kBlockMappingStart,
  kBlockEnd,
  kFlowSequenceStart,
  kFlowSequenceEnd,
  kFlowMappingStart,
  kFlowMappingEnd,
  kFlowEntry,
  kBlockEntry,
  kKey,
  kValue,
  kAlias,
  kAnchor,
  kTag,
  kScalar,
};

// PyYAML's name of a token, as its messages quote it: "<block end>", ",".
std::string_view TokenName(TokenKind kind);

struct Token {
  TokenKind kind = TokenKind::kStreamEnd;
  Mark begin;
  Mark end;
  std::string text;         // of a scalar, anchor, alias; suffix of a tag; name of a directive
  std::string handle;       // of a tag and of a %TAG directive
  std::string prefix;       // of a %TAG directive; the major version of a %YAML directive
  bool has_handle = false;  // of a tag: false for `!<...>` and a lone `!`
  char style = '\0';        // of a scalar: '\0' plain, '\'', '"', '|' or '>'
};

}  // namespace scaffold::yaml
