#include "value/big_int.h"

#include <tommath.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "scaffold/error.h"
#include "value/limits.h"

namespace scaffold {

struct BigInt::Rep {
  mp_int number;
  Rep() { Check(mp_init(&number)); }
  Rep(const Rep& other) { Check(mp_init_copy(&number, &other.number)); }
  Rep& operator=(const Rep&) = delete;
  ~Rep() { mp_clear(&number); }

  static void Check(mp_err status) {
    if (status != MP_OKAY) throw std::bad_alloc();
  }
};

namespace {

// The product of two integers of this many digits takes about a second.
constexpr uint64_t kMaxBytes = uint64_t{1} << 21;

void Check(mp_err status) {
  if (status != MP_OKAY) throw std::bad_alloc();
}

void ChargeBits(uint64_t bits) {
  const uint64_t bytes = bits / 8;
  if (bytes > kMaxBytes) {
    throw Error(ErrorKind::kLimit,
                "integer size limit exceeded (" + std::to_string(kMaxBytes) + " bytes)");
  }
  ChargeBytes(bytes);
}

// Work that grows faster than the operands counts as steps of the template.
void ChargeWork(uint64_t bits_a, uint64_t bits_b) {
  const uint64_t words_a = bits_a / 64 + 1;
  const uint64_t words_b = bits_b / 64 + 1;
  if (words_a < 64 && words_b < 64) return;
  ChargeSteps(words_a * words_b / 4096);
}

// Bits of a digit when the base is a power of two, else 0.
int BitsPerDigit(int base) {
  if ((base & (base - 1)) != 0) return 0;
  int bits = 0;
  while ((1 << bits) < base) ++bits;
  return bits;
}

int DigitValue(char c) {
  if (c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

// Digits of a power-of-two base to bytes, the lowest first: libtommath's own reader is quadratic.
std::vector<unsigned char> PackDigits(std::string_view digits, int bits_per_digit) {
  std::vector<unsigned char> bytes;
  bytes.reserve(digits.size() * static_cast<size_t>(bits_per_digit) / 8 + 1);
  uint32_t pending = 0;
  int count = 0;
  for (size_t i = digits.size(); i > 0; --i) {
    pending |= static_cast<uint32_t>(DigitValue(digits[i - 1])) << count;
    count += bits_per_digit;
    for (; count >= 8; count -= 8) {
      bytes.push_back(static_cast<unsigned char>(pending & 0xFF));
      pending >>= 8;
    }
  }
  if (count > 0) bytes.push_back(static_cast<unsigned char>(pending));
  return bytes;
}

std::string UnpackDigits(const std::vector<unsigned char>& bytes, int bits_per_digit) {
  static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string reversed;
  uint32_t pending = 0;
  int count = 0;
  for (unsigned char byte : bytes) {
    pending |= static_cast<uint32_t>(byte) << count;
    for (count += 8; count >= bits_per_digit; count -= bits_per_digit) {
      reversed += kDigits[pending & ((1u << bits_per_digit) - 1)];
      pending >>= bits_per_digit;
    }
  }
  if (count > 0) reversed += kDigits[pending];
  while (reversed.size() > 1 && reversed.back() == '0') reversed.pop_back();
  return std::string(reversed.rbegin(), reversed.rend());
}

// The double nearest to `top` * 2^exponent, half to even; a set lowest bit of `top` may stand for
// bits cut off below. REQUIRES: the highest bit of `top` is set.
double RoundToDouble(uint64_t top, int64_t exponent) {
  // A double has 53 bits, fewer below 2^-1022, where the lowest bit is worth 2^-1074.
  const int64_t cut = std::max<int64_t>(11, -1074 - exponent);
  if (cut > 64) return 0;
  if (exponent + 64 > 1024) return HUGE_VAL;
  uint64_t kept = cut == 64 ? 0 : top >> cut;
  const uint64_t rest = cut == 64 ? top : top & ((uint64_t{1} << cut) - 1);
  const uint64_t half = uint64_t{1} << (cut - 1);
  if (rest > half || (rest == half && (kept & 1) != 0)) ++kept;
  return std::ldexp(static_cast<double>(kept), static_cast<int>(exponent + cut));
}

double Signed(double value, bool negative) { return negative ? -value : value; }

}  // namespace

BigInt::BigInt() : rep_(std::make_unique<Rep>()) {}
BigInt::BigInt(int64_t value) : BigInt() { mp_set_i64(&rep_->number, value); }
BigInt::BigInt(const BigInt& other) : rep_(std::make_unique<Rep>(*other.rep_)) {}
BigInt::BigInt(BigInt&& other) noexcept = default;
BigInt& BigInt::operator=(BigInt other) noexcept {
  std::swap(rep_, other.rep_);
  return *this;
}
BigInt::~BigInt() = default;

BigInt BigInt::FromUnsigned(uint64_t value) {
  BigInt result;
  mp_set_u64(&result.rep_->number, value);
  return result;
}

BigInt BigInt::FromDouble(double value) {
  BigInt result;
  Check(mp_set_double(&result.rep_->number, value));
  return result;
}

BigInt BigInt::Parse(std::string_view digits, int base) {
  BigInt result;
  const int bits = BitsPerDigit(base);
  ChargeBits(digits.size() * static_cast<uint64_t>(bits == 0 ? 6 : bits));
  if (bits == 0) {
    Check(mp_read_radix(&result.rep_->number, std::string(digits).c_str(), base));
    return result;
  }
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  const std::vector<unsigned char> bytes = PackDigits(digits, bits);
  Check(mp_unpack(&result.rep_->number, bytes.size(), MP_LSB_FIRST, 1, MP_NATIVE_ENDIAN, 0,
                  bytes.data()));
  return negative ? result.Negated() : result;
}

bool BigInt::negative() const { return mp_isneg(&rep_->number); }
bool BigInt::zero() const { return mp_iszero(&rep_->number); }
bool BigInt::odd() const { return mp_isodd(&rep_->number); }
size_t BigInt::bits() const { return static_cast<size_t>(mp_count_bits(&rep_->number)); }

std::optional<int64_t> BigInt::ToInt64() const {
  const size_t count = bits();
  // The most negative 64-bit integer alone has 64 bits.
  if (count == 64 && negative() && mp_cnt_lsb(&rep_->number) == 63) return INT64_MIN;
  if (count > 63) return std::nullopt;
  return mp_get_i64(&rep_->number);
}

double BigInt::ToDouble() const {
  const size_t count = bits();
  if (count == 0) return 0;
  if (count <= 64) return Signed(static_cast<double>(mp_get_mag_u64(&rep_->number)), negative());
  Rep top;
  Check(mp_div_2d(&rep_->number, static_cast<int>(count - 64), &top.number, nullptr));
  uint64_t high = mp_get_mag_u64(&top.number);
  if (static_cast<size_t>(mp_cnt_lsb(&rep_->number)) < count - 64) high |= 1;
  return Signed(RoundToDouble(high, static_cast<int64_t>(count) - 64), negative());
}

std::string BigInt::Text(int base) const {
  if (zero()) return "0";
  const int bits_per_digit = BitsPerDigit(base);
  if (bits_per_digit != 0) {
    std::vector<unsigned char> bytes(bits() / 8 + 1);
    size_t written = 0;
    Check(mp_pack(bytes.data(), bytes.size(), &written, MP_LSB_FIRST, 1, MP_NATIVE_ENDIAN, 0,
                  &rep_->number));
    bytes.resize(written);
    ChargeBytes(bits() / static_cast<size_t>(bits_per_digit) + 1);
    return (negative() ? "-" : "") + UnpackDigits(bytes, bits_per_digit);
  }
  int size = 0;
  Check(mp_radix_size(&rep_->number, base, &size));
  std::string text(static_cast<size_t>(size), '\0');
  size_t written = 0;
  Check(mp_to_radix(&rep_->number, text.data(), text.size(), &written, base));
  text.resize(written - 1);  // without the terminator
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return text;
}

int BigInt::Compare(const BigInt& other) const {
  return mp_cmp(&rep_->number, &other.rep_->number);
}

BigInt BigInt::Negated() const {
  BigInt result;
  Check(mp_neg(&rep_->number, &result.rep_->number));
  return result;
}

BigInt BigInt::Power(uint32_t exponent) const {
  if (exponent == 0) return BigInt(1);
  const uint64_t count = bits();
  if (count > 1) ChargeBits(count * exponent);
  ChargeWork(count * exponent, count * exponent);
  BigInt result;
  Check(mp_expt_u32(&rep_->number, exponent, &result.rep_->number));
  return result;
}

BigInt BigInt::ShiftedLeft(size_t count) const {
  ChargeBits(bits() + count);
  BigInt result;
  Check(mp_mul_2d(&rep_->number, static_cast<int>(count), &result.rep_->number));
  return result;
}

BigInt BigInt::ShiftedRight(size_t count) const {
  BigInt result;
  const int places = static_cast<int>(std::min<size_t>(count, bits() + 1));
  Check(mp_signed_rsh(&rep_->number, places, &result.rep_->number));
  return result;
}

BigInt operator+(const BigInt& a, const BigInt& b) {
  ChargeBits(std::max(a.bits(), b.bits()) + 1);
  BigInt result;
  Check(mp_add(&a.rep_->number, &b.rep_->number, &result.rep_->number));
  return result;
}

BigInt operator-(const BigInt& a, const BigInt& b) {
  ChargeBits(std::max(a.bits(), b.bits()) + 1);
  BigInt result;
  Check(mp_sub(&a.rep_->number, &b.rep_->number, &result.rep_->number));
  return result;
}

BigInt operator*(const BigInt& a, const BigInt& b) {
  ChargeBits(a.bits() + b.bits());
  ChargeWork(a.bits(), b.bits());
  BigInt result;
  Check(mp_mul(&a.rep_->number, &b.rep_->number, &result.rep_->number));
  return result;
}

BigInt::Quotient BigInt::Divide(const BigInt& a, const BigInt& b) {
  ChargeBits(a.bits());
  ChargeWork(a.bits(), b.bits());
  Quotient result;
  mp_int* quotient = &result.quotient.rep_->number;
  mp_int* rest = &result.rest.rep_->number;
  Check(mp_div(&a.rep_->number, &b.rep_->number, quotient, rest));
  // libtommath cuts off, Python rounds down.
  if (!result.rest.zero() && result.rest.negative() != b.negative()) {
    Check(mp_sub_d(quotient, 1, quotient));
    Check(mp_add(rest, &b.rep_->number, rest));
  }
  return result;
}

double BigInt::DivideToDouble(const BigInt& a, const BigInt& b) {
  if (a.zero()) return b.negative() ? -0.0 : 0.0;
  // Scaled so that the quotient has 65 or 66 bits, more than a double holds.
  const int64_t shift = 66 - (static_cast<int64_t>(a.bits()) - static_cast<int64_t>(b.bits()));
  BigInt dividend = shift > 0 ? a.ShiftedLeft(static_cast<size_t>(shift)) : a;
  BigInt divisor = shift < 0 ? b.ShiftedLeft(static_cast<size_t>(-shift)) : b;
  const bool negative = a.negative() != b.negative();
  if (dividend.negative()) dividend = dividend.Negated();
  if (divisor.negative()) divisor = divisor.Negated();
  const Quotient parts = Divide(dividend, divisor);
  const size_t extra = parts.quotient.bits() - 64;
  uint64_t top = mp_get_mag_u64(&parts.quotient.ShiftedRight(extra).rep_->number);
  const bool exact =
      parts.rest.zero() && static_cast<size_t>(mp_cnt_lsb(&parts.quotient.rep_->number)) >= extra;
  if (!exact) top |= 1;
  return Signed(RoundToDouble(top, static_cast<int64_t>(extra) - shift), negative);
}

}  // namespace scaffold
