#include "render/template_files.h"

#include <deque>
#include <vector>

#include "support/text.h"

namespace scaffold {
namespace {

// As Linux does.
constexpr int kMaxLinks = 40;

void PrependParts(std::string_view path, std::deque<std::string_view>* rest) {
  const std::vector<std::string_view> parts = Split(path, '/');
  rest->insert(rest->begin(), parts.begin(), parts.end());
}

}  // namespace

TemplateFiles::TemplateFiles(const Tree& tree) {
  nodes_.emplace_back();
  for (const auto& [path, entry] : tree) Insert(path)->entry = &entry;
}

TemplateFiles::Node* TemplateFiles::Insert(std::string_view path) {
  Node* node = &nodes_.front();
  for (std::string_view name : Split(path, '/')) {
    Node*& child = node->children[name];
    if (child == nullptr) {
      child = &nodes_.emplace_back();
      child->parent = node;
      child->name = name;
    }
    node = child;
  }
  return node;
}

namespace {

// The way on from `start`, which is no longer in the template.
TemplateFiles::Target Outside(std::string_view start, const std::deque<std::string_view>& rest) {
  TemplateFiles::Target target{
      .found = TemplateFiles::Found::kOutside, .node = nullptr, .outside = std::string(start)};
  for (std::string_view name : rest) {
    if (!name.empty() && name != ".") target.outside += "/" + std::string(name);
  }
  return target;
}

}  // namespace

TemplateFiles::Target TemplateFiles::Resolve(const Node& folder, std::string_view path) const {
  std::deque<std::string_view> rest;
  PrependParts(path, &rest);
  const Node* node = &folder;
  size_t missing = 0;  // names below `node` that are not there; ".." may still come back from them
  int links = 0;
  if (path.starts_with('/')) return Outside(path, {});
  while (!rest.empty()) {
    const std::string_view name = rest.front();
    rest.pop_front();
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      if (missing > 0) {
        --missing;
      } else if (node->parent == nullptr) {
        return Outside("..", rest);
      } else {
        node = node->parent;
      }
      continue;
    }
    const auto child = missing == 0 ? node->children.find(name) : node->children.end();
    if (child == node->children.end()) {
      ++missing;
      continue;
    }
    if (!child->second->IsLink()) {
      node = child->second;
      continue;
    }
    if (++links > kMaxLinks) return {.found = Found::kLoop, .node = nullptr, .outside = {}};
    const std::string_view target = child->second->entry->bytes;
    if (target.starts_with('/')) return Outside(target, rest);
    PrependParts(target, &rest);
  }
  if (missing > 0) return {.found = Found::kNothing, .node = nullptr, .outside = {}};
  return {.found = Found::kNode, .node = node, .outside = {}};
}

TemplateFiles::Target TemplateFiles::Follow(const Node& node) const {
  if (!node.IsLink()) return {.found = Found::kNode, .node = &node, .outside = {}};
  return Resolve(*node.parent, node.name);
}

std::string TemplateFiles::PathOf(const Node& node) {
  if (node.parent == nullptr) return {};
  std::string path = PathOf(*node.parent);
  if (!path.empty()) path += '/';
  path += node.name;
  return path;
}

}  // namespace scaffold
