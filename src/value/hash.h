// Hashing for dict keys: equal keys hash alike, nothing more is promised.

#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace scaffold {

inline size_t HashText(std::string_view text) { return std::hash<std::string_view>()(text); }

}  // namespace scaffold
