#include "value/date_time.h"

#include <cstdio>

#include "value/calendar.h"

namespace scaffold {
namespace {

constexpr int64_t kMicrosecond = 1'000'000;

Value Adopt(Kind kind, const DateTimeRep& rep) {
  auto* payload = new DateTimeRep(rep);
  payload->refs = 1;
  return Value::Adopt(kind, payload);
}

const DateTimeRep& RepOf(const Value& value) {
  return *static_cast<const DateTimeRep*>(value.payload());
}

std::string Print(const char* format, auto... numbers) {
  char buffer[96];
  const int size = std::snprintf(buffer, sizeof(buffer), format, numbers...);
  return std::string(buffer, static_cast<size_t>(size));
}

void CheckDate(int32_t year, int32_t month, int32_t day) {
  if (year < kMinYear || year > kMaxYear) {
    throw Error(ErrorKind::kValue, "year " + std::to_string(year) + " is out of range");
  }
  if (month < 1 || month > 12) throw Error(ErrorKind::kValue, "month must be in 1..12");
  if (day < 1 || day > DaysInMonth(year, month)) {
    throw Error(ErrorKind::kValue, "day is out of range for month");
  }
}

void CheckTime(int32_t hour, int32_t minute, int32_t second, int32_t microsecond) {
  const char* wrong = hour < 0 || hour > 23                         ? "hour must be in 0..23"
                      : minute < 0 || minute > 59                   ? "minute must be in 0..59"
                      : second < 0 || second > 59                   ? "second must be in 0..59"
                      : microsecond < 0 || microsecond >= 1'000'000 ? "microsecond must be in "
                                                                      "0..999999"
                                                                    : nullptr;
  if (wrong != nullptr) throw Error(ErrorKind::kValue, wrong);
}

bool IsDateTimeKind(const Value& value) {
  return value.kind() >= Kind::kDate && value.kind() <= Kind::kTimeDelta;
}

int64_t DayMicroseconds(const DateTimeRep& rep) {
  return ((rep.hour * 60 + rep.minute) * int64_t{60} + rep.second) * kMicrosecond + rep.microsecond;
}

// Microseconds since the day before 0001-01-01, in UTC when aware.
int64_t Instant(const DateTimeRep& rep) {
  const int64_t local =
      OrdinalOf(rep.year, rep.month, rep.day) * kDaySeconds * kMicrosecond + DayMicroseconds(rep);
  return local - rep.utc_offset.value_or(0) * kMicrosecond;
}

int Order(auto a, auto b) { return (a > b) - (a < b); }

int CompareDeltas(const DateTimeRep& a, const DateTimeRep& b) {
  if (a.days != b.days) return Order(a.days, b.days);
  if (a.seconds != b.seconds) return Order(a.seconds, b.seconds);
  return Order(a.microsecond, b.microsecond);
}

// The date or datetime that lies `delta` later; a date counts the days only.
Value Shift(const Value& moment, const DateTimeRep& delta, int sign) {
  const DateTimeRep& from = RepOf(moment);
  DateTimeRep to = from;
  int64_t ordinal = OrdinalOf(from.year, from.month, from.day) + sign * delta.days;
  if (moment.kind() == Kind::kDateTime) {
    constexpr int64_t kDay = kDaySeconds * kMicrosecond;
    int64_t within =
        DayMicroseconds(from) + sign * (delta.seconds * kMicrosecond + delta.microsecond);
    ordinal += FloorDivide(within, kDay);
    within -= FloorDivide(within, kDay) * kDay;
    to.microsecond = static_cast<int32_t>(within % kMicrosecond);
    const auto seconds = static_cast<int32_t>(within / kMicrosecond);
    to.hour = seconds / 3600;
    to.minute = seconds / 60 % 60;
    to.second = seconds % 60;
  }
  if (ordinal < 1 || ordinal > kMaxOrdinal) {
    throw Error(ErrorKind::kOverflow, "date value out of range");
  }
  const CivilDate date = DateOfOrdinal(ordinal);
  to.year = date.year;
  to.month = date.month;
  to.day = date.day;
  return Adopt(moment.kind(), to);
}

Value DifferenceOfInstants(const DateTimeRep& a, const DateTimeRep& b) {
  if (a.utc_offset.has_value() != b.utc_offset.has_value()) {
    throw Error(ErrorKind::kType, "can't subtract offset-naive and offset-aware datetimes");
  }
  const int64_t distance = Instant(a) - Instant(b);
  return MakeTimeDelta(0, FloorDivide(distance, kMicrosecond),
                       distance - FloorDivide(distance, kMicrosecond) * kMicrosecond);
}

std::string FormatDate(const DateTimeRep& rep) {
  return Print("%04d-%02d-%02d", rep.year, rep.month, rep.day);
}

std::string FormatTime(const DateTimeRep& rep) {
  std::string text = Print("%02d:%02d:%02d", rep.hour, rep.minute, rep.second);
  if (rep.microsecond != 0) text += Print(".%06d", rep.microsecond);
  return text + FormatUtcOffset(rep.utc_offset, ":");
}

std::string FormatDelta(const DateTimeRep& rep) {
  std::string text;
  if (rep.days != 0) {
    const bool one = rep.days == 1 || rep.days == -1;
    text = std::to_string(rep.days) + (one ? " day, " : " days, ");
  }
  text += Print("%d:%02d:%02d", rep.seconds / 3600, rep.seconds / 60 % 60, rep.seconds % 60);
  if (rep.microsecond != 0) text += Print(".%06d", rep.microsecond);
  return text;
}

std::string ReprDelta(const DateTimeRep& rep) {
  std::string fields;
  if (rep.days != 0) fields += "days=" + std::to_string(rep.days) + ", ";
  if (rep.seconds != 0) fields += "seconds=" + std::to_string(rep.seconds) + ", ";
  if (rep.microsecond != 0) fields += "microseconds=" + std::to_string(rep.microsecond) + ", ";
  fields = fields.empty() ? "0" : fields.substr(0, fields.size() - 2);
  return "datetime.timedelta(" + fields + ")";
}

std::string ReprTimeFields(const DateTimeRep& rep) {
  std::string text = Print("%d, %d", rep.hour, rep.minute);
  if (rep.second != 0 || rep.microsecond != 0) text += Print(", %d", rep.second);
  if (rep.microsecond != 0) text += Print(", %d", rep.microsecond);
  if (rep.utc_offset) text += ", tzinfo=" + Repr(MakeTimeZone(*rep.utc_offset));
  return text + ")";
}

}  // namespace

Value MakeDate(int32_t year, int32_t month, int32_t day) {
  CheckDate(year, month, day);
  DateTimeRep rep;
  rep.year = year;
  rep.month = month;
  rep.day = day;
  return Adopt(Kind::kDate, rep);
}

Value MakeTime(int32_t hour, int32_t minute, int32_t second, int32_t microsecond,
               std::optional<int32_t> utc_offset) {
  CheckTime(hour, minute, second, microsecond);
  DateTimeRep rep;
  rep.hour = hour;
  rep.minute = minute;
  rep.second = second;
  rep.microsecond = microsecond;
  rep.utc_offset = utc_offset;
  return Adopt(Kind::kTime, rep);
}

Value MakeDateTime(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute,
                   int32_t second, int32_t microsecond, std::optional<int32_t> utc_offset) {
  CheckDate(year, month, day);
  CheckTime(hour, minute, second, microsecond);
  DateTimeRep rep;
  rep.year = year;
  rep.month = month;
  rep.day = day;
  rep.hour = hour;
  rep.minute = minute;
  rep.second = second;
  rep.microsecond = microsecond;
  rep.utc_offset = utc_offset;
  return Adopt(Kind::kDateTime, rep);
}

Value MakeTimeDelta(int64_t days, int64_t seconds, int64_t microseconds) {
  const int64_t carried = FloorDivide(microseconds, kMicrosecond);
  DateTimeRep rep;
  rep.microsecond = static_cast<int32_t>(microseconds - carried * kMicrosecond);
  seconds += carried;
  rep.days = days + FloorDivide(seconds, kDaySeconds);
  rep.seconds = static_cast<int32_t>(seconds - FloorDivide(seconds, kDaySeconds) * kDaySeconds);
  constexpr int64_t kMaxDays = 999'999'999;
  if (rep.days < -kMaxDays || rep.days > kMaxDays) {
    throw Error(ErrorKind::kOverflow,
                "days=" + std::to_string(rep.days) + "; must have magnitude <= 999999999");
  }
  return Adopt(Kind::kTimeDelta, rep);
}

std::string FormatDateTime(const Value& value) {
  const DateTimeRep& rep = RepOf(value);
  if (value.kind() == Kind::kDate) return FormatDate(rep);
  if (value.kind() == Kind::kTime) return FormatTime(rep);
  if (value.kind() == Kind::kTimeDelta) return FormatDelta(rep);
  return FormatDate(rep) + " " + FormatTime(rep);
}

std::string ReprDateTime(const Value& value) {
  const DateTimeRep& rep = RepOf(value);
  const std::string date = Print("(%d, %d, %d", rep.year, rep.month, rep.day);
  if (value.kind() == Kind::kDate) return "datetime.date" + date + ")";
  if (value.kind() == Kind::kTime) return "datetime.time(" + ReprTimeFields(rep);
  if (value.kind() == Kind::kTimeDelta) return ReprDelta(rep);
  return "datetime.datetime" + date + ", " + ReprTimeFields(rep);
}

bool IsZeroTimeDelta(const Value& delta) {
  const DateTimeRep& rep = RepOf(delta);
  return rep.days == 0 && rep.seconds == 0 && rep.microsecond == 0;
}

std::optional<int> CompareDateTimes(const Value& a, const Value& b) {
  if (!IsDateTimeKind(a) || a.kind() != b.kind()) return std::nullopt;
  const DateTimeRep& x = RepOf(a);
  const DateTimeRep& y = RepOf(b);
  if (a.kind() == Kind::kTimeDelta) return CompareDeltas(x, y);
  if (x.utc_offset.has_value() != y.utc_offset.has_value()) return std::nullopt;
  return Order(Instant(x), Instant(y));
}

void CheckDateTimeOrder(const Value& a, const Value& b) {
  const bool moments = IsDateTimeKind(a) && IsDateTimeKind(b);
  if (!moments) return;
  if ((a.kind() == Kind::kDate && b.kind() == Kind::kDateTime) ||
      (a.kind() == Kind::kDateTime && b.kind() == Kind::kDate)) {
    // A datetime is a date for Python, so that its own method is asked on either side.
    throw Error(ErrorKind::kType, "can't compare datetime.datetime to datetime.date");
  }
  if (a.kind() != b.kind() || RepOf(a).utc_offset.has_value() == RepOf(b).utc_offset.has_value()) {
    return;
  }
  throw Error(ErrorKind::kType, std::string("can't compare offset-naive and offset-aware ") +
                                    (a.kind() == Kind::kTime ? "times" : "datetimes"));
}

std::optional<Value> AddDateTime(const Value& a, const Value& b) {
  if (!IsDateTimeKind(a) || !IsDateTimeKind(b)) return std::nullopt;
  if (a.kind() != Kind::kTimeDelta && b.kind() == Kind::kTimeDelta) {
    if (a.kind() == Kind::kTime) return std::nullopt;
    return Shift(a, RepOf(b), 1);
  }
  if (a.kind() != Kind::kTimeDelta) return std::nullopt;
  if (b.kind() != Kind::kTimeDelta) return AddDateTime(b, a);
  const DateTimeRep& x = RepOf(a);
  const DateTimeRep& y = RepOf(b);
  return MakeTimeDelta(x.days + y.days, int64_t{x.seconds} + y.seconds,
                       int64_t{x.microsecond} + y.microsecond);
}

std::optional<Value> SubtractDateTime(const Value& a, const Value& b) {
  if (!IsDateTimeKind(a) || !IsDateTimeKind(b)) return std::nullopt;
  const DateTimeRep& x = RepOf(a);
  const DateTimeRep& y = RepOf(b);
  if (a.kind() == Kind::kTimeDelta && b.kind() == Kind::kTimeDelta) {
    return MakeTimeDelta(x.days - y.days, int64_t{x.seconds} - y.seconds,
                         int64_t{x.microsecond} - y.microsecond);
  }
  if (a.kind() == Kind::kTime || a.kind() == Kind::kTimeDelta) return std::nullopt;
  if (b.kind() == Kind::kTimeDelta) return Shift(a, y, -1);
  if (a.kind() != b.kind()) return std::nullopt;
  return DifferenceOfInstants(x, y);
}

}  // namespace scaffold
