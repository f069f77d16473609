// format(value, spec) for every type.

#include <algorithm>
#include <cmath>

#include "support/utf8.h"
#include "value/date_time.h"
#include "value/format_float.h"
#include "value/format_spec.h"
#include "value/limits.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/str_format.h"
#include "value/text_length.h"

namespace scaffold {
namespace {

[[noreturn]] void ThrowValue(std::string message) {
  throw Error(ErrorKind::kValue, std::move(message));
}

std::string FormatText(const Value& value, std::string_view text) {
  const FormatSpec spec = ParseFormatSpec(text, value, 's', '<');
  if (spec.type != 's') ThrowUnknownCode(spec.type, value);
  if (spec.has_sign) {
    ThrowValue(spec.sign == ' ' ? "Space not allowed in string format specifier"
                                : "Sign not allowed in string format specifier");
  }
  if (spec.no_negative_zero) {
    ThrowValue("Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) {
    ThrowValue("Alternate form (#) not allowed in string format specifier");
  }
  if (spec.align == '=') ThrowValue("'=' alignment not allowed in string format specifier");
  size_t length = TextLength(value);
  std::string_view content = value.AsString();
  if (spec.precision >= 0 && static_cast<uint64_t>(spec.precision) < length) {
    length = static_cast<size_t>(spec.precision);
    content = content.substr(0, TextOffset(value, length));
  }
  return LayOutText(spec, content, length);
}

bool IsFloatType(char32_t type) {
  return type == 'e' || type == 'E' || type == 'f' || type == 'F' || type == 'g' || type == 'G' ||
         type == '%';
}

FloatFormat FloatFormatOf(const FormatSpec& spec) {
  if (spec.precision > INT32_MAX) ThrowValue("precision too big");
  FloatFormat format;
  format.alternate = spec.alternate;
  format.precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  switch (spec.type) {
    case 0:
      format.type = spec.precision < 0 ? 'r' : 'g';
      format.at_least_one = true;
      break;
    case 'n':
      format.type = 'g';
      break;
    case '%':
      format.type = 'f';
      break;
    default:
      format.type = static_cast<char>(spec.type);
  }
  return format;
}

NumberParts CutFloat(double number, const FormatSpec& spec, const FloatFormat& format) {
  NumberParts parts;
  const std::string text = FormatFloatDigits(number, format);
  parts.negative = std::signbit(number) && !std::isnan(number);
  if (spec.no_negative_zero && text.find_first_of("123456789iI") == std::string::npos) {
    parts.negative = false;
  }
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  parts.digits = text.substr(0, digits);
  parts.rest = text.substr(digits);
  return parts;
}

std::string FormatFloatValue(const Value& value, double number, const FormatSpec& spec) {
  if (spec.type != 0 && spec.type != 'n' && !IsFloatType(spec.type)) {
    ThrowUnknownCode(spec.type, value);
  }
  const bool percent = spec.type == '%';
  NumberParts parts = CutFloat(percent ? number * 100 : number, spec, FloatFormatOf(spec));
  if (percent) parts.rest += '%';
  return LayOutNumber(spec, parts);
}

std::string FormatCharacter(const Value& value, const FormatSpec& spec) {
  if (spec.has_sign) ThrowValue("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) {
    ThrowValue("Alternate form (#) not allowed with integer format specifier 'c'");
  }
  if (value.kind() == Kind::kBigInt) {
    throw Error(ErrorKind::kOverflow, "Python int too large to convert to C long");
  }
  if (value.AsInt() < 0 || value.AsInt() > 0x10FFFF) {
    throw Error(ErrorKind::kOverflow, "%c arg not in range(0x110000)");
  }
  NumberParts parts;
  AppendUtf8(&parts.rest, static_cast<char32_t>(value.AsInt()));
  return LayOutNumber(spec, parts);
}

// Text of the absolute value in the base of the type, with Python's limit for decimals.
std::string DigitsOf(const Value& value, char32_t type) {
  const int base = type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
  const Value number = value.IsBool() ? Value(value.AsInt()) : value;
  std::string text = base == 10 ? FormatInt(number) : ToBigInt(number).Text(base);
  if (text[0] == '-') text.erase(0, 1);
  return text;
}

std::string FormatIntValue(const Value& value, std::string_view text) {
  const FormatSpec spec = ParseFormatSpec(text, value, 'd', '>');
  if (IsFloatType(spec.type)) return FormatFloatValue(value, ToDouble(value), spec);
  const bool known = std::u32string_view(U"bcdnoxX").find(spec.type) != std::u32string_view::npos;
  if (!known) ThrowUnknownCode(spec.type, value);
  if (spec.precision >= 0) ThrowValue("Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) {
    ThrowValue("Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (spec.type == 'c') return FormatCharacter(value, spec);
  NumberParts parts;
  parts.negative = value.kind() == Kind::kBigInt ? AsBigInt(value).negative() : value.AsInt() < 0;
  parts.digits = DigitsOf(value, spec.type);
  if (spec.type == 'X') {
    std::transform(parts.digits.begin(), parts.digits.end(), parts.digits.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  }
  if (spec.alternate && spec.type != 'd' && spec.type != 'n') {
    parts.prefix = std::string("0") + static_cast<char>(spec.type);
  }
  return LayOutNumber(spec, parts);
}

std::string FormatComplexValue(const Value& value, std::string_view text) {
  const FormatSpec spec = ParseFormatSpec(text, value, 0, '>');
  if ((spec.type != 0 && spec.type != 'n' && !IsFloatType(spec.type)) || spec.type == '%') {
    ThrowUnknownCode(spec.type, value);
  }
  if (spec.fill == "0") {
    ThrowValue("Zero padding is not allowed in complex format specifier");
  }
  if (spec.align == '=') {
    ThrowValue("'=' alignment flag is not allowed in complex format specifier");
  }
  const auto& number = *static_cast<ComplexRep*>(value.payload());
  FloatFormat format = FloatFormatOf(spec);
  format.at_least_one = false;
  FormatSpec part = spec;
  part.width = -1;
  const bool whole = spec.type != 0 || number.real != 0 || std::signbit(number.real);
  std::string result;
  if (whole) {
    result = LayOutNumber(part, CutFloat(number.real, spec, format));
    part.sign = '+';
  }
  result += LayOutNumber(part, CutFloat(number.imaginary, spec, format)) + "j";
  if (spec.type == 0 && whole) result = "(" + result + ")";
  return LayOutText(spec, result, result.size());
}

}  // namespace

std::string FormatValue(const Value& value, std::string_view spec) {
  switch (value.kind()) {
    case Kind::kString:
    case Kind::kMarkup:
      return spec.empty() ? value.AsString() : FormatText(value, spec);
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kBigInt:
      return spec.empty() ? Str(value) : FormatIntValue(value, spec);
    case Kind::kFloat:
      if (spec.empty()) return Str(value);
      return FormatFloatValue(value, value.AsFloat(), ParseFormatSpec(spec, value, 0, '>'));
    case Kind::kComplex:
      return spec.empty() ? Str(value) : FormatComplexValue(value, spec);
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
      return spec.empty() ? Str(value) : StrFTime(value, spec);
    case Kind::kUndefined:
    case Kind::kNone:
    case Kind::kBytes:
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kDict:
    case Kind::kSet:
    case Kind::kRange:
    case Kind::kTimeDelta:
    case Kind::kObject:
      if (spec.empty()) return Str(value);
      throw Error(ErrorKind::kType, "unsupported format string passed to " +
                                        std::string(TypeNameInC(value)) + ".__format__");
  }
  return Str(value);
}

}  // namespace scaffold
