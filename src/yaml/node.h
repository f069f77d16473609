// Node: a YAML document as a graph of typed scalars, sequences and mappings, before values are
// made.

#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "scaffold/value.h"
#include "yaml/problem.h"

namespace scaffold::yaml {

enum class NodeKind : uint8_t { kScalar, kSequence, kMapping };

// "scalar", "sequence" or "mapping".
std::string_view NodeKindName(NodeKind kind);

// The tags of tag:yaml.org,2002: that have a meaning; every other tag is kOther.
enum class Tag : uint8_t {
  kStr,
  kSeq,
  kMap,
  kNull,
  kBool,
  kInt,
  kFloat,
  kBinary,
  kTimestamp,
  kOmap,
  kPairs,
  kSet,
  kMerge,
  kValue,
  kOther,
};

Tag TagFromText(std::string_view text);
// "tag:yaml.org,2002:str"; REQUIRES: not kOther.
std::string TagText(Tag tag);

struct Node;

// A node where it is used: an alias stands elsewhere than the node that it names.
struct Child {
  Node* node = nullptr;
  Span place;
  bool alias = false;  // or brought in by a merge key
};

struct Pair {
  Child key;
  Child value;
};

struct Node {
  NodeKind kind = NodeKind::kScalar;
  Tag tag = Tag::kStr;
  std::string other_tag;  // when the tag is kOther
  std::string text;       // of a scalar
  std::vector<Child> items;
  std::vector<Pair> pairs;
  Mark begin;
  Mark end;

  uint64_t expanded = 0;     // bytes and nodes, with every alias written out
  bool open = false;         // its children are being read
  bool constructed = false;  // `value` is set, though perhaps not filled yet
  Value value;

  Span span() const { return {begin.offset, end.offset}; }
  std::string tag_text() const { return tag == Tag::kOther ? other_tag : TagText(tag); }
};

// The nodes of one document; the first one made is the root.
using NodeArena = std::deque<Node>;

}  // namespace scaffold::yaml
