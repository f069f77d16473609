#include "extensions/strcase.h"

#include "jinja/environment.h"
#include "jinja/filters_support.h"
#include "support/utf8.h"
#include "value/operators.h"
#include "value/unicode.h"

namespace scaffold {
namespace {

using jinja::State;

enum class Letters : uint8_t { kLower, kUpper };

// The package looks at ASCII letters only; other letters stay as they are.
bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsAsciiLetter(char c) { return IsAsciiUpper(c) || IsAsciiLower(c); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordGap(char c) { return c == ' ' || c == '_' || c == '-'; }

// Where the run of digits that starts at `begin` ends; Python's \d takes digits of every script.
size_t EndOfDigits(std::string_view text, size_t begin) {
  size_t end = begin;
  for (size_t next = begin; next < text.size(); end = next) {
    if (!IsDecimal(DecodeUtf8(text, &next))) break;
  }
  return end;
}

// Digits behind a letter become a word of their own: "a1b" is "a 1 b".
std::string SeparateNumbers(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    out += text[i];
    const size_t begin = ++i;
    if (!IsAsciiLetter(text[begin - 1])) continue;
    i = EndOfDigits(text, begin);
    if (i == begin) continue;
    out += ' ';
    out += text.substr(begin, i - begin);
    out += ' ';
    // A letter behind them belongs to this match, so digits behind that letter do not count.
    if (i < text.size() && IsAsciiLetter(text[i])) out += text[i++];
  }
  return out;
}

std::string_view StripSpaces(std::string_view text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

const std::string& CheckedText(const Value& value) {
  if (value.kind() == Kind::kBytes) {
    throw Error(ErrorKind::kType, "cannot use a string pattern on a bytes-like object");
  }
  if (!value.IsString()) {
    throw Error(ErrorKind::kType,
                "expected string or bytes-like object, got '" + std::string(TypeName(value)) + "'");
  }
  return value.AsString();
}

std::string CamelCase(std::string_view text, Letters first) {
  const std::string separated = SeparateNumbers(text);
  std::string out;
  bool upper = first == Letters::kUpper;
  for (char c : StripSpaces(separated)) {
    if (IsAsciiUpper(c) || IsAsciiDigit(c)) out += c;
    if (IsAsciiLower(c)) out += upper ? static_cast<char>(c - 'a' + 'A') : c;
    // A character of several bytes ends the capital's turn just as its first byte does.
    upper = IsWordGap(c);
  }
  return out;
}

// Appends what Python's `a + b` gives, or throws what it throws for a delimiter that is no text.
void AppendSum(std::string* out, const Value& a, const Value& b) {
  const Value sum = Add(a, b);
  *out += sum.AsString();
}

Value DelimitedCase(const Value& input, const Value& delimiter, Letters letters) {
  const std::string separated = SeparateNumbers(CheckedText(input));
  const std::string_view words = StripSpaces(separated);
  const bool one_character = delimiter.IsString() && CountCodePoints(delimiter.AsString()) == 1;
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    const char next = i + 1 < words.size() ? words[i + 1] : '\0';
    const bool changes =
        (IsAsciiUpper(c) && IsAsciiLower(next)) || (IsAsciiLower(c) && IsAsciiUpper(next));
    if (i > 0 && out.empty()) throw Error(ErrorKind::kIndex, "string index out of range");
    const bool after_delimiter = one_character && out.ends_with(delimiter.AsString());
    const Value letter(std::string(1, c));
    if (i > 0 && changes && !after_delimiter) {
      AppendSum(&out, IsAsciiUpper(c) ? delimiter : letter, IsAsciiUpper(c) ? letter : delimiter);
    } else if (IsWordGap(c)) {
      AppendSum(&out, Value(""), delimiter);
    } else {
      out += c;
    }
  }
  return Value(letters == Letters::kUpper ? ToUpper(out) : ToLower(out));
}

Value ToCamel(State&, const Value& input, const BoundArgs&) {
  return Value(CamelCase(CheckedText(input), Letters::kUpper));
}

Value ToLowerCamel(State&, const Value& input, const BoundArgs&) {
  if (!Truth(input)) return input;
  if (!input.IsString()) Compare(Comparison::kGreaterEqual, Subscript(input, Value(0)), Value("A"));
  std::string text = CheckedText(input);
  if (IsAsciiUpper(text[0])) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return Value(CamelCase(text, Letters::kLower));
}

template <char delimiter, Letters letters>
Value ToFixed(State&, const Value& input, const BoundArgs&) {
  return DelimitedCase(input, Value(std::string(1, delimiter)), letters);
}

template <Letters letters>
Value ToDelimited(State&, const Value& input, const BoundArgs& args) {
  return DelimitedCase(input, *args[1], letters);
}

constexpr jinja::FilterRow kStrcase[] = {
    {"to_camel", ToCamel, "to_camel(string)"},
    {"to_delimited", ToDelimited<Letters::kLower>, "to_delimited(string, delimiter)"},
    {"to_kebab", ToFixed<'-', Letters::kLower>, "to_kebab(string)"},
    {"to_lower_camel", ToLowerCamel, "to_lower_camel(string)"},
    {"to_screaming_delimited", ToDelimited<Letters::kUpper>,
     "to_screaming_delimited(string, delimiter)"},
    {"to_screaming_kebab", ToFixed<'-', Letters::kUpper>, "to_screaming_kebab(string)"},
    {"to_screaming_snake", ToFixed<'_', Letters::kUpper>, "to_screaming_snake(string)"},
    {"to_snake", ToFixed<'_', Letters::kLower>, "to_snake(string)"},
};

}  // namespace

void AddStrcase(jinja::Environment* environment) {
  static const jinja::FilterTable table = [] {
    jinja::FilterTable filters;
    jinja::AddFilters(&filters, kStrcase);
    return filters;
  }();
  jinja::AddFilterTable(*environment, &table);
}

}  // namespace scaffold
