#include "yaml/resolver.h"

#include <algorithm>
#include <array>

#include "yaml/characters.h"

namespace scaffold::yaml {
namespace {

constexpr std::string_view kDecimal = "0123456789";
constexpr std::string_view kDecimalOrUnderscore = "0123456789_";

// A cursor over the text of one scalar; each Take moves past what it matched.
class Matcher {
 public:
  explicit Matcher(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  char Front() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TakeOneOf(std::string_view set) { return IsOneOf(Front(), set) && Take(Front()); }
  bool TakeText(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  std::string_view TakeWhile(std::string_view set, size_t most = std::string_view::npos) {
    const size_t end = std::min(rest_.find_first_not_of(set), most);
    const std::string_view taken = rest_.substr(0, end);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  // Between `least` and `most` digits; false and unmoved when there are fewer.
  bool TakeDigits(size_t least, size_t most, std::string_view* digits) {
    const std::string_view before = rest_;
    *digits = TakeWhile(kDecimal, most);
    if (digits->size() >= least) return true;
    rest_ = before;
    return false;
  }

 private:
  std::string_view rest_;
};

bool IsAnyOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool IsBool(std::string_view text) {
  return IsAnyOf(text, {"yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false",
                        "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"});
}

// (:[0-5]?[0-9])+
bool TakeSexagesimal(Matcher* matcher) {
  bool any = false;
  while (matcher->Take(':')) {
    std::string_view digits;
    if (!matcher->TakeDigits(1, 2, &digits) || (digits.size() == 2 && digits[0] > '5'))
      return false;
    any = true;
  }
  return any;
}

// [eE][-+][0-9]+, or nothing at all.
bool TakeExponent(Matcher* matcher) {
  if (!matcher->TakeOneOf("eE")) return true;
  return matcher->TakeOneOf("+-") && !matcher->TakeWhile(kDecimal).empty();
}

bool IsFloat(std::string_view text) {
  Matcher matcher(text);
  const bool sign = matcher.TakeOneOf("+-");
  if (IsOneOf(matcher.Front(), kDecimal)) {
    matcher.TakeWhile(kDecimalOrUnderscore);
    if (matcher.Take('.')) {
      matcher.TakeWhile(kDecimalOrUnderscore);
      return TakeExponent(&matcher) && matcher.AtEnd();
    }
    if (!TakeSexagesimal(&matcher) || !matcher.Take('.')) return false;
    matcher.TakeWhile(kDecimalOrUnderscore);
    return matcher.AtEnd();
  }
  if (!matcher.Take('.')) return false;
  if (matcher.TakeText("inf") || matcher.TakeText("Inf") || matcher.TakeText("INF")) {
    return matcher.AtEnd();
  }
  if (sign) return false;
  if (matcher.TakeText("nan") || matcher.TakeText("NaN") || matcher.TakeText("NAN")) {
    return matcher.AtEnd();
  }
  if (!IsOneOf(matcher.Front(), kDecimal)) return false;
  matcher.TakeWhile(kDecimalOrUnderscore);
  return TakeExponent(&matcher) && matcher.AtEnd();
}

bool IsInt(std::string_view text) {
  Matcher matcher(text);
  matcher.TakeOneOf("+-");
  if (matcher.Take('0')) {
    if (matcher.AtEnd()) return true;
    std::string_view digits = "01234567_";
    if (matcher.Take('b')) {
      digits = "01_";
    } else if (matcher.Take('x')) {
      digits = "0123456789abcdefABCDEF_";
    }
    return !matcher.TakeWhile(digits).empty() && matcher.AtEnd();
  }
  if (!IsOneOf(matcher.Front(), "123456789")) return false;
  matcher.TakeWhile(kDecimalOrUnderscore);
  return matcher.AtEnd() || (TakeSexagesimal(&matcher) && matcher.AtEnd());
}

bool IsTimestamp(std::string_view text) {
  TimestampFields fields;
  if (!MatchTimestamp(text, &fields)) return false;
  return !fields.hour.empty() || (fields.month.size() == 2 && fields.day.size() == 2);
}

bool TakeTime(Matcher* matcher, TimestampFields* fields) {
  if (!matcher->TakeOneOf("Tt") && matcher->TakeWhile(" \t").empty()) return false;
  if (!matcher->TakeDigits(1, 2, &fields->hour) || !matcher->Take(':') ||
      !matcher->TakeDigits(2, 2, &fields->minute) || !matcher->Take(':') ||
      !matcher->TakeDigits(2, 2, &fields->second)) {
    return false;
  }
  if (matcher->Take('.')) fields->fraction = matcher->TakeWhile(kDecimal);
  return true;
}

bool TakeZone(Matcher* matcher, std::string_view whole, TimestampFields* fields) {
  matcher->TakeWhile(" \t");
  fields->zone = whole.substr(whole.find_last_of("Z+-"));
  if (matcher->Take('Z')) return matcher->AtEnd();
  std::string_view hours;
  if (!matcher->TakeOneOf("+-") || !matcher->TakeDigits(1, 2, &hours)) return false;
  if (matcher->Take(':') && !matcher->TakeDigits(2, 2, &hours)) return false;
  return matcher->AtEnd();
}

}  // namespace

bool MatchTimestamp(std::string_view text, TimestampFields* fields) {
  Matcher matcher(text);
  if (!matcher.TakeDigits(4, 4, &fields->year) || !matcher.Take('-') ||
      !matcher.TakeDigits(1, 2, &fields->month) || !matcher.Take('-') ||
      !matcher.TakeDigits(1, 2, &fields->day)) {
    return false;
  }
  if (matcher.AtEnd()) return true;
  if (!TakeTime(&matcher, fields)) return false;
  return matcher.AtEnd() || TakeZone(&matcher, text, fields);
}

Tag ResolveScalar(std::string_view text) {
  // Python's `$` also matches before a last line break; only `! "1\n"` can bring one here.
  if (text.size() > 1 && text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty() || text == "~" || IsAnyOf(text, {"null", "Null", "NULL"})) return Tag::kNull;
  const char first = text.front();
  if (first == '<') return text == "<<" ? Tag::kMerge : Tag::kStr;
  if (first == '=') return text == "=" ? Tag::kValue : Tag::kStr;
  if (IsOneOf(first, "yYnNtTfFoO")) return IsBool(text) ? Tag::kBool : Tag::kStr;
  if (!IsOneOf(first, "+-.0123456789")) return Tag::kStr;
  if (IsFloat(text)) return Tag::kFloat;
  if (IsInt(text)) return Tag::kInt;
  return IsTimestamp(text) ? Tag::kTimestamp : Tag::kStr;
}

}  // namespace scaffold::yaml
