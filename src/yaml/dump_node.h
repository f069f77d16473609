// DumpNode: what a value is written as, with anchors for payloads that occur more than once.

#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace scaffold::yaml {

enum class DumpKind : uint8_t { kScalar, kSequence, kMapping };

struct DumpNode {
  DumpKind kind = DumpKind::kScalar;
  std::string tag;         // as it is written, "!!str"
  bool plain_tag = true;   // the text, written plain, would load with this tag again
  bool quoted_tag = true;  // the text, written quoted, would; of a collection: the tag is evident
  std::u32string text;     // of a scalar
  char style = '\0';       // wanted style of a scalar
  bool flow = false;       // of a collection
  std::vector<DumpNode*> children;  // items, or keys and values in turn
  int uses = 0;
  std::string anchor;    // "id001"; empty when used once
  bool written = false;  // the next use is an alias
};

using DumpArena = std::deque<DumpNode>;

}  // namespace scaffold::yaml
