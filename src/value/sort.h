// Sorting as Python's list.sort does it: stable, `<` only, the same comparisons in the same order,
// so that a TypeError names the same pair of unlike items.

#pragma once

#include <functional>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

struct SortEntry {
  Value key;   // what is compared
  Value item;  // what moves with it
};
using SortLess = std::function<bool(const Value& a, const Value& b)>;

// Compares with Python's `<` when `less` is empty.
void SortPython(std::vector<SortEntry>* entries, bool reverse, const SortLess& less = {});

}  // namespace scaffold
