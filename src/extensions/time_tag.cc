#include "extensions/time_tag.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "extensions/time_zone.h"
#include "jinja/environment.h"
#include "jinja/filters_support.h"
#include "jinja/parser.h"
#include "support/text.h"
#include "value/calendar.h"
#include "value/date_time.h"
#include "value/operators.h"

namespace scaffold {
namespace {

constexpr std::string_view kDefaultFormat = "%Y-%m-%d";

std::string ZoneExpression(const Value& zone) {
  if (zone.IsNone()) return "local";
  if (zone.IsString()) return zone.AsString();
  throw Error(ErrorKind::kType,
              "expected string or bytes-like object, got '" + std::string(TypeName(zone)) + "'");
}

ZoneOffset OffsetAt(const std::string& zone, int64_t moment) {
  if (auto offset = FindZoneOffset(zone, moment)) return *offset;
  throw Error(ErrorKind::kValue, "Could not parse timezone expression '" + zone + "'.");
}

// A clock's reading in some zone: seconds count as if the zone were UTC.
struct Reading {
  int64_t seconds = 0;
  int64_t microseconds = 0;
};

Value ToDateTime(const Reading& reading, std::optional<int32_t> offset) {
  const int64_t days = FloorDivide(reading.seconds, kDaySeconds);
  const int64_t rest = reading.seconds - days * kDaySeconds;
  const CivilDate date = DateOfOrdinal(OrdinalOf(1970, 1, 1) + days);
  const auto number = [](int64_t value) { return static_cast<int32_t>(value); };
  return MakeDateTime(date.year, date.month, date.day, number(rest / 3600), number(rest / 60 % 60),
                      number(rest % 60), number(reading.microseconds), offset);
}

[[noreturn]] void ThrowUnknownInterval() {
  throw Error(ErrorKind::kValue,
              "Invalid shift time frame. Please select one of the following: years, months, days, "
              "hours, minutes, seconds, microseconds, weeks, quarters, weekday.");
}

struct Shift {
  int64_t months = 0;
  double seconds = 0;
};

void AddInterval(std::string_view interval, double value, Shift* shift) {
  static constexpr std::pair<std::string_view, double> kSeconds[] = {
      {"weeks", 604800}, {"days", 86400}, {"hours", 3600},
      {"minutes", 60},   {"seconds", 1},  {"microseconds", 1e-6}};
  static constexpr std::pair<std::string_view, int> kMonths[] = {
      {"years", 12}, {"quarters", 3}, {"months", 1}};
  for (const auto& [name, unit] : kSeconds) {
    if (name == interval) {
      shift->seconds += value * unit;
      return;
    }
  }
  for (const auto& [name, unit] : kMonths) {
    if (name != interval) continue;
    if (value != std::trunc(value)) {
      throw Error(ErrorKind::kValue,
                  "Non-integer years and months are ambiguous and not currently supported.");
    }
    shift->months += static_cast<int64_t>(value) * unit;
    return;
  }
  ThrowUnknownInterval();
}

// "days=2, hours=1" with the operator's sign before each number.
Shift ParseShift(const std::string& offset, const std::string& sign) {
  Shift shift;
  for (const std::string_view part : Split(offset, ',')) {
    const std::vector<std::string_view> pair = Split(part, '=');
    if (pair.size() != 2) {
      throw Error(ErrorKind::kValue, pair.size() > 2
                                         ? "too many values to unpack (expected 2)"
                                         : "not enough values to unpack (expected 2, got 1)");
    }
    const Value number(sign + std::string(StripBlanks(pair[1])));
    AddInterval(StripBlanks(pair[0]), jinja::ToPythonFloat(number), &shift);
  }
  return shift;
}

Reading ApplyShift(Reading reading, const Shift& shift) {
  const int64_t day = FloorDivide(reading.seconds, kDaySeconds);
  const CivilDate date = DateOfOrdinal(OrdinalOf(1970, 1, 1) + day);
  const int64_t month = int64_t{date.year} * 12 + date.month - 1 + shift.months;
  const int64_t year = FloorDivide(month, 12);
  if (year < kMinYear || year > kMaxYear || std::fabs(shift.seconds) > 1e12) {
    throw Error(ErrorKind::kOverflow, "date value out of range");
  }
  const auto new_year = static_cast<int32_t>(year);
  const auto new_month = static_cast<int32_t>(month - year * 12 + 1);
  const int32_t new_day = std::min(date.day, DaysInMonth(new_year, new_month));
  const int64_t new_ordinal = OrdinalOf(new_year, new_month, new_day);
  reading.seconds += (new_ordinal - OrdinalOf(1970, 1, 1) - day) * kDaySeconds;
  const double whole = std::floor(shift.seconds);
  reading.seconds += static_cast<int64_t>(whole);
  reading.microseconds += std::llround((shift.seconds - whole) * 1e6);
  reading.seconds += reading.microseconds / 1'000'000;
  reading.microseconds %= 1'000'000;
  const int64_t last = OrdinalOf(1970, 1, 1) + FloorDivide(reading.seconds, kDaySeconds);
  if (last < 1 || last > kMaxOrdinal) {
    throw Error(ErrorKind::kOverflow, "date value out of range");
  }
  return reading;
}

// The zone's own name for %Z, which a plain offset does not know.
std::string ReplaceZoneName(const std::string& format, const std::string& name) {
  std::string out;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
    } else if (format[i + 1] == 'Z') {
      out += ReplaceAll(name, "%", "%%");
      ++i;
    } else {
      out += format.substr(i++, 2);
    }
  }
  return out;
}

