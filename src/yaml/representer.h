// Representer: Values to DumpNodes, as PyYAML's SafeDumper or Dumper sees them.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include "scaffold/value.h"
#include "yaml/dump.h"
#include "yaml/dump_node.h"

namespace scaffold::yaml {

class Representer {
 public:
  explicit Representer(const DumpOptions& options) : options_(options) {}

  // The nodes live in this representer.
  DumpNode* Represent(const Value& value);

 private:
  DumpNode* RepresentAt(const Value& value, int depth);
  DumpNode* RepresentNew(const Value& value, int depth);
  DumpNode* RepresentPythonObject(const Value& value, int depth);
  DumpNode* NewNode(DumpKind kind, std::string_view tag);
  DumpNode* Scalar(std::string_view tag, std::string_view text, char style = '\0');
  DumpNode* Sequence(std::string_view tag, const List& items, int depth);
  DumpNode* Mapping(std::string_view tag, const Dict& dict, int depth);
  void SetFlow(DumpNode* node) const;

  const DumpOptions& options_;
  DumpArena arena_;
  std::map<const Payload*, DumpNode*> represented_;
  // The payload whose node is made next; null for values that are never shared.
  const Payload* key_ = nullptr;
};

// Names the nodes that are used more than once "id001", "id002", ... in the order in which their
// second uses are met.
void AssignAnchors(DumpNode* root);

}  // namespace scaffold::yaml
