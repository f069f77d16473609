// YAML text to Values with PyYAML's SafeLoader rules (YAML 1.1).
//
// Tags, scalars, merge keys, anchors and duplicate keys mean what they mean to PyYAML 6; what
// PyYAML refuses is an Error(kYaml) with place. Alias bombs and deep nesting end in an Error, not
// in memory.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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

// What to do with `!tag` scalars that SafeLoader does not know: the value to use, nullopt to refuse
// the tag as SafeLoader does, or an Error of its own. Copier's manifest gives one for `!include`.
using TagHandler =
    std::function<std::optional<Value>(std::string_view tag, const Value& scalar, Span span)>;

// How an Error of malformed YAML reads. The place is there in both.
enum class ErrorText : uint8_t {
  kShort,   // the problem alone; what was going on is a note
  kPython,  // str() of PyYAML's exception, many lines; where templates and answers see that text
};

struct LoadOptions {
  TagHandler on_tag;  // empty: unknown tags are errors, as in SafeLoader
  ErrorText error_text = ErrorText::kShort;
};

// The text of a file's bytes: PyYAML takes UTF-16 with a byte order mark, else UTF-8. A mark stays
// in the text, and so do malformed bytes, which loading then refuses at their place. Spans of a
// document point into the text that was loaded, so decode before making a Source.
std::string DecodeText(std::string_view bytes, const std::string& name);

// One document; an empty text gives None; more than one document is an error.
Value Load(const Source& source, const LoadOptions& options = {});
Document LoadDocument(const Source& source, const LoadOptions& options = {});
std::vector<Document> LoadAll(const Source& source, const LoadOptions& options = {});

// The items of a top-level sequence as they are written; nullopt when the text is something else.
struct RawItem {
  std::string text;
  bool is_string;  // a scalar that loads as a str
};
std::optional<std::vector<RawItem>> LoadRawItems(const Source& source,
                                                 const LoadOptions& options = {});

}  // namespace scaffold::yaml
