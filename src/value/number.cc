#include "value/number.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include "support/text.h"
#include "value/limits.h"

namespace scaffold {
namespace {

constexpr size_t kMaxDigits = 4300;  // sys.get_int_max_str_digits()

void Check(mp_err status) {
  if (status != MP_OKAY) throw Error(ErrorKind::kOverflow, "integer is too large");
}

}  // namespace

BigInt::BigInt() { Check(mp_init(&number_)); }
BigInt::BigInt(int64_t value) { Check(mp_init_i64(&number_, value)); }
BigInt::BigInt(const BigInt& other) { Check(mp_init_copy(&number_, &other.number_)); }
BigInt::BigInt(BigInt&& other) noexcept : number_(other.number_) {
  std::memset(&other.number_, 0, sizeof(other.number_));
}
BigInt& BigInt::operator=(BigInt other) noexcept {
  mp_exch(&number_, &other.number_);
  return *this;
}
BigInt::~BigInt() {
  if (number_.dp != nullptr) mp_clear(&number_);
}

size_t BigInt::bits() const { return static_cast<size_t>(mp_count_bits(&number_)); }

BigInt BigInt::Parse(const std::string& digits, int base) {
  ChargeBytes(digits.size());
  BigInt number;
  Check(mp_read_radix(&number.number_, digits.c_str(), base));
  return number;
}

std::string BigInt::Text(int base) const {
  int size = 0;
  Check(mp_radix_size(&number_, base, &size));
  ChargeBytes(static_cast<uint64_t>(size));
  std::string text(static_cast<size_t>(size), '\0');
  size_t written = 0;
  Check(mp_to_radix(&number_, text.data(), text.size(), &written, base));
  text.resize(written - 1);  // without the terminator
  return ToLowerAscii(text);
}

Value MakeInt(BigInt number) {
  if (number.bits() <= 63) return Value(mp_get_i64(number.get()));
  // The most negative 64-bit integer has 64 bits.
  if (number.negative() && number.bits() == 64 && mp_cnt_lsb(number.get()) == 63) {
    return Value(INT64_MIN);
  }
  return Value::Adopt(Kind::kBigInt, new BigIntRep(std::move(number)));
}

Value IntFromUnsigned(uint64_t value) {
  BigInt number;
  mp_set_u64(number.get(), value);
  return MakeInt(std::move(number));
}

bool IsInteger(const Value& value) {
  return value.IsInt() || value.IsBool() || value.kind() == Kind::kBigInt;
}

BigInt ToBigInt(const Value& value) {
  if (value.kind() == Kind::kBigInt) return static_cast<BigIntRep*>(value.payload())->number;
  return BigInt(value.AsInt());
}

double ToDouble(const Value& value) {
  if (value.IsFloat()) return value.AsFloat();
  if (value.kind() != Kind::kBigInt) return static_cast<double>(value.AsInt());
  const double number = std::strtod(ToBigInt(value).Text().c_str(), nullptr);
  if (std::isinf(number)) throw Error(ErrorKind::kOverflow, "int too large to convert to float");
  return number;
}

namespace {

// Python allows one underscore between digits.
std::optional<std::string> StripUnderscores(std::string_view digits) {
  std::string plain;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != '_') {
      plain += digits[i];
    } else if (i == 0 || i + 1 == digits.size() || digits[i + 1] == '_') {
      return std::nullopt;
    }
  }
  return plain;
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

int BaseOfPrefix(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  const char letter = static_cast<char>(text[1] | 0x20);
  return letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
}

}  // namespace

std::optional<Value> ParseInt(std::string_view text, int base) {
  text = StripBlanks(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const int prefix = BaseOfPrefix(text);
  if (prefix != 0 && (base == 0 || base == prefix)) {
    base = prefix;
    text.remove_prefix(text.size() > 2 && text[2] == '_' ? 3 : 2);
  } else if (base == 0) {
    if (text.size() > 1 && text[0] == '0' && text.find_first_not_of("0_") != text.npos) {
      return std::nullopt;
    }
    base = 10;
  }
  const std::optional<std::string> digits = StripUnderscores(text);
  if (!digits || digits->empty()) return std::nullopt;
  for (char c : *digits) {
    if (DigitOf(c) >= base) return std::nullopt;
  }
  int64_t small = 0;
  const auto [end, failure] =
      std::from_chars(digits->data(), digits->data() + digits->size(), small, base);
  if (failure == std::errc()) return Value(negative ? -small : small);
  if ((base & (base - 1)) != 0 && digits->size() > kMaxDigits) {
    throw Error(ErrorKind::kValue,
                "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                    std::to_string(digits->size()) +
                    " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  return MakeInt(BigInt::Parse((negative ? "-" : "") + *digits, base));
}

std::optional<double> ParseFloat(std::string_view text) {
  text = StripBlanks(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string lower = ToLowerAscii(text);
  if (lower == "inf" || lower == "infinity") return negative ? -HUGE_VAL : HUGE_VAL;
  if (lower == "nan") return negative ? -NAN : NAN;
  std::string plain;
  for (size_t i = 0; i < lower.size(); ++i) {
    const char c = lower[i];
    if (c == '_') {
      const bool between =
          i > 0 && i + 1 < lower.size() && DigitOf(lower[i - 1]) < 10 && DigitOf(lower[i + 1]) < 10;
      if (!between) return std::nullopt;
    } else if (DigitOf(c) < 10 || c == '.' || c == 'e' || c == '+' || c == '-') {
      plain += c;
    } else {
      return std::nullopt;
    }
  }
  if (plain.empty() || plain[0] == '+' || plain[0] == '-') return std::nullopt;
  double number = 0;
  const auto [end, failure] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (end != plain.data() + plain.size() || failure == std::errc::invalid_argument) {
    return std::nullopt;
  }
  if (failure == std::errc::result_out_of_range) number = std::strtod(plain.c_str(), nullptr);
  return negative ? -number : number;
}

Value TruncateToInt(double number) {
  if (std::isnan(number)) throw Error(ErrorKind::kValue, "cannot convert float NaN to integer");
  if (std::isinf(number)) {
    throw Error(ErrorKind::kOverflow, "cannot convert float infinity to integer");
  }
  if (std::fabs(number) < 9.2e18) return Value(static_cast<int64_t>(number));
  BigInt big;
  if (mp_set_double(big.get(), number) != MP_OKAY) {
    throw Error(ErrorKind::kOverflow, "integer is too large");
  }
  return MakeInt(std::move(big));
}

std::string FormatFloat(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  char buffer[32];
  const auto scientific =
      std::to_chars(buffer, buffer + sizeof(buffer), number, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(scientific.ptr - buffer));
  const int exponent = std::atoi(std::string(text.substr(text.find('e') + 1)).c_str());
  if (exponent < -4 || exponent >= 16) return std::string(text);
  char plain[64];
  const auto fixed = std::to_chars(plain, plain + sizeof(plain), number, std::chars_format::fixed);
  std::string result(plain, fixed.ptr);
  if (result.find('.') == std::string::npos) result += ".0";
  return result;
}

std::string FormatInt(const Value& integer) {
  if (integer.kind() != Kind::kBigInt) return std::to_string(integer.AsInt());
  const BigInt number = ToBigInt(integer);
  std::string text = number.bits() > 14300 ? std::string(kMaxDigits + 1, '9') : number.Text();
  if (text.size() - (text[0] == '-') > kMaxDigits) {
    throw Error(ErrorKind::kValue,
                "Exceeds the limit (4300 digits) for integer string conversion; use "
                "sys.set_int_max_str_digits() to increase the limit");
  }
  return text;
}

}  // namespace scaffold
