#include "jinja/symbols.h"

#include "jinja/identifier.h"
#include "support/utf8.h"

namespace scaffold::jinja {
namespace {

uint32_t HashName(std::string_view name) {
  uint32_t hash = 2166136261u;
  for (unsigned char c : name) hash = (hash ^ c) * 16777619u;
  return hash ^ (hash >> 15);
}

}  // namespace

Symbol* SymbolTable::Intern(std::string_view name) {
  if (symbols_.size() * 2 >= buckets_.size()) Grow();
  const uint32_t hash = HashName(name);
  const size_t mask = buckets_.size() - 1;
  size_t at = hash & mask;
  for (; buckets_[at] != nullptr; at = (at + 1) & mask) {
    if (buckets_[at]->hash == hash && buckets_[at]->name == name) return buckets_[at];
  }
  auto* symbol = arena_->New<Symbol>();
  symbol->name = name;
  symbol->hash = hash;
  symbol->canonical = symbol;
  buckets_[at] = symbol;
  symbols_.push_back(symbol);
  if (!IsAscii(name)) {
    const std::string normal = NormalizeIdentifier(name);
    if (normal != name) symbol->canonical = Intern(arena_->Copy(std::string_view(normal)));
  }
  return symbol;
}

Symbol* SymbolTable::Find(std::string_view name) const {
  if (buckets_.empty()) return nullptr;
  const uint32_t hash = HashName(name);
  const size_t mask = buckets_.size() - 1;
  for (size_t at = hash & mask; buckets_[at] != nullptr; at = (at + 1) & mask) {
    if (buckets_[at]->hash == hash && buckets_[at]->name == name) return buckets_[at];
  }
  return nullptr;
}

void SymbolTable::Grow() {
  std::vector<Symbol*> buckets(buckets_.empty() ? 64 : buckets_.size() * 2);
  symbols_.reserve(buckets.size() / 2);
  const size_t mask = buckets.size() - 1;
  for (Symbol* symbol : symbols_) {
    size_t at = symbol->hash & mask;
    while (buckets[at] != nullptr) at = (at + 1) & mask;
    buckets[at] = symbol;
  }
  buckets_ = std::move(buckets);
}

}  // namespace scaffold::jinja
