// Integers beyond 64 bits, and the conversions between numbers.

#pragma once

#include <tommath.h>

#include <optional>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// An owned mp_int; every failure of the library is "out of memory" or a limit, and throws.
class BigInt {
 public:
  BigInt();
  explicit BigInt(int64_t value);
  BigInt(const BigInt& other);
  BigInt(BigInt&& other) noexcept;
  BigInt& operator=(BigInt other) noexcept;
  ~BigInt();

  mp_int* get() { return &number_; }
  const mp_int* get() const { return &number_; }
  bool negative() const { return mp_isneg(&number_); }
  size_t bits() const;
  // REQUIRES: well-formed digits of the base (2 to 36), an optional sign.
  static BigInt Parse(const std::string& digits, int base);
  std::string Text(int base = 10) const;

 private:
  mp_int number_;
};

struct BigIntRep : Payload {
  explicit BigIntRep(BigInt n) : number(std::move(n)) {}
  BigInt number;
};

struct ComplexRep : Payload {
  double real = 0, imaginary = 0;
};

// An int value: 64-bit when it fits.
Value MakeInt(BigInt number);
Value IntFromUnsigned(uint64_t number);
// REQUIRES: kBool, kInt or kBigInt.
BigInt ToBigInt(const Value& value);
bool IsInteger(const Value& value);  // kBool, kInt or kBigInt
// REQUIRES: IsNumber(). OverflowError "int too large to convert to float".
double ToDouble(const Value& value);
// Python's int(text, base); nullopt when malformed. Base 0 reads the prefix.
std::optional<Value> ParseInt(std::string_view text, int base);
// Python's float(text).
std::optional<double> ParseFloat(std::string_view text);
// int(float): ValueError for nan, OverflowError for inf.
Value TruncateToInt(double number);
// Python's repr(float).
std::string FormatFloat(double number);
// str(int), with CPython's limit of 4,300 digits.
std::string FormatInt(const Value& integer);

}  // namespace scaffold
