#include "yaml/duplicate_keys.h"

#include <set>

#include "yaml/composer.h"

namespace scaffold::yaml {
namespace {

std::optional<std::string> FindIn(const Source& source, const NodeArena& nodes) {
  for (const Node& node : nodes) {
    std::set<std::string> keys;
    for (const Pair& pair : node.pairs) {
      // A mapping may have several merge keys.
      if (pair.key.node->kind != NodeKind::kScalar || pair.key.node->tag == Tag::kMerge) continue;
      if (keys.insert(pair.key.node->text).second) continue;
      return "line " + std::to_string(source.Locate(pair.key.place).line) + ": the key '" +
             pair.key.node->text + "' stands twice";
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FindDuplicateKey(const Source& source) {
  Composer composer(source, ErrorText::kShort);
  while (composer.HasDocument()) {
    NodeArena nodes;
    composer.ComposeDocument(&nodes);
    if (auto problem = FindIn(source, nodes)) return problem;
  }
  return std::nullopt;
}

}  // namespace scaffold::yaml
