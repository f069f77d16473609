// Composer: events to the node graph of one document after the other.

#pragma once

#include <map>
#include <optional>
#include <string>

#include "yaml/node.h"
#include "yaml/parser.h"

namespace scaffold::yaml {

class Composer {
 public:
  Composer(const Source& source, ErrorText style);

  bool HasDocument();
  // REQUIRES: HasDocument(). The nodes live in `arena`.
  Child ComposeDocument(NodeArena* arena);
  // The begin of the next document, where there should be none.
  Mark NextDocumentBegin() { return parser_.Peek().begin; }

 private:
  Child ComposeNode(NodeArena* arena, int depth);
  Child ComposeAlias();
  void AddExpanded(const Child& child, Node* node);
  void ComposeScalar(Event event, Node* node);
  void ComposeItems(NodeArena* arena, Node* node, int depth);
  void SetTag(const Event& event, Tag default_tag, Node* node);

  const Source& source_;
  Parser parser_;
  std::map<std::string, Node*> anchors_;
  std::optional<Mark> alias_;  // the last one
  std::optional<Mark> cycle_;  // the first alias that lies within what it names
};

}  // namespace scaffold::yaml
