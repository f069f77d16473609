#include "value/calendar.h"

#include <cstdio>
#include <cstdlib>

#include "value/date_time.h"

namespace scaffold {
namespace {

constexpr int32_t kDaysBefore[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

int64_t DaysBeforeYear(int64_t year) {
  const int64_t past = year - 1;
  return past * 365 + past / 4 - past / 100 + past / 400;
}

class TimeZone : public Object {
 public:
  explicit TimeZone(int32_t offset) : offset_(offset) {}
  int32_t offset() const { return offset_; }
  std::string_view TypeName() const override { return "datetime.timezone"; }
  std::string Str() const override { return TimeZoneName(offset_); }
  std::string Repr() const override {
    if (offset_ == 0) return "datetime.timezone.utc";
    return "datetime.timezone(" + ReprDateTime(MakeTimeDelta(0, offset_, 0)) + ")";
  }
  std::optional<bool> Equals(const Value& other) const override {
    const auto* zone = other.ObjectAs<TimeZone>();
    return zone != nullptr && zone->offset_ == offset_;
  }

 private:
  int32_t offset_;
};

}  // namespace

bool IsLeapYear(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int32_t DaysInMonth(int32_t year, int32_t month) {
  const int32_t days = kDaysBefore[month] - kDaysBefore[month - 1];
  return month == 2 && IsLeapYear(year) ? days + 1 : days;
}

int64_t OrdinalOf(int32_t year, int32_t month, int32_t day) {
  // A time without a date counts from zero.
  if (year == 0) return 0;
  const int32_t leap_day = month > 2 && IsLeapYear(year) ? 1 : 0;
  return DaysBeforeYear(year) + kDaysBefore[month - 1] + leap_day + day;
}

CivilDate DateOfOrdinal(int64_t ordinal) {
  // No year is shorter than 365 days, so that the guess is never too early.
  auto year = static_cast<int32_t>((ordinal - 1) / 365 + 1);
  while (DaysBeforeYear(year) >= ordinal) --year;
  auto day = static_cast<int32_t>(ordinal - DaysBeforeYear(year));
  int32_t month = 1;
  while (day > DaysInMonth(year, month)) day -= DaysInMonth(year, month++);
  return {year, month, day};
}

int32_t WeekdayOf(int64_t ordinal) { return static_cast<int32_t>((ordinal + 6) % 7); }

CivilDate IsoCalendarOf(int64_t ordinal) {
  // The Thursday of a week decides to which year the week belongs.
  const int32_t weekday = WeekdayOf(ordinal);
  const int64_t thursday = ordinal - weekday + 3;
  const int32_t year = DateOfOrdinal(thursday).year;
  const int64_t first = DaysBeforeYear(year) + 1;
  return {year, static_cast<int32_t>((thursday - first) / 7 + 1), weekday + 1};
}

std::string FormatUtcOffset(std::optional<int32_t> utc_offset, std::string_view separator) {
  if (!utc_offset) return "";
  const int32_t seconds = std::abs(*utc_offset);
  char part[16];
  std::snprintf(part, sizeof(part), "%c%02d", *utc_offset < 0 ? '-' : '+', seconds / 3600);
  std::string text = part;
  std::snprintf(part, sizeof(part), "%02d", seconds / 60 % 60);
  text.append(separator).append(part);
  if (seconds % 60 != 0) {
    std::snprintf(part, sizeof(part), "%02d", seconds % 60);
    text.append(separator).append(part);
  }
  return text;
}

std::string TimeZoneName(int32_t utc_offset) {
  return utc_offset == 0 ? "UTC" : "UTC" + FormatUtcOffset(utc_offset, ":");
}

Value MakeTimeZone(int32_t utc_offset) { return MakeObject<TimeZone>(utc_offset); }

std::optional<int32_t> OffsetOfTimeZone(const Value& zone) {
  const auto* object = zone.ObjectAs<TimeZone>();
  return object == nullptr ? std::nullopt : std::optional<int32_t>(object->offset());
}

}  // namespace scaffold
