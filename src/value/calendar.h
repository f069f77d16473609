// The proleptic Gregorian calendar of Python's datetime, and its fixed time zones.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

inline constexpr int32_t kMinYear = 1;
inline constexpr int32_t kMaxYear = 9999;
inline constexpr int64_t kMaxOrdinal = 3'652'059;  // 9999-12-31
inline constexpr int64_t kDaySeconds = 86'400;

struct CivilDate {
  int32_t year, month, day;
};

constexpr int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}
bool IsLeapYear(int32_t year);
int32_t DaysInMonth(int32_t year, int32_t month);
// Days since 0000-12-31: date.toordinal().
int64_t OrdinalOf(int32_t year, int32_t month, int32_t day);
CivilDate DateOfOrdinal(int64_t ordinal);
// Monday is 0.
int32_t WeekdayOf(int64_t ordinal);
// ISO 8601 year, week and weekday (Monday is 1) in year, month and day.
CivilDate IsoCalendarOf(int64_t ordinal);

// "+02:00", seconds only when there are any; "" when there is no offset.
std::string FormatUtcOffset(std::optional<int32_t> utc_offset, std::string_view separator);
// "UTC", "UTC+02:00".
std::string TimeZoneName(int32_t utc_offset);
// datetime.timezone; UTC itself when the offset is zero.
Value MakeTimeZone(int32_t utc_offset);
// The offset of a value made by MakeTimeZone; nullopt for any other value.
std::optional<int32_t> OffsetOfTimeZone(const Value& zone);

}  // namespace scaffold
