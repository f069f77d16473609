// Python's random.Random: the Mersenne Twister, seeded as Python seeds it.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "scaffold/value.h"

namespace scaffold {

class PythonRandom {
 public:
  // Random bits of the system when `seed` is None. TypeError for what Python refuses.
  explicit PythonRandom(const Value& seed);

  // random.getrandbits(bits) for at most 64 bits.
  uint64_t Bits(unsigned bits);
  // random._randbelow(limit). REQUIRES: limit > 0.
  uint64_t Below(uint64_t limit);
  // The same for an int of any size.
  Value Below(const Value& limit);
  // random.randrange(start, stop, step) with Python's errors.
  Value Range(const Value& start, const Value& stop, const Value& step);
  // random.choice(sequence).
  Value Choice(const Value& sequence);
  // random.shuffle(items).
  void Shuffle(List* items);

 private:
  static constexpr size_t kWords = 624;

  void SeedByArray(const std::vector<uint32_t>& key);
  void SeedByNumber(uint32_t number);
  void Refill();
  uint32_t NextWord();

  std::array<uint32_t, kWords> words_{};
  size_t index_ = kWords;
};

}  // namespace scaffold
