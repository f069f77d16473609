// Context: the variables that a template is rendered with, and the blocks that inheritance stacks.
//
// Jinja2's runtime.Context. Look-ups go through the variables set at the top level of the template,
// then through layers (what an including template handed over, the caller's dict), then the
// globals.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "jinja/nodes.h"
#include "jinja/ref.h"
#include "scaffold/value.h"

namespace scaffold::jinja {

// An unchanging dict of variables in front of others.
struct Layer : Counted {
  Layer(Value d, Ref<Layer> n) : dict(std::move(d)), next(std::move(n)) {}
  static void Delete(Layer* layer) { delete layer; }
  Value dict;
  Ref<Layer> next;
};

struct BlockStack {
  std::string_view name;
  std::vector<const Block*> blocks;  // the most derived first
};

class Context : public Counted {
 public:
  Context(Ref<Layer> layers, const Dict* globals, UndefinedPolicy policy)
      : policy(policy), layers_(std::move(layers)), globals_(globals) {}
  static void Delete(Context* context) { delete context; }

  // Null when the name is unknown.
  const Value* Find(std::string_view name) const { return Find(name, Dict::HashOf(name)); }
  const Value* Find(std::string_view name, size_t hash) const;
  // A statement at the top level sets a variable. Names without a leading underscore are exported
  // by a module, imports are not.
  enum class Export : uint8_t { kYes, kNo };
  void Set(const Value& key, const Value& value, Export exported);
  // The variables that a module shows.
  Dict Exported() const;

  // What an included template or a scoped block sees: everything here, with `locals` in front.
  Ref<Layer> Derive(Dict locals) const;
  // Forgets the variables of the top level.
  void Clear() { vars_ = Dict(); }
  // All variables as one dict, the globals included (for the debug tag).
  Dict GetAll() const;

  BlockStack* FindBlocks(std::string_view name);
  void AddBlock(const Block* block);
  std::vector<BlockStack>& blocks() { return blocks_; }
  const Dict* globals() const { return globals_; }

  bool autoescape = false;
  bool kept = false;  // by a Closures
  const UndefinedPolicy policy;

 private:
  struct ExportNote {
    Value key;
    bool exported;
  };

  Dict vars_;
  Ref<Layer> layers_;
  const Dict* globals_;
  std::vector<ExportNote> exports_;
  std::vector<BlockStack> blocks_;
};

}  // namespace scaffold::jinja
