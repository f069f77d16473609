#include "yaml/scalars.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "support/text.h"
#include "support/utf8.h"
#include "value/date_time.h"
#include "value/number.h"
#include "value/operators.h"
#include "yaml/base64.h"
#include "yaml/resolver.h"

namespace scaffold::yaml {
namespace {

std::string Without(std::string_view text, char unwanted) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
               [&](char c) { return c != unwanted; });
  return kept;
}

// Takes a sign off; PyYAML looks at the first character of any text.
bool TakeSign(std::string* text) {
  if (text->empty()) throw Error(ErrorKind::kIndex, "string index out of range");
  const bool negative = text->front() == '-';
  if (negative || text->front() == '+') text->erase(0, 1);
  return negative;
}

// Python's int(text, base).
Value IntOfBase(const std::string& text, int base) {
  constexpr size_t kMaxDigits = 4300;  // CPython's default limit for decimal numbers
  std::optional<Value> number = scaffold::ParseInt(text, base);
  if (!number) {
    throw Error(ErrorKind::kValue, "invalid literal for int() with base " + std::to_string(base) +
                                       ": " + Repr(Value(text)));
  }
  if (base == 10 && text.size() > kMaxDigits) {
    throw Error(ErrorKind::kValue,
                "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                    std::to_string(text.size()) +
                    " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  return *std::move(number);
}

Value FloatOf(const std::string& text) {
  if (const std::optional<double> number = scaffold::ParseFloat(text)) return Value(*number);
  throw Error(ErrorKind::kValue, "could not convert string to float: " + Repr(Value(text)));
}

// "1:30:15" is 15 + 30*60 + 1*3600, added up from the right as PyYAML does, which decides how a
// float is rounded; `parse` reads one part.
template <typename Parse>
Value Sexagesimal(std::string_view text, Value sum, Parse parse) {
  std::vector<Value> numbers;
  for (const std::string_view part : Split(text, ':')) numbers.push_back(parse(std::string(part)));
  Value base(1);
  for (size_t i = numbers.size(); i-- > 0;) {
    sum = Add(sum, Multiply(numbers[i], base));
    base = Multiply(base, Value(60));
  }
  return sum;
}

Value UnsignedInt(const std::string& text) {
  if (text == "0") return Value(0);
  if (text.starts_with("0b")) return IntOfBase(text.substr(2), 2);
  if (text.starts_with("0x")) return IntOfBase(text.substr(2), 16);
  if (text.empty()) throw Error(ErrorKind::kIndex, "string index out of range");
  if (text.front() == '0') return IntOfBase(text, 8);
  if (text.find(':') == std::string::npos) return IntOfBase(text, 10);
  return Sexagesimal(text, Value(0), [](const std::string& part) { return IntOfBase(part, 10); });
}

Value ParseIntScalar(const std::string& written) {
  std::string text = Without(written, '_');
  const bool negative = TakeSign(&text);
  const Value number = UnsignedInt(text);
  return negative ? Negate(number) : number;
}

Value ParseFloatScalar(const std::string& written) {
  std::string text = ToLowerAscii(Without(written, '_'));
  const bool negative = TakeSign(&text);
  if (text == ".nan") return Value(std::numeric_limits<double>::quiet_NaN());
  Value number(std::numeric_limits<double>::infinity());
  if (text.find(':') != std::string::npos) {
    number = Sexagesimal(text, Value(0.0), FloatOf);
  } else if (text != ".inf") {
    number = FloatOf(text);
  }
  return negative ? Negate(number) : number;
}

Value ParseBool(const std::string& text) {
  const std::string lower = ToLowerAscii(text);
  if (lower == "yes" || lower == "true" || lower == "on") return Value(true);
  if (lower == "no" || lower == "false" || lower == "off") return Value(false);
  throw Error(ErrorKind::kKey, Repr(Value(lower)));
}

std::string EscapedCharacter(char32_t c) {
  char buffer[16];
  const char* format = c <= 0xFF ? "'\\x%02x'" : c <= 0xFFFF ? "'\\u%04x'" : "'\\U%08x'";
  std::snprintf(buffer, sizeof(buffer), format, static_cast<unsigned>(c));
  return buffer;
}

Value ParseBinary(const std::string& text) {
  size_t index = 0;
  for (size_t pos = 0; pos < text.size(); ++index) {
    const char32_t c = DecodeUtf8(text, &pos);
    if (c < 0x80) continue;
    throw Error(ErrorKind::kYaml,
                "failed to convert base64 data into ascii: 'ascii' codec can't encode character " +
                    EscapedCharacter(c) + " in position " + std::to_string(index) +
                    ": ordinal not in range(128)");
  }
  std::string bytes;
  if (!DecodeBase64(text, &bytes)) {
    throw Error(ErrorKind::kYaml, "failed to decode base64 data: " + bytes);
  }
  return Value::Bytes(std::move(bytes));
}

// Timestamps --------------------------------------------------------------------------------------

int32_t Number(std::string_view digits) {
  int32_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// Seconds east of UTC; "Z" is none. REQUIRES: as MatchTimestamp gives it.
int32_t ParseZone(std::string_view zone) {
  if (zone == "Z") return 0;
  constexpr int32_t kDay = 24 * 3600;
  const size_t colon = zone.find(':');
  const std::string_view minutes = colon == std::string_view::npos ? "" : zone.substr(colon + 1);
  const int32_t size = Number(zone.substr(1, colon - 1)) * 3600 + Number(minutes) * 60;
  const int32_t offset = zone.front() == '-' ? -size : size;
  if (size >= kDay) {
    throw Error(ErrorKind::kValue,
                "offset must be a timedelta strictly between -timedelta(hours=24) and "
                "timedelta(hours=24), not " +
                    Repr(MakeTimeDelta(0, offset, 0)) + ".");
  }
  return offset;
}

Value ParseTimestamp(std::string_view text) {
  TimestampFields fields;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (!MatchTimestamp(text, &fields)) {
    throw Error(ErrorKind::kAttribute, "'NoneType' object has no attribute 'groupdict'");
  }
  const int32_t year = Number(fields.year);
  const int32_t month = Number(fields.month);
  const int32_t day = Number(fields.day);
  if (fields.hour.empty()) return MakeDate(year, month, day);
  std::string fraction(fields.fraction.substr(0, 6));
  fraction.append(6 - fraction.size(), '0');
  std::optional<int32_t> offset;
  if (!fields.zone.empty()) offset = ParseZone(fields.zone);
  return MakeDateTime(year, month, day, Number(fields.hour), Number(fields.minute),
                      Number(fields.second), Number(fraction), offset);
}

}  // namespace

Value ParseScalar(Tag tag, const std::string& text) {
  switch (tag) {
    case Tag::kNull:
      return Value();
    case Tag::kBool:
      return ParseBool(text);
    case Tag::kInt:
      return ParseIntScalar(text);
    case Tag::kFloat:
      return ParseFloatScalar(text);
    case Tag::kBinary:
      return ParseBinary(text);
    case Tag::kTimestamp:
      return ParseTimestamp(text);
    case Tag::kStr:
    case Tag::kSeq:
    case Tag::kMap:
    case Tag::kOmap:
    case Tag::kPairs:
    case Tag::kSet:
    case Tag::kMerge:
    case Tag::kValue:
    case Tag::kOther:
      break;
  }
  return Value(text);
}

}  // namespace scaffold::yaml
