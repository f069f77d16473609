#include "yaml/representer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "support/utf8.h"
#include "value/operators.h"
#include "yaml/base64.h"
#include "yaml/resolver.h"

namespace scaffold::yaml {
namespace {

constexpr int kMaxDepth = 490;  // about where Python's recursion limit stops PyYAML

std::u32string Decode(std::string_view text) {
  std::u32string decoded;
  decoded.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) decoded += DecodeUtf8(text, &pos);
  return decoded;
}

std::string FloatText(double value) {
  if (std::isnan(value)) return ".nan";
  if (std::isinf(value)) return value > 0 ? ".inf" : "-.inf";
  std::string text = Repr(Value(value));
  // YAML 1.1's pattern of a float wants a point before the exponent.
  const size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos) {
    text.insert(exponent, ".0");
  }
  return text;
}

// Whether Python's `<` is defined between the two as mapping keys.
bool AreComparable(const Value& a, const Value& b) {
  if (a.IsNumber() && b.IsNumber()) return true;
  if (a.IsString() && b.IsString()) return true;
  if (a.kind() != b.kind()) return false;
  if (a.IsTuple()) {
    const List& x = a.AsList();
    const List& y = b.AsList();
    size_t i = 0;
    while (i < x.size() && i < y.size() && Equal(x[i], y[i])) ++i;
    return i == x.size() || i == y.size() || AreComparable(x[i], y[i]);
  }
  return a.kind() == Kind::kBytes || a.kind() == Kind::kDate || a.kind() == Kind::kDateTime;
}

using EntryRefs = std::vector<const Dict::Entry*>;

// Python's sorted() gives up on keys that do not compare; the mapping then keeps its own order.
EntryRefs OrderedEntries(const Dict& dict, bool sort) {
  EntryRefs entries;
  for (const Dict::Entry& entry : dict) entries.push_back(&entry);
  if (!sort) return entries;
  for (size_t i = 1; i < entries.size(); ++i) {
    if (!AreComparable(entries[i - 1]->key, entries[i]->key)) return entries;
  }
  std::stable_sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
    return Compare(Comparison::kLess, a->key, b->key);
  });
  return entries;
}

[[noreturn]] void Refuse(const Value& value) {
  throw Error(ErrorKind::kType, "('cannot represent an object', " + Repr(value) + ")");
}

}  // namespace

DumpNode* Representer::Represent(const Value& value) { return RepresentAt(value, 0); }

DumpNode* Representer::RepresentAt(const Value& value, int depth) {
  if (depth > kMaxDepth) {
    throw Error(ErrorKind::kRecursion, "maximum recursion depth exceeded");
  }
  const bool never_shared = value.IsString() || value.kind() == Kind::kBytes ||
                            value.kind() == Kind::kBigInt ||
                            (value.IsTuple() && value.AsList().empty());
  key_ = never_shared ? nullptr : value.payload();
  if (key_ != nullptr) {
    if (const auto found = represented_.find(key_); found != represented_.end()) {
      return found->second;
    }
  }
  return RepresentNew(value, depth);
}

DumpNode* Representer::RepresentNew(const Value& value, int depth) {
  switch (value.kind()) {
    case Kind::kNone:
      return Scalar("!!null", "null");
    case Kind::kBool:
      return Scalar("!!bool", value.AsBool() ? "true" : "false");
    case Kind::kInt:
    case Kind::kBigInt:
      return Scalar("!!int", Str(value));
    case Kind::kFloat:
      return Scalar("!!float", FloatText(value.AsFloat()));
    case Kind::kString:
      return Scalar("!!str", value.AsString());
    case Kind::kBytes:
      return Scalar("!!binary", EncodeBase64Lines(value.AsString()), '|');
    case Kind::kList:
      return Sequence("!!seq", value.AsList(), depth);
    case Kind::kTuple:
      return Sequence(options_.python_tags ? "!!python/tuple" : "!!seq", value.AsList(), depth);
    case Kind::kDict:
      return Mapping("!!map", value.AsDict(), depth);
    case Kind::kSet:
      return Mapping("!!set", static_cast<SetRep*>(value.payload())->items, depth);
    case Kind::kDate:
    case Kind::kDateTime:
      return Scalar("!!timestamp", Str(value));
    case Kind::kMarkup:
    case Kind::kRange:
    case Kind::kComplex:
    case Kind::kTime:
    case Kind::kTimeDelta:
    case Kind::kUndefined:
    case Kind::kObject:
      break;
  }
  if (!options_.python_tags) Refuse(value);
  return RepresentPythonObject(value, depth);
}

