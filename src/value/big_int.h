// BigInt: an integer of any size, over libtommath, which is included by big_int.cc alone.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// Every operation charges what its result takes before it is made; integers beyond the limit throw
// Error(kLimit).
class BigInt {
 public:
  BigInt();
  explicit BigInt(int64_t value);
  BigInt(const BigInt& other);
  BigInt(BigInt&& other) noexcept;
  BigInt& operator=(BigInt other) noexcept;
  ~BigInt();

  static BigInt FromUnsigned(uint64_t value);
  static BigInt FromDouble(double value);  // the fraction is cut off; REQUIRES: finite
  // REQUIRES: only digits of the base (2 to 36) behind an optional '-'.
  static BigInt Parse(std::string_view digits, int base);

  bool negative() const;
  bool zero() const;
  bool odd() const;
  size_t bits() const;  // of the absolute value
  std::optional<int64_t> ToInt64() const;
  double ToDouble() const;  // rounded half to even; infinite when too large
  std::string Text(int base = 10) const;
  int Compare(const BigInt& other) const;  // -1, 0, 1

  BigInt Negated() const;
  BigInt Power(uint32_t exponent) const;
  // Python's >> rounds down.
  BigInt ShiftedLeft(size_t count) const;
  BigInt ShiftedRight(size_t count) const;
  friend BigInt operator+(const BigInt& a, const BigInt& b);
  friend BigInt operator-(const BigInt& a, const BigInt& b);
  friend BigInt operator*(const BigInt& a, const BigInt& b);
  // The quotient rounded down and the rest, which has the divisor's sign. REQUIRES: !b.zero().
  struct Quotient;
  static Quotient Divide(const BigInt& a, const BigInt& b);
  // a / b rounded once, half to even; infinite when too large. REQUIRES: !b.zero().
  static double DivideToDouble(const BigInt& a, const BigInt& b);

 private:
  struct Rep;
  std::unique_ptr<Rep> rep_;  // null only after a move
};

struct BigInt::Quotient {
  BigInt quotient, rest;
};

}  // namespace scaffold
