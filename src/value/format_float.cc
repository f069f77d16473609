#include "value/format_float.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "support/text.h"
#include "value/limits.h"
#include "value/number.h"

namespace scaffold {
namespace {

// No double has more significant digits than these behind the point; the rest is zeros.
constexpr int kMaxExact = 1100;

// printf's %.*e or %.*f.
std::string Print(const char* format, int precision, double number) {
  const int exact = std::min(precision, kMaxExact);
  std::string text(static_cast<size_t>(exact) + 330, '\0');
  const int size = std::snprintf(text.data(), text.size(), format, exact, number);
  text.resize(static_cast<size_t>(size));
  if (precision == exact) return text;
  ChargeBytes(static_cast<uint64_t>(precision));
  const size_t end = std::min(text.find('e'), text.size());
  return text.insert(end, static_cast<size_t>(precision - exact), '0');
}

// The point that '#' keeps when no digits follow it.
std::string KeepPoint(std::string text) {
  if (text.find('.') != std::string::npos) return text;
  return text.insert(std::min(text.find('e'), text.size()), ".");
}

void DropZeros(std::string* digits) {
  while (digits->size() > 1 && digits->back() == '0') digits->pop_back();
}

std::string Exponent(int exponent) {
  char text[16];
  std::snprintf(text, sizeof(text), "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
  return text;
}

// `digits` with the point behind the first `whole` of them, which may be negative.
std::string PlacePoint(const std::string& digits, int whole) {
  if (whole <= 0) return "0." + std::string(static_cast<size_t>(-whole), '0') + digits;
  const auto size = static_cast<size_t>(whole);
  if (digits.size() <= size) return digits + std::string(size - digits.size(), '0');
  return digits.substr(0, size) + "." + digits.substr(size);
}

std::string FormatGeneral(double number, const FloatFormat& format) {
  const int precision = std::max(format.precision, 1);
  const std::string scientific = Print("%.*e", precision - 1, number);
  const size_t mark = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + mark + 1);
  std::string digits = scientific.substr(0, mark);
  std::erase(digits, '.');
  if (!format.alternate) DropZeros(&digits);
  const int room = format.at_least_one ? 1 : 0;
  if (exponent < -4 || exponent >= precision - room) {
    const std::string tail = digits.size() > 1 ? "." + digits.substr(1) : "";
    return digits.substr(0, 1) + tail + Exponent(exponent);
  }
  std::string text = PlacePoint(digits, exponent + 1);
  if (format.at_least_one && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string FormatShortest(double number, const FloatFormat& format) {
  std::string text = FormatFloat(number);
  if (!format.at_least_one && text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace

std::string FormatFloatDigits(double number, const FloatFormat& format) {
  number = std::fabs(number);
  const bool upper = format.type == 'E' || format.type == 'F' || format.type == 'G';
  const char type = upper ? static_cast<char>(format.type + 32) : format.type;
  std::string text;
  if (std::isinf(number) || std::isnan(number)) {
    text = std::isinf(number) ? "inf" : "nan";
  } else {
    text = type == 'e'   ? Print("%.*e", format.precision, number)
           : type == 'f' ? Print("%.*f", format.precision, number)
           : type == 'g' ? FormatGeneral(number, format)
                         : FormatShortest(number, format);
    if (format.alternate) text = KeepPoint(std::move(text));
  }
  if (upper)
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

}  // namespace scaffold
