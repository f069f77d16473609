// Event: what the parser gives to the composer.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "yaml/problem.h"

namespace scaffold::yaml {

enum class EventKind : uint8_t {
  kStreamStart,
  kStreamEnd,
  kDocumentStart,
  kDocumentEnd,
  kAlias,
  kScalar,
  kSequenceStart,
  kSequenceEnd,
  kMappingStart,
  kMappingEnd,
};

struct Event {
  EventKind kind = EventKind::kStreamEnd;
  Mark begin;
  Mark end;
  std::string anchor;              // also the name of an alias
  std::optional<std::string> tag;  // complete, as in "tag:yaml.org,2002:str"; "!" is non-specific
  std::string text;                // of a scalar
  bool plain_rules = false;        // of a scalar: its text decides its type
};

}  // namespace scaffold::yaml