// What Dumper writes by Python's pickle protocol, as far as templates can come by such values.
DumpNode* Representer::RepresentPythonObject(const Value& value, int depth) {
  if (value.IsMarkup()) {
    return Sequence("!!python/object/new:markupsafe.Markup", {Value(value.AsString())}, depth);
  }
  if (value.kind() == Kind::kRange) {
    const auto* range = static_cast<RangeRep*>(value.payload());
    return Sequence("!!python/object/apply:builtins.range",
                    {Value(range->start), Value(range->stop), Value(range->step)}, depth);
  }
  if (value.IsUndefined()) {
    // PyYAML asks the Undefined for its state, which ends in Python's own complaint.
    throw Error(ErrorKind::kValue,
                "dictionary update sequence element #0 has length 1; 2 is required");
  }
  throw Error(ErrorKind::kType, "cannot pickle '" + std::string(TypeName(value)) + "' object");
}

DumpNode* Representer::NewNode(DumpKind kind, std::string_view tag) {
  DumpNode* node = &arena_.emplace_back();
  node->kind = kind;
  node->tag = tag;
  if (key_ != nullptr) represented_[key_] = node;
  key_ = nullptr;
  return node;
}

DumpNode* Representer::Scalar(std::string_view tag, std::string_view text, char style) {
  DumpNode* node = NewNode(DumpKind::kScalar, tag);
  node->text = Decode(text);
  node->style = style != '\0' ? style : options_.default_style;
  const std::string name = "tag:yaml.org,2002:" + std::string(tag.substr(2));
  node->plain_tag = TagText(ResolveScalar(text)) == name;
  node->quoted_tag = tag == "!!str";
  return node;
}

DumpNode* Representer::Sequence(std::string_view tag, const List& items, int depth) {
  DumpNode* node = NewNode(DumpKind::kSequence, tag);
  node->quoted_tag = tag == "!!seq";
  for (const Value& item : items) node->children.push_back(RepresentAt(item, depth + 1));
  SetFlow(node);
  return node;
}

DumpNode* Representer::Mapping(std::string_view tag, const Dict& dict, int depth) {
  DumpNode* node = NewNode(DumpKind::kMapping, tag);
  node->quoted_tag = tag == "!!map";
  for (const Dict::Entry* entry : OrderedEntries(dict, options_.sort_keys)) {
    node->children.push_back(RepresentAt(entry->key, depth + 1));
    node->children.push_back(RepresentAt(entry->value, depth + 1));
  }
  SetFlow(node);
  return node;
}

void Representer::SetFlow(DumpNode* node) const {
  node->flow = options_.default_flow_style.value_or(
      std::all_of(node->children.begin(), node->children.end(), [](const DumpNode* child) {
        return child->kind == DumpKind::kScalar && child->style == '\0';
      }));
}

namespace {

void CountUses(DumpNode* node, int* anchors) {
  if (++node->uses == 2) {
    char name[16];
    std::snprintf(name, sizeof(name), "id%03d", ++*anchors);
    node->anchor = name;
  }
  if (node->uses > 1) return;
  for (DumpNode* child : node->children) CountUses(child, anchors);
}

}  // namespace

void AssignAnchors(DumpNode* root) {
  int anchors = 0;
  CountUses(root, &anchors);
}

}  // namespace scaffold::yaml
