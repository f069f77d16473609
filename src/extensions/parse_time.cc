#include "extensions/parse_time.h"

#include <array>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extensions/regex.h"
#include "jinja/identifier.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/date_time.h"

namespace scaffold {
namespace {

constexpr std::string_view kWeekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                          "friday", "saturday", "sunday"};
constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};

std::string Quoted(std::string_view text) { return Repr(Value(text)); }

// "(?P<A>monday|...)", cut to three letters for the short names. No name here begins another one.
template <size_t N>
std::string NamePattern(char directive, const std::string_view (&names)[N], size_t letters) {
  std::string pattern = std::string("(?P<") + directive + ">";
  for (size_t i = 0; i < N; ++i) {
    if (i > 0) pattern += '|';
    pattern += names[i].substr(0, letters);
  }
  return pattern + ")";
}

std::string ZonePattern() {
  tzset();
  std::string pattern = "(?P<Z>utc|gmt";
  for (const char* name : tzname) {
    if (name != nullptr && *name != '\0') pattern += "|" + EscapeRegex(ToLowerAscii(name));
  }
  return pattern + ")";
}

std::string FormatPattern(std::string_view format, std::string_view whole);

// Empty for an unknown directive.
std::string DirectivePattern(char directive, std::string_view whole) {
  switch (directive) {
    case 'd':
      return "(?P<d>3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9])";
    case 'f':
      return "(?P<f>[0-9]{1,6})";
    case 'H':
      return "(?P<H>2[0-3]|[0-1]\\d|\\d)";
    case 'I':
      return "(?P<I>1[0-2]|0[1-9]|[1-9])";
    case 'G':
      return "(?P<G>\\d\\d\\d\\d)";
    case 'j':
      return "(?P<j>36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])";
    case 'm':
      return "(?P<m>1[0-2]|0[1-9]|[1-9])";
    case 'M':
      return "(?P<M>[0-5]\\d|\\d)";
    case 'S':
      return "(?P<S>6[0-1]|[0-5]\\d|\\d)";
    case 'U':
    case 'W':
      return std::string("(?P<") + directive + ">5[0-3]|[0-4]\\d|\\d)";
    case 'w':
      return "(?P<w>[0-6])";
    case 'u':
      return "(?P<u>[1-7])";
    case 'V':
      return "(?P<V>5[0-3]|0[1-9]|[1-4]\\d|\\d)";
    case 'y':
      return "(?P<y>\\d\\d)";
    case 'Y':
      return "(?P<Y>\\d\\d\\d\\d)";
    case 'z':
      return "(?P<z>[+-]\\d\\d:?[0-5]\\d(:?[0-5]\\d(\\.\\d{1,6})?)?|(?-i:Z))";
    case 'A':
      return NamePattern('A', kWeekdays, std::string_view::npos);
    case 'a':
      return NamePattern('a', kWeekdays, 3);
    case 'B':
      return NamePattern('B', kMonths, std::string_view::npos);
    case 'b':
      return NamePattern('b', kMonths, 3);
    case 'p':
      return "(?P<p>am|pm)";
    case 'Z':
      return ZonePattern();
    case '%':
      return "%";
    case 'c':
      return FormatPattern("%a %b %d %H:%M:%S %Y", whole);
    case 'x':
      return FormatPattern("%m/%d/%y", whole);
    case 'X':
      return FormatPattern("%H:%M:%S", whole);
    default:
      return {};
  }
}

std::string FormatPattern(std::string_view format, std::string_view whole) {
  std::string pattern;
  for (size_t pos = 0; pos < format.size();) {
    const size_t begin = pos;
    const char32_t c = DecodeUtf8(format, &pos);
    if (jinja::IsSpace(c)) {
      for (size_t next = pos; next < format.size(); pos = next) {
        if (!jinja::IsSpace(DecodeUtf8(format, &next))) break;
      }
      pattern += "\\s+";
    } else if (c != '%') {
      if (std::string_view("\\.^$*+?(){}[]|").find(format[begin]) != std::string_view::npos) {
        pattern += '\\';
      }
      pattern += format.substr(begin, pos - begin);
    } else {
      if (pos == format.size()) {
        throw Error(ErrorKind::kValue, "stray % in format '" + std::string(whole) + "'");
      }
      const std::string part = DirectivePattern(format[pos], whole);
      const size_t directive = pos;
      DecodeUtf8(format, &pos);
      if (part.empty()) {
        // Python has escaped and squeezed the format before, which shows in two directives.
        std::string bad(format.substr(directive, pos - directive));
        if (std::string_view("\\.^$*+?(){}[]| \t\n").find(bad[0]) != std::string_view::npos) {
          bad = "%";
        }
        throw Error(ErrorKind::kValue,
                    "'" + bad + "' is a bad directive in format '" + std::string(whole) + "'");
      }
      pattern += part;
    }
  }
  return pattern;
}

