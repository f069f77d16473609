// Symbols: the names of one template, each interned once.
//
// Besides the text a symbol carries what the compiler pass knows about the name at the place where
// it is working (idtracking.h), so that looking a name up is one pointer away.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "scaffold/value.h"
#include "support/arena.h"

namespace scaffold::jinja {

struct Binding;
struct SlotKey;

struct Symbol {
  std::string_view name;
  size_t hash = 0;              // as a key of a Dict
  Symbol* canonical = nullptr;  // the symbol of the NFKC form: Python variables are shared by it
  Binding* binding = nullptr;   // innermost scope that knows the name
  SlotKey* slots = nullptr;     // slots given so far, by function and level
  const Value* key = nullptr;   // the name as a str; set when the compiler needs it
  bool stored = false;          // some statement assigns to it
};

class SymbolTable {
 public:
  explicit SymbolTable(Arena* arena) : arena_(arena) {}
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;

  // `name` must live as long as the arena.
  Symbol* Intern(std::string_view name);
  // Null when the template does not use the name.
  Symbol* Find(std::string_view name) const;

 private:
  void Grow();
  // Where the name is, or the empty bucket where it belongs.
  size_t Bucket(std::string_view name, size_t hash) const;

  Arena* arena_;
  size_t count_ = 0;
  std::array<Symbol*, 64> first_buckets_{};  // enough for most templates
  std::vector<Symbol*> more_buckets_;
  std::span<Symbol*> buckets_ = first_buckets_;  // open addressing, a power of two
};

}  // namespace scaffold::jinja
