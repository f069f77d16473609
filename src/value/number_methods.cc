// The methods of int, float and complex.

#include <bit>
#include <cmath>
#include <cstring>

#include "value/arguments.h"
#include "value/limits.h"
#include "value/method_tables.h"
#include "value/number.h"
#include "value/operators.h"

namespace scaffold {
namespace {

Value IntAsIntegerRatio(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "as_integer_ratio", args);
  return Value::Tuple({Positive(self), Value(1)});
}

Value IntBitCount(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "bit_count", args);
  int64_t ones = 0;
  for (char digit : ToBigInt(self).Text(2)) ones += digit == '1' ? 1 : 0;
  return Value(ones);
}

Value IntBitLength(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "bit_length", args);
  return Value(ToBigInt(self).bits());
}

Value IntConjugate(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "conjugate", args);
  return Positive(self);
}

bool IsBigEndian(const Value* order, std::string_view method) {
  const std::string name =
      order == nullptr ? "big" : TextArgument(*order, method, "argument 'byteorder'");
  if (name == "big") return true;
  if (name == "little") return false;
  throw Error(ErrorKind::kValue, "byteorder must be either 'little' or 'big'");
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// `size` bytes of a number that is not negative, the most significant first.
std::string BigEndianBytes(const BigInt& number, size_t size) {
  std::string digits = number.Text(16);
  if (digits.size() % 2 != 0) digits.insert(0, "0");
  std::string bytes;
  for (size_t i = 0; i < digits.size(); i += 2) {
    bytes += static_cast<char>(HexDigit(digits[i]) * 16 + HexDigit(digits[i + 1]));
  }
  if (bytes == std::string(1, '\0')) bytes.clear();
  return std::string(size - bytes.size(), '\0') + bytes;
}

Value IntToBytes(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("to_bytes", {"length", "byteorder", "signed"}, args, 1);
  const int64_t size = given[0] == nullptr ? 1 : IndexArgument(*given[0]);
  const bool big_endian = IsBigEndian(given[1], "to_bytes");
  const bool is_signed = given[2] != nullptr && Truth(*given[2]);
  if (size < 0) throw Error(ErrorKind::kValue, "length argument must be non-negative");
  ChargeBytes(static_cast<uint64_t>(size));
  BigInt number = ToBigInt(self);
  if (number.negative() && !is_signed) {
    throw Error(ErrorKind::kOverflow, "can't convert negative int to unsigned");
  }
  const auto width = static_cast<size_t>(size) * 8;
  // The most negative number of a width needs all its bits, any other one a bit for the sign.
  const bool lowest =
      number.negative() &&
      number.Compare(BigInt(1).ShiftedLeft(width == 0 ? 0 : width - 1).Negated()) == 0;
  const size_t needed = number.bits() + (is_signed && !lowest && !number.zero() ? 1 : 0);
  if (needed > width) throw Error(ErrorKind::kOverflow, "int too big to convert");
  if (number.negative()) number = number + BigInt(1).ShiftedLeft(width);
  std::string bytes = BigEndianBytes(number, static_cast<size_t>(size));
  if (!big_endian) bytes.assign(bytes.rbegin(), bytes.rend());
  return Value::Bytes(std::move(bytes));
}

std::string BytesOf(const Value& source) {
  if (source.kind() == Kind::kBytes) return source.AsString();
  if (source.IsString() || TryIterate(source) == nullptr) {
    throw Error(ErrorKind::kType,
                "cannot convert '" + std::string(TypeNameInC(source)) + "' object to bytes");
  }
  std::string bytes;
  const std::unique_ptr<Iterator> items = Iterate(source);
  for (Value item; items->Next(&item);) {
    const int64_t byte = IndexArgument(item);
    if (byte < 0 || byte > 255) throw Error(ErrorKind::kValue, "bytes must be in range(0, 256)");
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

Value IntFromBytes(CallContext&, const Value&, const Args& args) {
  const KeywordArguments given("from_bytes", {"bytes", "byteorder", "signed"}, args, 1);
  if (given[0] == nullptr) {
    throw Error(ErrorKind::kType, "from_bytes() missing required argument 'bytes' (pos 1)");
  }
  const bool big_endian = IsBigEndian(given[1], "from_bytes");
  std::string bytes = BytesOf(*given[0]);
  if (!big_endian) bytes.assign(bytes.rbegin(), bytes.rend());
  std::string digits = "0";
  for (unsigned char byte : bytes) {
    digits += "0123456789abcdef"[byte >> 4];
    digits += "0123456789abcdef"[byte & 15];
  }
  BigInt number = BigInt::Parse(digits, 16);
  const bool negative = given[2] != nullptr && Truth(*given[2]) && !bytes.empty() &&
                        (static_cast<unsigned char>(bytes[0]) & 0x80) != 0;
  if (negative) number = number - BigInt(1).ShiftedLeft(bytes.size() * 8);
  return MakeInt(std::move(number));
}

Value FloatAsIntegerRatio(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "as_integer_ratio", args);
  const double number = self.AsFloat();
  if (std::isinf(number)) {
    throw Error(ErrorKind::kOverflow, "cannot convert Infinity to integer ratio");
  }
  if (std::isnan(number)) throw Error(ErrorKind::kValue, "cannot convert NaN to integer ratio");
  int exponent = 0;
  double fraction = std::frexp(number, &exponent);
  while (fraction != std::floor(fraction)) {
    fraction *= 2;
    --exponent;
  }
  BigInt numerator(static_cast<int64_t>(fraction));
  BigInt denominator(1);
  if (exponent > 0) numerator = numerator.ShiftedLeft(static_cast<size_t>(exponent));
  if (exponent < 0) denominator = denominator.ShiftedLeft(static_cast<size_t>(-exponent));
  return Value::Tuple({MakeInt(std::move(numerator)), MakeInt(std::move(denominator))});
}

Value FloatConjugate(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "conjugate", args);
  return self;
}

Value FloatIsInteger(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "is_integer", args);
  const double number = self.AsFloat();
  return Value(std::isfinite(number) && number == std::floor(number));
}

