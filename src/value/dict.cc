// Dict: entries in insertion order, and an open-addressing table of their positions once there are
// many.

#include <algorithm>
#include <bit>

#include "scaffold/value.h"
#include "value/hash.h"
#include "value/limits.h"
#include "value/operators.h"

namespace scaffold {
namespace {

constexpr size_t kLinear = 8;  // up to here a scan beats a table
constexpr uint32_t kEmpty = UINT32_MAX;

bool SameKey(const Value& a, const Value& b) { return a.IsSame(b) || Equal(a, b); }

}  // namespace

// Spread by multiplication: the hashes of integers are the integers, often in even steps.
size_t Dict::BucketOf(size_t hash) const {
  const int bits = std::countr_zero(buckets_.size());
  return static_cast<size_t>((hash * uint64_t{0x9E3779B97F4A7C15}) >> (64 - bits));
}

template <typename Same>
std::ptrdiff_t Dict::LookupWhere(size_t hash, const Same& same) const {
  if (buckets_.empty()) {
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].hash == hash && same(entries_[i].key)) return static_cast<std::ptrdiff_t>(i);
    }
    return -1;
  }
  const size_t mask = buckets_.size() - 1;
  for (size_t at = BucketOf(hash); buckets_[at] != kEmpty; at = (at + 1) & mask) {
    const Entry& entry = entries_[buckets_[at]];
    if (entry.hash == hash && same(entry.key)) return static_cast<std::ptrdiff_t>(buckets_[at]);
  }
  return -1;
}

std::ptrdiff_t Dict::Lookup(const Value& key, size_t hash) const {
  return LookupWhere(hash, [&key](const Value& other) { return SameKey(other, key); });
}

void Dict::AddBucket(size_t hash, size_t index) {
  const size_t mask = buckets_.size() - 1;
  size_t at = BucketOf(hash);
  while (buckets_[at] != kEmpty) at = (at + 1) & mask;
  buckets_[at] = static_cast<uint32_t>(index);
}

void Dict::Rehash(size_t count) {
  buckets_.assign(count, kEmpty);
  for (size_t i = 0; i < entries_.size(); ++i) AddBucket(entries_[i].hash, i);
}

void Dict::Append(size_t hash, Value key, Value value) {
  entries_.push_back({hash, std::move(key), std::move(value)});
  if (entries_.size() <= kLinear) return;
  if (entries_.size() * 2 > buckets_.size()) {
    Rehash(std::bit_ceil(entries_.size() * 3));
  } else {
    AddBucket(hash, entries_.size() - 1);
  }
}

const Value* Dict::Find(const Value& key) const {
  const std::ptrdiff_t at = Lookup(key, Hash(key));
  return at < 0 ? nullptr : &entries_[static_cast<size_t>(at)].value;
}

const Value* Dict::Find(std::string_view key, size_t hash) const {
  const std::ptrdiff_t at = LookupWhere(hash, [key](const Value& other) {
    return other.IsString() && SameText(other.AsString(), key);
  });
  return at < 0 ? nullptr : &entries_[static_cast<size_t>(at)].value;
}

const Value* Dict::Find(std::string_view key) const {
  return entries_.empty() ? nullptr : Find(key, HashText(key));
}

size_t Dict::HashOf(std::string_view key) { return HashText(key); }

Value Dict::Get(std::string_view key) const {
  const Value* found = Find(key);
  return found == nullptr ? Value() : *found;
}

void Dict::Set(const Value& key, Value value) {
  const size_t hash = Hash(key);
  const std::ptrdiff_t at = Lookup(key, hash);
  if (at >= 0) {
    entries_[static_cast<size_t>(at)].value = std::move(value);
  } else {
    Append(hash, key, std::move(value));
  }
}

void Dict::Set(std::string_view key, Value value) {
  const size_t hash = HashText(key);
  if (const Value* found = Find(key, hash)) {
    *const_cast<Value*>(found) = std::move(value);  // `this` is not const
    return;
  }
  Value name(key);
  static_cast<StringRep*>(name.payload())->hash = hash;
  Append(hash, std::move(name), std::move(value));
}

bool Dict::Erase(const Value& key) {
  const std::ptrdiff_t at = Lookup(key, Hash(key));
  if (at < 0) return false;
  const size_t behind = entries_.size() - 1 - static_cast<size_t>(at);
  // Taking one key after the other from the front of a large dict is quadratic.
  ChargeSteps(behind / 16);
  // Its destruction may run code that looks at this dict, so the entry goes last.
  const Entry removed = std::move(entries_[static_cast<size_t>(at)]);
  entries_.erase(entries_.begin() + at);
  if (buckets_.empty()) return true;
  if (behind > 0) {
    Rehash(buckets_.size());
    return true;
  }
  // The last entry: free its bucket and close the gap behind it.
  const size_t mask = buckets_.size() - 1;
  size_t gap = BucketOf(removed.hash);
  while (buckets_[gap] != entries_.size()) gap = (gap + 1) & mask;
  for (size_t next = (gap + 1) & mask; buckets_[next] != kEmpty; next = (next + 1) & mask) {
    const size_t home = BucketOf(entries_[buckets_[next]].hash);
    if (((next - home) & mask) < ((next - gap) & mask)) continue;
    buckets_[gap] = buckets_[next];
    gap = next;
  }
  buckets_[gap] = kEmpty;
  return true;
}

void Dict::Clear() {
  buckets_.clear();
  const std::vector<Entry> removed = std::move(entries_);
  entries_.clear();
}

void Dict::Reserve(size_t count) {
  entries_.reserve(count);
  if (count > kLinear && count * 2 > buckets_.size()) Rehash(std::bit_ceil(count * 3));
}

}  // namespace scaffold
