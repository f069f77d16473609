// Conversions between numbers, and between numbers and text.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scaffold/value.h"
#include "value/big_int.h"

namespace scaffold {

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
Value MakeComplex(double real, double imaginary);
bool IsInteger(const Value& value);  // kBool, kInt or kBigInt
// REQUIRES: IsInteger(value).
BigInt ToBigInt(const Value& value);
// REQUIRES: kBigInt. No copy.
const BigInt& AsBigInt(const Value& value);
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
void AppendFloat(std::string* out, double number);
// str(int), with CPython's limit of 4,300 digits.
std::string FormatInt(const Value& integer);
void AppendInt(std::string* out, const Value& integer);

}  // namespace scaffold
