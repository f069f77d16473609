#include "jinja/context.h"

namespace scaffold::jinja {

const Value* Context::Find(std::string_view name, size_t hash) const {
  if (!vars_.empty()) {
    if (const Value* found = vars_.Find(name, hash)) return found;
  }
  for (const Layer* layer = layers_.get(); layer != nullptr; layer = layer->next.get()) {
    if (const Value* found = layer->dict.AsDict().Find(name, hash)) return found;
  }
  return globals_ == nullptr ? nullptr : globals_->Find(name, hash);
}

void Context::Set(const Value& key, const Value& value, Export exported) {
  vars_.Set(key, value);
  if (!key.AsString().starts_with('_')) exports_.push_back({key, exported == Export::kYes});
}

Dict Context::Exported() const {
  Dict result;
  for (const ExportNote& note : exports_) {
    if (note.exported) {
      result.Set(note.key, *vars_.Find(note.key));
    } else {
      result.Erase(note.key);
    }
  }
  return result;
}

Ref<Layer> Context::Derive(Dict locals) const {
  if (vars_.empty() && locals.empty()) return layers_;
  Dict merged = vars_;
  for (Dict::Entry& entry : locals.entries()) merged.Set(entry.key, std::move(entry.value));
  return Ref<Layer>(new Layer(Value(std::move(merged)), layers_));
}

Dict Context::GetAll() const {
  Dict all;
  if (globals_ != nullptr) all = *globals_;
  std::vector<const Layer*> layers;
  for (const Layer* layer = layers_.get(); layer != nullptr; layer = layer->next.get()) {
    layers.push_back(layer);
  }
  for (size_t i = layers.size(); i-- > 0;) {
    for (const Dict::Entry& entry : layers[i]->dict.AsDict()) all.Set(entry.key, entry.value);
  }
  for (const Dict::Entry& entry : vars_) all.Set(entry.key, entry.value);
  return all;
}

BlockStack* Context::FindBlocks(std::string_view name) {
  for (BlockStack& stack : blocks_) {
    if (stack.name == name) return &stack;
  }
  return nullptr;
}

void Context::AddBlock(const Block* block) {
  if (BlockStack* stack = FindBlocks(block->name)) {
    stack->blocks.push_back(block);
  } else {
    blocks_.push_back({block->name, {block}});
  }
}

}  // namespace scaffold::jinja
