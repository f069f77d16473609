#include "yaml/composer.h"

#include <array>
#include <utility>

#include "yaml/resolver.h"

namespace scaffold::yaml {
namespace {

// Where Python's recursion limit stops PyYAML (measured: 491 nested collections).
constexpr int kMaxDepth = 490;

// What aliases may stand for: loading shares it, but str() or a file writes it out.
constexpr uint64_t kMaxExpanded = uint64_t{16} << 20;

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";
constexpr std::array<std::string_view, 14> kTagNames = {
    "str",    "seq",       "map",  "null",  "bool", "int",   "float",
    "binary", "timestamp", "omap", "pairs", "set",  "merge", "value"};

}  // namespace

std::string_view NodeKindName(NodeKind kind) {
  switch (kind) {
    case NodeKind::kScalar:
      return "scalar";
    case NodeKind::kSequence:
      return "sequence";
    case NodeKind::kMapping:
      return "mapping";
  }
  return "";
}

Tag TagFromText(std::string_view text) {
  if (!text.starts_with(kTagPrefix)) return Tag::kOther;
  text.remove_prefix(kTagPrefix.size());
  for (size_t i = 0; i < kTagNames.size(); ++i) {
    if (kTagNames[i] == text) return static_cast<Tag>(i);
  }
  return Tag::kOther;
}

std::string TagText(Tag tag) {
  std::string text(kTagPrefix);
  text.append(kTagNames[static_cast<size_t>(tag)]);
  return text;
}

Composer::Composer(const Source& source, ErrorText style)
    : source_(source), parser_(source, style) {
  parser_.Next();  // the start of the stream
}

bool Composer::HasDocument() { return parser_.Peek().kind != EventKind::kStreamEnd; }

Child Composer::ComposeDocument(NodeArena* arena) {
  parser_.Next();  // the start of the document
  anchors_.clear();
  alias_.reset();
  cycle_.reset();
  const Child root = ComposeNode(arena, 0);
  parser_.Next();  // its end
  // PyYAML builds lists that contain themselves; a Value that did so could never be freed.
  if (cycle_) parser_.Fail("", std::nullopt, "found unconstructable recursive node", *cycle_);
  return root;
}

Child Composer::ComposeNode(NodeArena* arena, int depth) {
  if (parser_.Peek().kind == EventKind::kAlias) return ComposeAlias();
  Event event = parser_.Next();
  if (depth > kMaxDepth) {
    throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded")
        .At(source_.Locate({event.begin.offset, event.begin.offset}));
  }
  if (const auto first = anchors_.find(event.anchor);
      !event.anchor.empty() && first != anchors_.end()) {
    parser_.Fail("found duplicate anchor " + Repr(Value(event.anchor)) + "; first occurrence",
                 first->second->begin, "second occurrence", event.begin);
  }
  Node* node = &arena->emplace_back();
  node->expanded = 1;
  node->begin = event.begin;
  node->end = event.end;
  if (!event.anchor.empty()) anchors_[event.anchor] = node;
  if (event.kind == EventKind::kScalar) {
    ComposeScalar(std::move(event), node);
  } else {
    const bool sequence = event.kind == EventKind::kSequenceStart;
    node->kind = sequence ? NodeKind::kSequence : NodeKind::kMapping;
    SetTag(event, sequence ? Tag::kSeq : Tag::kMap, node);
    node->open = true;
    ComposeItems(arena, node, depth);
    node->open = false;
  }
  return {node, node->span(), false};
}

Child Composer::ComposeAlias() {
  const Event event = parser_.Next();
  const auto anchor = anchors_.find(event.anchor);
  if (anchor == anchors_.end()) {
    parser_.Fail("", std::nullopt, "found undefined alias " + Repr(Value(event.anchor)),
                 event.begin);
  }
  alias_ = event.begin;
  if (anchor->second->open && !cycle_) cycle_ = event.begin;
  return {anchor->second, {event.begin.offset, event.end.offset}, true};
}

void Composer::SetTag(const Event& event, Tag default_tag, Node* node) {
  if (!event.tag || *event.tag == "!") {
    node->tag = default_tag;
    return;
  }
  node->tag = TagFromText(*event.tag);
  if (node->tag == Tag::kOther) node->other_tag = *event.tag;
}

void Composer::ComposeScalar(Event event, Node* node) {
  SetTag(event, event.plain_rules ? ResolveScalar(event.text) : Tag::kStr, node);
  node->text = std::move(event.text);
  node->expanded += node->text.size();
}

void Composer::AddExpanded(const Child& child, Node* node) {
  node->expanded += child.node->expanded;
  if (alias_ && node->expanded > kMaxExpanded) {
    throw Error(ErrorKind::kLimit,
                "alias limit exceeded (" + std::to_string(kMaxExpanded) + " bytes)")
        .At(source_.Locate({alias_->offset, alias_->offset}))
        .WithHelp("written out, its aliases stand for more than any honest document holds");
  }
}

void Composer::ComposeItems(NodeArena* arena, Node* node, int depth) {
  if (node->kind == NodeKind::kSequence) {
    while (parser_.Peek().kind != EventKind::kSequenceEnd) {
      node->items.push_back(ComposeNode(arena, depth + 1));
      AddExpanded(node->items.back(), node);
    }
  } else {
    while (parser_.Peek().kind != EventKind::kMappingEnd) {
      const Child key = ComposeNode(arena, depth + 1);
      node->pairs.push_back({key, ComposeNode(arena, depth + 1)});
      AddExpanded(key, node);
      AddExpanded(node->pairs.back().value, node);
    }
  }
  node->end = parser_.Next().end;
}

}  // namespace scaffold::yaml
