#include "extensions/python_random.h"

#include <bit>
#include <cmath>
#include <random>

#include "extensions/digest.h"
#include "jinja/filters_support.h"
#include "scaffold/error.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold {
namespace {

bool IsLess(const Value& a, const Value& b) { return Compare(Comparison::kLess, a, b); }

// An int >= 0 as 32-bit words, the lowest first; at least one.
std::vector<uint32_t> ToWords(Value number) {
  const Value base(int64_t{1} << 32);
  std::vector<uint32_t> words;
  do {
    words.push_back(static_cast<uint32_t>(Modulo(number, base).AsInt()));
    number = FloorDivide(number, base);
  } while (Truth(number));
  return words;
}

// The bytes as one big-endian number.
std::vector<uint32_t> BytesToWords(std::string_view bytes) {
  std::vector<uint32_t> words((bytes.size() + 3) / 4);
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - 1 - i]);
    words[i / 4] |= static_cast<uint32_t>(byte) << (8 * (i % 4));
  }
  while (words.size() > 1 && words.back() == 0) words.pop_back();
  if (words.empty()) words.push_back(0);
  return words;
}

// CPython's hash of a float (pyhash.c): the value modulo 2**61 - 1.
uint64_t HashFloat(double number) {
  constexpr int kBits = 61;
  constexpr uint64_t kModulus = (uint64_t{1} << kBits) - 1;
  if (std::isinf(number)) return number > 0 ? 314159 : static_cast<uint64_t>(-314159);
  int exponent = 0;
  double mantissa = std::frexp(number, &exponent);
  const bool negative = mantissa < 0;
  mantissa = std::fabs(mantissa);
  uint64_t hash = 0;
  while (mantissa != 0) {
    hash = ((hash << 28) & kModulus) | hash >> (kBits - 28);
    mantissa *= 268435456.0;  // 2**28
    exponent -= 28;
    const auto part = static_cast<uint64_t>(mantissa);
    mantissa -= static_cast<double>(part);
    hash += part;
    if (hash >= kModulus) hash -= kModulus;
  }
  exponent = exponent >= 0 ? exponent % kBits : kBits - 1 - ((-1 - exponent) % kBits);
  hash = ((hash << exponent) & kModulus) | hash >> (kBits - exponent);
  if (!negative) return hash;
  const uint64_t signed_hash = ~hash + 1;
  return signed_hash == static_cast<uint64_t>(-1) ? static_cast<uint64_t>(-2) : signed_hash;
}

// random._index, then int() for what is no index but equals an int.
Value ToRangeInt(const Value& value, std::string_view what) {
  if (IsInteger(value)) return Positive(value);
  Value number = jinja::ToPythonInt(value);
  if (Equal(number, value)) return number;
  throw Error(ErrorKind::kValue, "non-integer " + std::string(what) + " for randrange()");
}

}  // namespace

PythonRandom::PythonRandom(const Value& seed) {
  if (seed.IsNone()) {
    std::random_device device;
    std::vector<uint32_t> key(8);
    for (uint32_t& word : key) word = device();
    SeedByArray(key);
  } else if (IsInteger(seed)) {
    SeedByArray(ToWords(IsLess(seed, Value(0)) ? Negate(seed) : Positive(seed)));
  } else if (seed.IsFloat()) {
    const uint64_t hash = HashFloat(seed.AsFloat());
    SeedByArray(hash >> 32 == 0 ? std::vector<uint32_t>{static_cast<uint32_t>(hash)}
                                : std::vector<uint32_t>{static_cast<uint32_t>(hash),
                                                        static_cast<uint32_t>(hash >> 32)});
  } else if (seed.IsString() || seed.kind() == Kind::kBytes) {
    const std::string& text = seed.AsString();
    SeedByArray(BytesToWords(text + *Digest("sha512", text)));
  } else {
    throw Error(ErrorKind::kType,
                "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.");
  }
}

void PythonRandom::SeedByNumber(uint32_t number) {
  words_[0] = number;
  for (uint32_t i = 1; i < kWords; ++i) {
    words_[i] = 1812433253U * (words_[i - 1] ^ (words_[i - 1] >> 30)) + i;
  }
  index_ = kWords;
}

