// YAML text to Values with PyYAML's SafeLoader rules (YAML 1.1).
//
// Tags, scalars, merge keys, anchors and duplicate keys mean what they mean to PyYAML 6; what PyYAML
// refuses is an Error(kYaml) with place. Alias bombs and deep nesting end in an Error, not in memory.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"
#include "support/source.h"

namespace scaffold::yaml {

// Where a value stands in its text, beside the value: `key` is where the mapping's key stands.
struct SpanNode {
  Span span;
  Span key;
  std::map<std::string, SpanNode> children;  // of a mapping, by str(key)
  std::vector<SpanNode> items;               // of a sequence
  // Null when there is no such child.
  const SpanNode* Find(std::string_view name) const;
};

struct Document {
  Value value;
  SpanNode spans;
};

// What to do with `!tag` scalars that SafeLoader does not know; returns the value to use, or throws.
// Copier's manifest gives one for `!include`.
using TagHandler = std::function<Value(std::string_view tag, const Value& scalar, Span span)>;

struct LoadOptions {
  TagHandler on_tag;  // empty: unknown tags are errors, as in SafeLoader
};

// One document; an empty text gives None; more than one document is an error.
Value Load(const Source& source, const LoadOptions& options = {});
Document LoadDocument(const Source& source, const LoadOptions& options = {});
std::vector<Document> LoadAll(const Source& source, const LoadOptions& options = {});

}  // namespace scaffold::yaml
