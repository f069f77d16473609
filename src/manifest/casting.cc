#include "manifest/casting.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "support/text.h"
#include "support/utf8.h"
#include "value/json.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/unicode.h"
#include "yaml/load.h"

namespace scaffold {
namespace {

constexpr std::array<std::string_view, 7> kTypes = {"bool", "float", "int", "json",
                                                    "path", "str",   "yaml"};

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool IsTextOrBytes(const Value& value) { return value.IsString() || value.kind() == Kind::kBytes; }

// Python's float(), nullopt where it raises TypeError or ValueError.
std::optional<double> TryFloat(const Value& value) {
  if (value.IsNumber()) return ToDouble(value);
  if (IsTextOrBytes(value)) return ParseFloat(value.AsString());
  return std::nullopt;
}

// Python's str.strip().
std::string_view Strip(std::string_view text) {
  size_t begin = text.size();
  size_t end = 0;
  for (size_t pos = 0; pos < text.size();) {
    const size_t at = pos;
    if (IsSpace(DecodeUtf8(text, &pos))) continue;
    begin = std::min(begin, at);
    end = pos;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

Value CastToFloat(const Value& value) {
  if (const std::optional<double> number = TryFloat(value)) return Value(*number);
  if (IsTextOrBytes(value)) {
    throw Error(ErrorKind::kValue, "could not convert string to float: " + Repr(value));
  }
  throw Error(ErrorKind::kType, "float() argument must be a string or a real number, not '" +
                                    std::string(TypeName(value)) + "'");
}

Value CastToInt(const Value& value) {
  if (IsInteger(value)) return Positive(value);
  if (value.IsFloat()) return TruncateToInt(value.AsFloat());
  if (IsTextOrBytes(value)) {
    if (std::optional<Value> number = ParseInt(value.AsString(), 10)) return *std::move(number);
    // CPython cuts what it quotes here after 200 characters.
    const std::string quoted = Repr(value);
    throw Error(ErrorKind::kValue, "invalid literal for int() with base 10: " +
                                       quoted.substr(0, OffsetOfCodePoint(quoted, 200)));
  }
  throw Error(ErrorKind::kType,
              "int() argument must be a string, a bytes-like object or a real number, not '" +
                  std::string(TypeName(value)) + "'");
}

Source AnswerSource(const std::string& text) { return Source(std::string(), text); }

yaml::LoadOptions PythonText() {
  yaml::LoadOptions options;
  options.error_text = yaml::ErrorText::kPython;
  return options;
}

}  // namespace

bool IsAnswerType(std::string_view type) {
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

Value CastAnswer(std::string_view type, const Value& answer) {
  if (type == "bool") return Value(CastToBool(answer));
  if (type == "float") return CastToFloat(answer);
  if (type == "int") return CastToInt(answer);
  if (type == "path") return Value(Str(answer));
  if (type == "str") return Value(CastToStr(answer));
  if (type == "yaml") return answer.IsString() ? ParseYamlAnswer(answer.AsString()) : answer;
  return IsTextOrBytes(answer) ? ParseJson(answer.AsString()) : answer;
}

bool CastToBool(const Value& value) {
  if (const std::optional<double> number = TryFloat(value)) return *number != 0;
  if (value.IsString()) {
    const std::string lower = ToLowerAscii(Strip(value.AsString()));
    if (lower.empty()) return false;
    if (IsOneOf(lower, {"y", "yes", "t", "true", "on"})) return true;
    if (IsOneOf(lower, {"n", "no", "f", "false", "off", "~", "null", "none"})) return false;
  }
  return Truth(value);
}

std::string CastToStr(const Value& value) {
  if (value.IsString() || value.IsNumber()) return Str(value);
  if (value.kind() == Kind::kBytes) return value.AsString();
  throw Error(ErrorKind::kValue, "Could not convert " + Str(value) + " to string");
}

Value ParseYamlAnswer(const std::string& text) {
  try {
    return yaml::Load(AnswerSource(text), PythonText());
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kYaml) throw;
    // The place lies within the answer, which stands in no file.
    throw Error(ErrorKind::kValue, error.message());
  }
}

std::vector<std::string> ParseYamlList(const std::string& text) {
  const auto items = yaml::LoadRawItems(AnswerSource(text), PythonText());
  if (!items) throw Error(ErrorKind::kType, "Not a YAML list: " + Repr(Value(text)));
  std::vector<std::string> result;
  for (const yaml::RawItem& item : *items) {
    std::string_view raw = Strip(item.text);
    const auto in_quotes = [&](char quote) {
      return raw.starts_with(quote) && raw.ends_with(quote);
    };
    if (item.is_string && (in_quotes('"') || in_quotes('\''))) {
      raw = raw.size() < 2 ? std::string_view() : raw.substr(1, raw.size() - 2);
    }
    result.emplace_back(raw);
  }
  return result;
}

}  // namespace scaffold
