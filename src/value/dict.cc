// Dict: entries in insertion order, and an open-addressing table of their positions once there are
// many.

#include <bit>
#include <functional>

#include "scaffold/value.h"
#include "value/hash.h"
#include "value/operators.h"

namespace scaffold {
namespace {

constexpr size_t kLinear = 8;  // up to here a scan beats a table
constexpr uint32_t kEmpty = UINT32_MAX;

bool SameKey(const Value& a, const Value& b) {
  if (a.IsString() && b.IsString()) return a.AsString() == b.AsString();
  return a.IsSame(b) || Equal(a, b);
}

}  // namespace

std::ptrdiff_t Dict::Lookup(const Value& key, size_t hash) const {
  if (buckets_.empty()) {
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].hash == hash && SameKey(entries_[i].key, key)) {
        return static_cast<std::ptrdiff_t>(i);
      }
    }
    return -1;
  }
  const size_t mask = buckets_.size() - 1;
  for (size_t at = hash & mask; buckets_[at] != kEmpty; at = (at + 1) & mask) {
    const Entry& entry = entries_[buckets_[at]];
    if (entry.hash == hash && SameKey(entry.key, key)) {
      return static_cast<std::ptrdiff_t>(buckets_[at]);
    }
  }
  return -1;
}

void Dict::Rehash(size_t count) {
  buckets_.assign(count, kEmpty);
  const size_t mask = count - 1;
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t at = entries_[i].hash & mask;
    while (buckets_[at] != kEmpty) at = (at + 1) & mask;
    buckets_[at] = static_cast<uint32_t>(i);
  }
}

const Value* Dict::Find(const Value& key) const {
  const std::ptrdiff_t at = Lookup(key, Hash(key));
  return at < 0 ? nullptr : &entries_[static_cast<size_t>(at)].value;
}

const Value* Dict::Find(std::string_view key) const {
  const size_t hash = HashText(key);
  if (buckets_.empty()) {
    for (const Entry& entry : entries_) {
      if (entry.hash == hash && entry.key.IsString() && entry.key.AsString() == key) {
        return &entry.value;
      }
    }
    return nullptr;
  }
  const size_t mask = buckets_.size() - 1;
  for (size_t at = hash & mask; buckets_[at] != kEmpty; at = (at + 1) & mask) {
    const Entry& entry = entries_[buckets_[at]];
    if (entry.hash == hash && entry.key.IsString() && entry.key.AsString() == key) {
      return &entry.value;
    }
  }
  return nullptr;
}

Value Dict::Get(std::string_view key) const {
  const Value* found = Find(key);
  return found == nullptr ? Value() : *found;
}

void Dict::Set(const Value& key, Value value) {
  const size_t hash = Hash(key);
  const std::ptrdiff_t at = Lookup(key, hash);
  if (at >= 0) {
    entries_[static_cast<size_t>(at)].value = std::move(value);
    return;
  }
  entries_.push_back({hash, key, std::move(value)});
  if (entries_.size() <= kLinear) return;
  if (entries_.size() * 2 > buckets_.size()) {
    Rehash(std::bit_ceil(entries_.size() * 3));
    return;
  }
  const size_t mask = buckets_.size() - 1;
  size_t bucket = hash & mask;
  while (buckets_[bucket] != kEmpty) bucket = (bucket + 1) & mask;
  buckets_[bucket] = static_cast<uint32_t>(entries_.size() - 1);
}

void Dict::Set(std::string_view key, Value value) { Set(Value(key), std::move(value)); }

bool Dict::Erase(const Value& key) {
  const std::ptrdiff_t at = Lookup(key, Hash(key));
  if (at < 0) return false;
  entries_.erase(entries_.begin() + at);
  if (!buckets_.empty()) Rehash(buckets_.size());
  return true;
}

void Dict::Clear() {
  entries_.clear();
  buckets_.clear();
}

void Dict::Reserve(size_t count) { entries_.reserve(count); }

}  // namespace scaffold
