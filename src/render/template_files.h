// TemplateFiles: the template repository as folders, with its links followed inside of it.

#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "tree/tree.h"

namespace scaffold {

// A view of a Tree, which must outlive it.
class TemplateFiles {
 public:
  struct Node {
    const TreeEntry* entry = nullptr;  // null: a folder that has content but no entry
    Node* parent = nullptr;            // null: the root
    std::string_view name;
    std::map<std::string_view, Node*> children;  // sorted by bytes

    bool IsLink() const { return entry != nullptr && entry->kind == EntryKind::kSymlink; }
    bool IsFolder() const { return entry == nullptr || entry->kind == EntryKind::kDirectory; }
  };

  enum class Found : uint8_t { kNode, kNothing, kOutside, kLoop };
  struct Target {
    Found found = Found::kNothing;
    const Node* node = nullptr;  // of kNode; never a link
    std::string outside;         // of kOutside: absolute, or relative to the root ("../x")
  };

  explicit TemplateFiles(const Tree& tree);
  TemplateFiles(const TemplateFiles&) = delete;
  TemplateFiles& operator=(const TemplateFiles&) = delete;

  const Node& root() const { return nodes_.front(); }
  // What `path` means when it starts in `folder` and all links are followed. An absolute path lies
  // outside: where the template stands on this machine is no part of the template.
  Target Resolve(const Node& folder, std::string_view path) const;
  // What a node stands for: itself, or what the link leads to.
  Target Follow(const Node& node) const;
  // Whether `path` below the root is there, as os.path.exists sees it.
  bool Exists(std::string_view path) const { return Resolve(root(), path).found == Found::kNode; }

  // Below the root; empty for the root.
  static std::string PathOf(const Node& node);

 private:
  Node* Insert(std::string_view path);

  std::deque<Node> nodes_;
};

}  // namespace scaffold
