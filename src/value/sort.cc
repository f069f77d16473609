#include "value/sort.h"

#include <algorithm>
#include <iterator>

#include "value/operators.h"

namespace scaffold {
namespace {

using Entries = std::vector<SortEntry>;

bool LessThan(const Value& a, const Value& b) { return Compare(Comparison::kLess, a, b); }

Entries::iterator At(Entries& entries, size_t index) {
  return entries.begin() + static_cast<std::ptrdiff_t>(index);
}

// CPython listobject.c count_run: the length of the run at `begin`; a descending one is reversed.
template <typename Less>
size_t TakeRun(Entries& entries, size_t begin, const Less& less) {
  size_t next = begin + 1;
  if (next == entries.size()) return 1;
  const bool descending = less(entries[next].key, entries[begin].key);
  for (++next; next < entries.size(); ++next) {
    if (less(entries[next].key, entries[next - 1].key) != descending) break;
  }
  if (descending) std::reverse(At(entries, begin), At(entries, next));
  return next - begin;
}

// CPython's binarysort: [begin, sorted) is in order already.
template <typename Less>
void InsertBinary(Entries& entries, size_t begin, size_t sorted, size_t end, const Less& less) {
  for (; sorted < end; ++sorted) {
    size_t low = begin;
    size_t high = sorted;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (less(entries[sorted].key, entries[middle].key)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    std::rotate(At(entries, low), At(entries, sorted), At(entries, sorted + 1));
  }
}

// Merges [begin, middle) and [middle, end); does not rely on `less` being consistent.
template <typename Less>
void MergeRuns(Entries& entries, size_t begin, size_t middle, size_t end, const Less& less) {
  Entries left(std::make_move_iterator(At(entries, begin)),
               std::make_move_iterator(At(entries, middle)));
  size_t out = begin;
  size_t next = 0;
  while (next < left.size() && middle < end) {
    if (less(entries[middle].key, left[next].key)) {
      entries[out++] = std::move(entries[middle++]);
    } else {
      entries[out++] = std::move(left[next++]);
    }
  }
  while (next < left.size()) entries[out++] = std::move(left[next++]);
}

// Below 64 entries CPython's sort is one binary insertion sort; longer lists are merged from runs
// of 32 to 63 entries.
size_t MinimumRun(size_t size) {
  size_t carry = 0;
  while (size >= 64) {
    carry |= size & 1;
    size >>= 1;
  }
  return size + carry;
}

template <typename Less>
void SortAscending(Entries& entries, const Less& less) {
  const size_t minimum = MinimumRun(entries.size());
  std::vector<size_t> bounds{0};
  while (bounds.back() < entries.size()) {
    const size_t begin = bounds.back();
    const size_t run = TakeRun(entries, begin, less);
    const size_t end = std::max(begin + run, std::min(begin + minimum, entries.size()));
    InsertBinary(entries, begin, begin + run, end, less);
    bounds.push_back(end);
  }
  while (bounds.size() > 2) {
    std::vector<size_t> merged{0};
    for (size_t i = 2; i < bounds.size(); i += 2) {
      MergeRuns(entries, bounds[i - 2], bounds[i - 1], bounds[i], less);
      merged.push_back(bounds[i]);
    }
    if (bounds.size() % 2 == 0) merged.push_back(bounds.back());
    bounds = std::move(merged);
  }
}

}  // namespace

void SortPython(Entries* entries, bool reverse, const SortLess& less) {
  if (entries->size() < 2) return;
  if (reverse) std::reverse(entries->begin(), entries->end());
  if (less) {
    SortAscending(*entries, less);
  } else {
    SortAscending(*entries, LessThan);
  }
  if (reverse) std::reverse(entries->begin(), entries->end());
}

}  // namespace scaffold