// init_by_array of the Mersenne Twister's authors.
void PythonRandom::SeedByArray(const std::vector<uint32_t>& key) {
  SeedByNumber(19650218U);
  size_t i = 1;
  size_t j = 0;
  const auto step = [&]() {
    if (++i < kWords) return;
    words_[0] = words_[kWords - 1];
    i = 1;
  };
  for (size_t k = std::max(kWords, key.size()); k > 0; --k) {
    words_[i] = (words_[i] ^ ((words_[i - 1] ^ (words_[i - 1] >> 30)) * 1664525U)) + key[j] +
                static_cast<uint32_t>(j);
    step();
    if (++j >= key.size()) j = 0;
  }
  for (size_t k = kWords - 1; k > 0; --k) {
    words_[i] = (words_[i] ^ ((words_[i - 1] ^ (words_[i - 1] >> 30)) * 1566083941U)) -
                static_cast<uint32_t>(i);
    step();
  }
  words_[0] = 0x80000000U;
}

void PythonRandom::Refill() {
  constexpr size_t kShift = 397;
  for (size_t i = 0; i < kWords; ++i) {
    const uint32_t mixed = (words_[i] & 0x80000000U) | (words_[(i + 1) % kWords] & 0x7FFFFFFFU);
    words_[i] = words_[(i + kShift) % kWords] ^ (mixed >> 1) ^ ((mixed & 1) != 0 ? 0x9908B0DFU : 0);
  }
  index_ = 0;
}

uint32_t PythonRandom::NextWord() {
  if (index_ >= kWords) Refill();
  uint32_t word = words_[index_++];
  word ^= word >> 11;
  word ^= (word << 7) & 0x9D2C5680U;
  word ^= (word << 15) & 0xEFC60000U;
  return word ^ (word >> 18);
}

uint64_t PythonRandom::Bits(unsigned bits) {
  if (bits <= 32) return NextWord() >> (32 - bits);
  const uint64_t low = NextWord();
  return low | uint64_t{NextWord() >> (64 - bits)} << 32;
}

uint64_t PythonRandom::Below(uint64_t limit) {
  const auto bits = static_cast<unsigned>(std::bit_width(limit));
  uint64_t number = Bits(bits);
  while (number >= limit) number = Bits(bits);
  return number;
}

Value PythonRandom::Below(const Value& limit) {
  if (limit.IsInt()) return Value(Below(static_cast<uint64_t>(limit.AsInt())));
  const std::vector<uint32_t> words = ToWords(limit);
  const auto top_bits = static_cast<unsigned>(std::bit_width(words.back()));
  const Value base(int64_t{1} << 32);
  while (true) {
    Value number(0);
    Value scale(1);
    for (size_t i = 0; i < words.size(); ++i) {
      const uint32_t word = NextWord() >> (i + 1 == words.size() ? 32 - top_bits : 0);
      number = Add(number, Multiply(Value(word), scale));
      scale = Multiply(scale, base);
    }
    if (IsLess(number, limit)) return number;
  }
}

Value PythonRandom::Range(const Value& start, const Value& stop, const Value& step) {
  const Value first = ToRangeInt(start, "arg 1");
  const Value last = ToRangeInt(stop, "stop");
  const Value width = Subtract(last, first);
  const Value stride = ToRangeInt(step, "step");
  if (Equal(stride, Value(1))) {
    if (IsLess(Value(0), width)) return Add(first, Below(width));
    throw Error(ErrorKind::kValue, "empty range for randrange() (" + Str(first) + ", " + Str(last) +
                                       ", " + Str(width) + ")");
  }
  if (Equal(stride, Value(0))) throw Error(ErrorKind::kValue, "zero step for randrange()");
  const Value rounding(IsLess(Value(0), stride) ? -1 : 1);
  const Value count = FloorDivide(Add(Add(width, stride), rounding), stride);
  if (!IsLess(Value(0), count)) throw Error(ErrorKind::kValue, "empty range for randrange()");
  return Add(first, Multiply(stride, Below(count)));
}

Value PythonRandom::Choice(const Value& sequence) {
  const size_t size = Length(sequence);
  if (size == 0) throw Error(ErrorKind::kIndex, "Cannot choose from an empty sequence");
  return Subscript(sequence, Value(Below(size)));
}

void PythonRandom::Shuffle(List* items) {
  for (size_t i = items->size(); i-- > 1;) {
    (*items)[i].swap((*items)[Below(i + 1)]);
  }
}

}  // namespace scaffold