// Days since 0001-01-01, which is day 1; Python's toordinal.
int64_t ToOrdinal(int64_t year, int64_t month, int64_t day) {
  const int64_t before = month <= 2 ? year - 1 : year;
  const int64_t shifted = month <= 2 ? month + 9 : month - 3;
  return 365 * before + before / 4 - before / 100 + before / 400 + (153 * shifted + 2) / 5 + day -
         307 + 1;
}

// Monday is 0.
int64_t WeekdayOf(int64_t ordinal) { return (ordinal + 6) % 7; }

struct Date {
  int64_t year = 1900, month = 1, day = 1;
};

Date FromOrdinal(int64_t ordinal) {
  Date date;
  date.year = ordinal / 366 + 1;
  while (ToOrdinal(date.year + 1, 1, 1) <= ordinal) ++date.year;
  date.month = 1;
  while (date.month < 12 && ToOrdinal(date.year, date.month + 1, 1) <= ordinal) ++date.month;
  date.day = ordinal - ToOrdinal(date.year, date.month, 1) + 1;
  return date;
}

// The fields of a parsed text, by directive.
class Fields {
 public:
  Fields(const Regex& regex, const RegexMatch& match, std::string_view text) {
    for (const char directive : std::string_view("AaBbdfGHIjMmpSUuVWwYyzZ")) {
      const size_t* group = regex.GroupIndex(std::string_view(&directive, 1));
      if (group == nullptr || !match[*group]) continue;
      const RegexSpan span = *match[*group];
      texts_[directive] = ToLowerAscii(text.substr(span.begin, span.end - span.begin));
    }
  }

  bool Has(char directive) const { return texts_.count(directive) != 0; }
  std::string Text(char directive) const {
    const auto found = texts_.find(directive);
    return found == texts_.end() ? std::string() : found->second;
  }
  int64_t Number(char directive, int64_t fallback) const {
    return Has(directive) ? std::stoll(Text(directive)) : fallback;
  }
  template <size_t N>
  int64_t Name(char directive, const std::string_view (&names)[N]) const {
    const std::string text = Text(directive);
    for (size_t i = 0; i < N; ++i) {
      if (names[i].starts_with(text)) return static_cast<int64_t>(i);
    }
    return 0;
  }

 private:
  std::map<char, std::string> texts_;
};

int64_t HourOf(const Fields& fields) {
  if (!fields.Has('I')) return fields.Number('H', 0);
  const int64_t hour = fields.Number('I', 0) % 12;
  return fields.Text('p') == "pm" ? hour + 12 : hour;
}

std::optional<int64_t> WeekdayIn(const Fields& fields) {
  if (fields.Has('A')) return fields.Name('A', kWeekdays);
  if (fields.Has('a')) return fields.Name('a', kWeekdays);
  if (fields.Has('w')) return (fields.Number('w', 0) + 6) % 7;
  if (fields.Has('u')) return fields.Number('u', 1) - 1;
  return std::nullopt;
}

std::optional<int64_t> YearIn(const Fields& fields) {
  if (fields.Has('Y')) return fields.Number('Y', 0);
  if (!fields.Has('y')) return std::nullopt;
  const int64_t year = fields.Number('y', 0);
  return year <= 68 ? 2000 + year : 1900 + year;
}