Value FloatHex(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "hex", args);
  const double number = self.AsFloat();
  if (!std::isfinite(number)) return Value(FormatFloat(number));
  const std::string sign = std::signbit(number) ? "-" : "";
  if (number == 0) return Value(sign + "0x0.0p+0");
  const auto bits = std::bit_cast<uint64_t>(number);
  const auto stored = static_cast<int>(bits >> 52 & 0x7FF);
  char text[40];
  std::snprintf(text, sizeof(text), "0x%d.%013llxp%+d", stored == 0 ? 0 : 1,
                static_cast<unsigned long long>(bits & ((uint64_t{1} << 52) - 1)),
                stored == 0 ? -1022 : stored - 1023);
  return Value(sign + text);
}

Value FloatFromHex(CallContext&, const Value& self, const Args& args) {
  const Value& source = OneArgument(self, "fromhex", args);
  if (!source.IsString()) {
    throw Error(ErrorKind::kType, "bad argument type for built-in operation");
  }
  std::string text = source.AsString();
  const size_t first = text.find_first_not_of(" \t\n\r\f\v");
  const size_t last = text.find_last_not_of(" \t\n\r\f\v");
  text = first == std::string::npos ? "" : text.substr(first, last - first + 1);
  const bool sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  const bool negative = sign && text[0] == '-';
  if (sign) text.erase(0, 1);
  if (std::optional<double> special = ParseFloat(text); special && !std::isfinite(*special)) {
    const bool word = text.find_first_of("0123456789") == std::string::npos;
    if (word) return Value(negative ? -*special : *special);
  }
  if (text.starts_with("0x") || text.starts_with("0X")) text.erase(0, 2);
  const bool starts = !text.empty() && (HexDigit(text[0]) >= 0 || text[0] == '.');
  const std::string prefixed = "0x" + text;
  char* end = nullptr;
  const double number = std::strtod(prefixed.c_str(), &end);
  if (!starts || *end != '\0' || end - prefixed.c_str() != static_cast<long>(prefixed.size())) {
    throw Error(ErrorKind::kValue, "invalid hexadecimal floating-point string");
  }
  if (std::isinf(number)) {
    throw Error(ErrorKind::kOverflow, "hexadecimal value too large to represent as a float");
  }
  return Value(negative ? -number : number);
}

Value ComplexConjugate(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "conjugate", args);
  const auto& number = *static_cast<ComplexRep*>(self.payload());
  return MakeComplex(number.real, -number.imaginary);
}

constexpr MethodRow kIntMethods[] = {
    {"as_integer_ratio", IntAsIntegerRatio},
    {"bit_count", IntBitCount},
    {"bit_length", IntBitLength},
    {"conjugate", IntConjugate},
    {"from_bytes", IntFromBytes},
    {"to_bytes", IntToBytes},
};
constexpr MethodRow kFloatMethods[] = {
    {"as_integer_ratio", FloatAsIntegerRatio},
    {"conjugate", FloatConjugate},
    {"fromhex", FloatFromHex},
    {"hex", FloatHex},
    {"is_integer", FloatIsInteger},
};
constexpr MethodRow kComplexMethods[] = {{"conjugate", ComplexConjugate}};

}  // namespace

std::span<const MethodRow> IntMethods() { return kIntMethods; }
std::span<const MethodRow> FloatMethods() { return kFloatMethods; }
std::span<const MethodRow> ComplexMethods() { return kComplexMethods; }

}  // namespace scaffold
