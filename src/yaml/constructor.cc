#include "yaml/constructor.h"

#include <algorithm>
#include <utility>

#include "yaml/scalars.h"

namespace scaffold::yaml {
namespace {

// Merge keys can double a mapping at each step; no honest document comes near this many pairs.
constexpr size_t kMaxMergedPairs = 1'000'000;
constexpr int kMaxMergeDepth = 490;

bool IsHashable(const Value& value) {
  return !value.IsList() && !value.IsDict() && value.kind() != Kind::kSet;
}

Value MakeSet() { return Value::Adopt(Kind::kSet, new SetRep); }

Dict* MutableSet(const Value& value) { return &static_cast<SetRep*>(value.payload())->items; }

}  // namespace

Value Constructor::ConstructDocument(Node* root) {
  const Value document = Construct(root);
  while (!unfilled_.empty()) {
    Node* node = unfilled_.front();
    unfilled_.pop_front();
    Fill(node);
  }
  return document;
}

Value Constructor::Construct(Node* node) {
  if (node->constructed) return node->value;
  switch (node->tag) {
    case Tag::kStr:
    case Tag::kNull:
    case Tag::kBool:
    case Tag::kInt:
    case Tag::kFloat:
    case Tag::kBinary:
    case Tag::kTimestamp:
      node->value = MakeScalar(*node);
      break;
    case Tag::kSeq:
    case Tag::kOmap:
    case Tag::kPairs:
      node->value = Value(List());
      unfilled_.push_back(node);
      break;
    case Tag::kMap:
      node->value = Value(Dict());
      unfilled_.push_back(node);
      break;
    case Tag::kSet:
      node->value = MakeSet();
      unfilled_.push_back(node);
      break;
    case Tag::kMerge:
    case Tag::kValue:
    case Tag::kOther:
      node->value = ConstructUnknown(*node);
      break;
  }
  node->constructed = true;
  return node->value;
}

Value Constructor::ConstructUnknown(const Node& node) {
  const std::string tag = node.tag_text();
  if (options_.on_tag) {
    const bool scalar = node.kind == NodeKind::kScalar;
    const std::optional<Value> value =
        options_.on_tag(tag, scalar ? Value(node.text) : Value(), node.span());
    if (value) return *value;
  }
  Fail("", std::nullopt, "could not determine a constructor for the tag " + Repr(Value(tag)),
       node.begin);
}

const std::string& Constructor::ScalarText(const Node& node) {
  for (const Pair& pair : node.pairs) {
    if (pair.key.node->tag == Tag::kValue) return ScalarText(*pair.value.node);
  }
  RequireKind(node, NodeKind::kScalar, "expected a scalar node");
  return node.text;
}

Value Constructor::MakeScalar(const Node& node) {
  const std::string& text = ScalarText(node);
  try {
    return ParseScalar(node.tag, text);
  } catch (Error& error) {
    if (error.kind() == ErrorKind::kYaml) Fail("", std::nullopt, error.message(), node.begin);
    throw error.At(source_.Locate(node.span()));
  }
}

// Collections -------------------------------------------------------------------------------------

void Constructor::Fill(Node* node) {
  if (node->tag == Tag::kMap) {
    FillMapping(node, &node->value.MutableDict());
  } else if (node->tag == Tag::kSet) {
    FillMapping(node, MutableSet(node->value));
  } else if (node->tag == Tag::kSeq) {
    RequireKind(*node, NodeKind::kSequence, "expected a sequence node");
    List& list = node->value.MutableList();
    list.reserve(node->items.size());
    for (const Child& item : node->items) list.push_back(Construct(item.node));
  } else {
    FillPairs(node);
  }
}

// !!omap and !!pairs: a list of (key, value) tuples.
void Constructor::FillPairs(Node* node) {
  const bool omap = node->tag == Tag::kOmap;
  const std::string context =
      omap ? "while constructing an ordered map" : "while constructing pairs";
  if (node->kind != NodeKind::kSequence) {
    Fail(context, node->begin,
         "expected a sequence, but found " + std::string(NodeKindName(node->kind)), node->begin);
  }
  List& list = node->value.MutableList();
  for (const Child& item : node->items) {
    const Node& pair = *item.node;
    if (pair.kind != NodeKind::kMapping) {
      Fail(context, node->begin,
           "expected a mapping of length 1, but found " + std::string(NodeKindName(pair.kind)),
           pair.begin);
    }
    if (pair.pairs.size() != 1) {
      Fail(context, node->begin,
           "expected a single mapping item, but found " + std::to_string(pair.pairs.size()) +
               " items",
           pair.begin);
    }
    const Value key = Construct(pair.pairs[0].key.node);
    list.push_back(Value::Tuple({key, Construct(pair.pairs[0].value.node)}));
  }
}

void Constructor::FillMapping(Node* node, Dict* dict) {
  if (node->kind == NodeKind::kMapping) FlattenMerges(node, 0);
  RequireKind(*node, NodeKind::kMapping, "expected a mapping node");
  const bool set = node->tag == Tag::kSet;
  for (const Pair& pair : node->pairs) {
    const Value key = Construct(pair.key.node);
    if (!IsHashable(key)) {
      Fail("while constructing a mapping", node->begin, "found unhashable key",
           pair.key.node->begin);
    }
    const Value value = Construct(pair.value.node);
    dict->Set(key, set ? Value() : value);
  }
}

// Puts the pairs of merge keys in front of the mapping's own, which therefore win.
void Constructor::FlattenMerges(Node* node, int depth) {
  if (depth > kMaxMergeDepth) {
    throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded")
        .At(source_.Locate(node->span()));
  }
  const bool any = std::any_of(node->pairs.begin(), node->pairs.end(), [](const Pair& pair) {
    return pair.key.node->tag == Tag::kMerge || pair.key.node->tag == Tag::kValue;
  });
  if (!any) return;
  std::vector<Pair> merged;
  std::vector<Pair> own;
  for (const Pair& pair : node->pairs) {
    Node* key = pair.key.node;
    if (key->tag == Tag::kMerge) {
      AddMerged(pair.value, *node, &merged, depth);
      continue;
    }
    if (key->tag == Tag::kValue) key->tag = Tag::kStr;
    own.push_back(pair);
  }
  merged.insert(merged.end(), own.begin(), own.end());
  node->pairs = std::move(merged);
}

void Constructor::AddMerged(const Child& value, const Node& mapping, std::vector<Pair>* merged,
                            int depth) {
  constexpr std::string_view kContext = "while constructing a mapping";
  Node* from = value.node;
  if (from->kind == NodeKind::kMapping) {
    AppendMerged(from, merged, depth);
  } else if (from->kind == NodeKind::kSequence) {
    for (const Child& item : from->items) {
      if (item.node->kind == NodeKind::kMapping) {
        FlattenMerges(item.node, depth + 1);
        continue;
      }
      Fail(
          std::string(kContext), mapping.begin,
          "expected a mapping for merging, but found " + std::string(NodeKindName(item.node->kind)),
          item.node->begin);
    }
    // The first mapping of a list wins, so its pairs come last.
    for (size_t i = from->items.size(); i-- > 0;) AppendMerged(from->items[i].node, merged, depth);
  } else {
    Fail(std::string(kContext), mapping.begin,
         "expected a mapping or list of mappings for merging, but found " +
             std::string(NodeKindName(from->kind)),
         from->begin);
  }
}

void Constructor::AppendMerged(Node* from, std::vector<Pair>* merged, int depth) {
  FlattenMerges(from, depth + 1);
  merged_pairs_ += from->pairs.size();
  if (merged_pairs_ > kMaxMergedPairs) {
    throw Error(ErrorKind::kLimit, "merge keys make a mapping of more than 1000000 pairs")
        .At(source_.Locate(from->span()));
  }
  for (Pair pair : from->pairs) {
    pair.key.alias = pair.value.alias = true;
    merged->push_back(pair);
  }
}

void Constructor::RequireKind(const Node& node, NodeKind kind, std::string_view expected) const {
  if (node.kind == kind) return;
  Fail("", std::nullopt,
       std::string(expected) + ", but found " + std::string(NodeKindName(node.kind)), node.begin);
}

void Constructor::Fail(std::string context, std::optional<Mark> context_mark, std::string text,
                       const Mark& mark) const {
  throw MakeError(source_, options_.error_text,
                  {std::move(context), context_mark, std::move(text), mark});
}

}  // namespace scaffold::yaml
