// The small languages inside of texts: regular expressions with their replacements, `%` and
// str.format, format specifications, strftime. Three lines: pattern, replacement, subject.

#include <array>
#include <string>
#include <string_view>

#include "extensions/regex.h"
#include "scaffold/error.h"
#include "scaffold/value.h"
#include "value/date_time.h"
#include "value/limits.h"
#include "value/printf_format.h"
#include "value/str_format.h"

namespace {

using scaffold::Error;
using scaffold::Value;

constexpr size_t kMatches = 100;

template <typename F>
void Try(F&& run) {
  try {
    run();
  } catch (const Error&) {
    // Refusing is a result like any other.
  }
}

void TryRegex(std::string_view pattern, std::string_view replacement, std::string_view subject) {
  for (const uint32_t flags : {scaffold::kRegexNone, scaffold::kRegexVerbose,
                               scaffold::kRegexIgnoreCase, scaffold::kRegexAscii}) {
    Try([&] {
      const auto regex = scaffold::Regex::Compile(pattern, flags);
      regex->MatchAll(subject);
      regex->FindAll(subject, kMatches);
      regex->Split(subject, kMatches);
      regex->Substitute(replacement, subject, kMatches);
    });
  }
}

void TryFormats(const std::string& format, const std::string& text) {
  const std::array<Value, 4> values = {Value(text), Value(-1234567), Value(1.5e10), Value()};
  for (const Value& value : values) {
    Try([&] { scaffold::FormatValue(value, format); });
    Try([&] { scaffold::PrintfFormat(Value(format), value); });
  }
  const scaffold::List items(values.begin(), values.end());
  Try([&] { scaffold::PrintfFormat(Value(format), Value::Tuple(items)); });
  Try([&] {
    const scaffold::Args args{values, {}};
    scaffold::StrFormat(Value(format), args, scaffold::PlainLookups());
  });
  Try([&] { scaffold::StrFTime(scaffold::MakeDateTime(2024, 2, 29, 1, 2, 3, 4), format); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t first = input.find('\n');
  const size_t second = first == input.npos ? input.npos : input.find('\n', first + 1);
  if (second == input.npos) return 0;
  const std::string_view pattern = input.substr(0, first);
  const std::string_view replacement = input.substr(first + 1, second - first - 1);
  const std::string_view subject = input.substr(second + 1);
  const scaffold::LimitScope limits(
      scaffold::Limits{.steps = 100'000, .bytes = 1 << 24, .single_value = 1 << 22});
  TryRegex(pattern, replacement, subject);
  TryFormats(std::string(pattern), std::string(subject));
  return 0;
}
