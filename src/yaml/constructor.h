// Constructor: the node graph of a document to Values, as PyYAML's SafeConstructor makes them.

#pragma once

#include <deque>
#include <string>

#include "yaml/node.h"

namespace scaffold::yaml {

class Constructor {
 public:
  Constructor(const Source& source, const LoadOptions& options)
      : source_(source), options_(options) {}

  Value ConstructDocument(Node* root);

 private:
  Value Construct(Node* node);
  Value ConstructUnknown(const Node& node);
  // The text of a scalar; a mapping with a key `=` stands for that key's value.
  const std::string& ScalarText(const Node& node);
  Value MakeScalar(const Node& node);
  // Collections are made empty at once and filled later, first come first served: so deep values
  // need no deep stack, and the first of several errors is the one that PyYAML reports.
  void Fill(Node* node);
  void FillPairs(Node* node);
  void FillMapping(Node* node, Dict* dict);
  void FlattenMerges(Node* node, int depth);
  void AddMerged(const Child& value, const Node& mapping, std::vector<Pair>* merged, int depth);
  void AppendMerged(Node* from, std::vector<Pair>* merged, int depth);
  void RequireKind(const Node& node, NodeKind kind, std::string_view expected) const;
  [[noreturn]] void Fail(std::string context, std::optional<Mark> context_mark, std::string text,
                         const Mark& mark) const;

  const Source& source_;
  const LoadOptions& options_;
  std::deque<Node*> unfilled_;
  size_t merged_pairs_ = 0;
};

}  // namespace scaffold::yaml