void CheckIsoDirectives(const Fields& fields, bool has_year, bool has_weekday) {
  const char* kNeedsBoth =
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
      "directive ('%A', '%a', '%w', or '%u').";
  if (!has_year && fields.Has('G')) {
    if (!fields.Has('V') || !has_weekday) throw Error(ErrorKind::kValue, kNeedsBoth);
    if (fields.Has('j')) {
      throw Error(ErrorKind::kValue,
                  "Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                  "Use '%Y' instead.");
    }
  } else if (!fields.Has('U') && !fields.Has('W') && fields.Has('V')) {
    if (!has_weekday) {
      throw Error(ErrorKind::kValue,
                  "ISO week directive '%V' must be used with the ISO year directive '%G' and a "
                  "weekday directive ('%A', '%a', '%w', or '%u').");
    }
    throw Error(ErrorKind::kValue,
                "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO "
                "year '%G' instead.");
  }
}

// The day of the year by week and weekday; nullopt when the text does not say.
std::optional<int64_t> DayOfYear(const Fields& fields, std::optional<int64_t> weekday,
                                 int64_t* year) {
  if (fields.Has('j')) return fields.Number('j', 1);
  if (!weekday) return std::nullopt;
  if (fields.Has('U') || fields.Has('W')) {
    const bool from_sunday = fields.Has('U') && !fields.Has('W');
    const int64_t shift = from_sunday ? 1 : 0;
    const int64_t first = (WeekdayOf(ToOrdinal(*year, 1, 1)) + shift) % 7;
    const int64_t day = (*weekday + shift) % 7;
    const int64_t week = fields.Number(from_sunday ? 'U' : 'W', 0);
    if (week == 0) return 1 + day - first;
    return 1 + (7 - first) % 7 + 7 * (week - 1) + day;
  }
  if (!fields.Has('G') || !fields.Has('V')) return std::nullopt;
  *year = fields.Number('G', 0);
  const int64_t correction = WeekdayOf(ToOrdinal(*year, 1, 4)) + 1 + 3;
  return fields.Number('V', 1) * 7 + *weekday + 1 - correction;
}

std::optional<int32_t> OffsetOf(const Fields& fields) {
  if (!fields.Has('z')) return std::nullopt;
  const std::string text = fields.Text('z');
  if (text == "z") return 0;
  std::string digits;
  for (const char c : text.substr(0, text.find('.'))) {
    if (c >= '0' && c <= '9') digits += c;
  }
  digits.resize(6, '0');
  const int offset = std::stoi(digits.substr(0, 2)) * 3600 + std::stoi(digits.substr(2, 2)) * 60 +
                     std::stoi(digits.substr(4, 2));
  return text[0] == '-' ? -offset : offset;
}

Date DateOf(const Fields& fields) {
  const std::optional<int64_t> given_year = YearIn(fields);
  const std::optional<int64_t> weekday = WeekdayIn(fields);
  CheckIsoDirectives(fields, given_year.has_value(), weekday.has_value());
  Date date;
  date.year = given_year.value_or(1900);
  date.month = fields.Number('m', 1);
  if (fields.Has('B')) date.month = fields.Name('B', kMonths) + 1;
  if (fields.Has('b')) date.month = fields.Name('b', kMonths) + 1;
  date.day = fields.Number('d', 1);
  const std::optional<int64_t> day_of_year = DayOfYear(fields, weekday, &date.year);
  return day_of_year ? FromOrdinal(ToOrdinal(date.year, 1, 1) + *day_of_year - 1) : date;
}

}  // namespace

Value ParseDateTime(std::string_view text, std::string_view format) {
  const std::string pattern = FormatPattern(format, format);
  const auto regex = Regex::Compile(pattern, kRegexIgnoreCase);
  const std::optional<RegexMatch> match = regex->MatchPrefix(text);
  if (!match) {
    throw Error(ErrorKind::kValue,
                "time data " + Quoted(text) + " does not match format " + Quoted(format));
  }
  if ((*match)[0]->end != text.size()) {
    throw Error(ErrorKind::kValue,
                "unconverted data remains: " + std::string(text.substr((*match)[0]->end)));
  }
  const Fields fields(*regex, *match, text);
  const Date date = DateOf(fields);
  std::string fraction = fields.Text('f');
  fraction.resize(6, '0');
  const auto number = [](int64_t value) { return static_cast<int32_t>(value); };
  return MakeDateTime(number(date.year), number(date.month), number(date.day),
                      number(HourOf(fields)), number(fields.Number('M', 0)),
                      number(fields.Number('S', 0)), std::stoi(fraction), OffsetOf(fields));
}

std::string FormatLocalTime(std::string_view format, int64_t seconds) {
  const time_t moment = seconds;
  struct tm fields = {};
  if (localtime_r(&moment, &fields) == nullptr) {
    throw Error(ErrorKind::kOverflow, "timestamp out of range for platform time_t");
  }
  // A character that strftime leaves alone tells an empty result from one that did not fit.
  const std::string marked = std::string(format) + "|";
  std::string out(marked.size() + 256, '\0');
  while (true) {
    const size_t size = std::strftime(out.data(), out.size(), marked.c_str(), &fields);
    if (size > 0) return out.substr(0, size - 1);
    if (out.size() > 1'000'000 + 256 * marked.size()) {
      throw Error(ErrorKind::kLimit, "a formatted time is too long");
    }
    out.resize(out.size() * 2);
  }
}

}  // namespace scaffold
