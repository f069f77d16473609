// Symbols: the names of one template, each interned once.
//
// Besides the text a symbol carries what the compiler pass knows about the name at the place where
// it is working (idtracking.h), so that looking a name up is one pointer away.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scaffold/value.h"
#include "support/arena.h"

namespace scaffold::jinja {

struct Binding;
struct SlotKey;

struct Symbol {
  std::string_view name;
  uint32_t hash = 0;
  Symbol* canonical = nullptr;  // the symbol of the NFKC form: Python variables are shared by it
  Binding* binding = nullptr;   // innermost scope that knows the name
  SlotKey* slots = nullptr;     // slots given so far, by function and level
  const Value* key = nullptr;   // the name as a str; set when the compiler needs it
  bool stored = false;          // some statement assigns to it
};

class SymbolTable {
 public:
  explicit SymbolTable(Arena* arena) : arena_(arena) {}

  // `name` must live as long as the arena.
  Symbol* Intern(std::string_view name);
  // Null when the template does not use the name.
  Symbol* Find(std::string_view name) const;
  const std::vector<Symbol*>& symbols() const { return symbols_; }

 private:
  void Grow();

  Arena* arena_;
  std::vector<Symbol*> symbols_;
  std::vector<Symbol*> buckets_;  // open addressing, a power of two
};

}  // namespace scaffold::jinja
