// Hashing for dict keys: equal keys hash alike, nothing more is promised.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// Of up to 16 bytes, as nearly all names have: two loads that may overlap and one multiplication,
// where std::hash is a call that goes through the bytes.
inline size_t HashShortText(std::string_view text) {
  uint64_t head = 0;
  uint64_t tail = 0;
  const char* end = text.data() + text.size();
  if (text.size() >= 8) {
    std::memcpy(&head, text.data(), 8);
    std::memcpy(&tail, end - 8, 8);
  } else if (text.size() >= 4) {
    std::memcpy(&head, text.data(), 4);
    std::memcpy(&tail, end - 4, 4);
  } else if (!text.empty()) {
    const auto byte = [](char c) { return static_cast<uint64_t>(static_cast<unsigned char>(c)); };
    head = byte(text.front()) | byte(text[text.size() / 2]) << 8 | byte(text.back()) << 16;
  }
  const unsigned __int128 product =
      static_cast<unsigned __int128>(head ^ (0x9E3779B97F4A7C15 + text.size())) *
      (tail ^ 0xD1B54A32D192ED03);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Never 0, which marks a StringRep that was not hashed yet.
inline size_t HashText(std::string_view text) {
  const size_t hash = text.size() <= 16 ? HashShortText(text) : std::hash<std::string_view>()(text);
  return hash | (size_t{1} << 63);
}

// Equality of names, which are mostly too short for a call of memcmp to pay.
inline bool SameText(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() > 16 || a.size() < 4) return a == b;
  const auto same = [&a, &b]<typename Word>(Word) {
    Word words[4];
    std::memcpy(&words[0], a.data(), sizeof(Word));
    std::memcpy(&words[1], b.data(), sizeof(Word));
    std::memcpy(&words[2], a.data() + a.size() - sizeof(Word), sizeof(Word));
    std::memcpy(&words[3], b.data() + b.size() - sizeof(Word), sizeof(Word));
    return words[0] == words[1] && words[2] == words[3];
  };
  return a.size() >= 8 ? same(uint64_t{}) : same(uint32_t{});
}

// REQUIRES: kString, kMarkup or kBytes.
inline size_t HashOfText(const Value& text) {
  const auto* rep = static_cast<const StringRep*>(text.payload());
  if (rep->hash == 0) rep->hash = HashText(rep->text);
  return rep->hash;
}

}  // namespace scaffold
