// Hashing for dict keys: equal keys hash alike, nothing more is promised.

#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// Never 0, which marks a StringRep that was not hashed yet.
inline size_t HashText(std::string_view text) {
  return std::hash<std::string_view>()(text) | (size_t{1} << 63);
}

// REQUIRES: kString, kMarkup or kBytes.
inline size_t HashOfText(const Value& text) {
  const auto* rep = static_cast<const StringRep*>(text.payload());
  if (rep->hash == 0) rep->hash = HashText(rep->text);
  return rep->hash;
}

}  // namespace scaffold
