#include "jinja/symbols.h"

#include "jinja/identifier.h"
#include "support/utf8.h"
#include "value/hash.h"

namespace scaffold::jinja {
size_t SymbolTable::Bucket(std::string_view name, size_t hash) const {
  const size_t mask = buckets_.size() - 1;
  size_t at = hash & mask;
  while (buckets_[at] != nullptr &&
         (buckets_[at]->hash != hash || !SameText(buckets_[at]->name, name))) {
    at = (at + 1) & mask;
  }
  return at;
}

Symbol* SymbolTable::Intern(std::string_view name) {
  const size_t hash = HashText(name);
  const size_t at = Bucket(name, hash);
  if (buckets_[at] != nullptr) return buckets_[at];
  auto* symbol = arena_->New<Symbol>();
  symbol->name = name;
  symbol->hash = hash;
  symbol->canonical = symbol;
  buckets_[at] = symbol;
  if (++count_ * 2 >= buckets_.size()) Grow();
  if (!IsAscii(name)) {
    const std::string normal = NormalizeIdentifier(name);
    if (normal != name) symbol->canonical = Intern(arena_->Copy(std::string_view(normal)));
  }
  return symbol;
}

Symbol* SymbolTable::Find(std::string_view name) const {
  return buckets_[Bucket(name, HashText(name))];
}

void SymbolTable::Grow() {
  std::vector<Symbol*> buckets(buckets_.size() * 2);
  const size_t mask = buckets.size() - 1;
  for (Symbol* symbol : buckets_) {
    if (symbol == nullptr) continue;
    size_t at = symbol->hash & mask;
    while (buckets[at] != nullptr) at = (at + 1) & mask;
    buckets[at] = symbol;
  }
  more_buckets_ = std::move(buckets);
  buckets_ = more_buckets_;
}

}  // namespace scaffold::jinja