// Arguments: zone, operator, offset, format; the operator is None without an offset.
Value Now(CallContext&, const Args& args) {
  const std::string zone = ZoneExpression(args.positional[0]);
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const int64_t moment = FloorDivide(now, 1'000'000);
  ZoneOffset offset = OffsetAt(zone, moment);
  Reading reading{moment + offset.seconds, now - moment * 1'000'000};
  if (!args.positional[1].IsNone()) {
    const Shift shift = ParseShift(Str(args.positional[2]), args.positional[1].AsString());
    reading = ApplyShift(reading, shift);
    offset = OffsetAt(zone, reading.seconds - offset.seconds);
  }
  const Value& format = args.positional[3];
  if (!format.IsNone() && !format.IsString()) {
    throw Error(ErrorKind::kType,
                "strftime() argument 1 must be str, not " + std::string(TypeName(format)));
  }
  const std::string text = format.IsNone() ? std::string(kDefaultFormat) : format.AsString();
  return Value(StrFTime(ToDateTime(reading, offset.seconds), ReplaceZoneName(text, offset.name)));
}

class NowFunction : public Object {
 public:
  std::string_view TypeName() const override { return "method"; }
  bool IsCallable() const override { return true; }
  Value Call(CallContext& context, const Args& args) override { return Now(context, args); }
};

void ParseNow(jinja::Parser& parser, const Value& function, std::vector<jinja::Stmt*>* statements) {
  const jinja::Token tag = parser.Next();
  jinja::Expr* zone = parser.ParseExpression();
  const auto constant = [&](Value value) {
    return parser.MakeConst(std::move(value), parser.SpanFrom(tag.span.begin), tag.line);
  };
  jinja::Expr* format =
      parser.SkipIf(jinja::TokenKind::kComma) ? parser.ParseExpression() : constant(Value());
  jinja::Expr* sign = constant(Value());
  jinja::Expr* offset = constant(Value());
  // `'utc' + 'days=2'` is no concatenation here.
  if (zone->kind == jinja::NodeKind::kAdd || zone->kind == jinja::NodeKind::kSub) {
    const auto* binary = static_cast<jinja::BinExpr*>(zone);
    sign = constant(Value(zone->kind == jinja::NodeKind::kAdd ? "+" : "-"));
    offset = binary->right;
    zone = binary->left;
  }
  const Span span = parser.SpanFrom(tag.span.begin);
  auto* call = parser.MakeCall(constant(function), {zone, sign, offset, format}, span, tag.line);
  statements->push_back(parser.MakeOutput(call, span, tag.line));
}

}  // namespace

void AddTimeTag(jinja::Environment* environment) {
  const Value function = MakeObject<NowFunction>();
  jinja::AddTag(*environment, "now",
                [function](jinja::Parser& parser, std::vector<jinja::Stmt*>* statements) {
                  ParseNow(parser, function, statements);
                });
}

}  // namespace scaffold
