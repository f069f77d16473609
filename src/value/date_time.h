// datetime.date, datetime.datetime, datetime.time and datetime.timedelta.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// Fields that a kind does not have are zero. A timedelta holds days, seconds and microseconds,
// normalised as Python does (only days may be negative).
struct DateTimeRep : Payload {
  int32_t year = 0, month = 0, day = 0;
  int32_t hour = 0, minute = 0, second = 0, microsecond = 0;
  std::optional<int32_t> utc_offset;  // seconds east of UTC; of aware datetimes and times
  int64_t days = 0;                   // of a timedelta
  int32_t seconds = 0;                // of a timedelta
};

// Each throws ValueError with Python's text for fields out of range.
Value MakeDate(int32_t year, int32_t month, int32_t day);
Value MakeDateTime(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute,
                   int32_t second, int32_t microsecond,
                   std::optional<int32_t> utc_offset = std::nullopt);
Value MakeTime(int32_t hour, int32_t minute, int32_t second, int32_t microsecond,
               std::optional<int32_t> utc_offset = std::nullopt);
Value MakeTimeDelta(int64_t days, int64_t seconds, int64_t microseconds);

// str() and repr() of all four kinds.
std::string FormatDateTime(const Value& value);
std::string ReprDateTime(const Value& value);
bool IsZeroTimeDelta(const Value& delta);
// nullopt: not both of comparable date and time kinds.
std::optional<int> CompareDateTimes(const Value& a, const Value& b);
// Throws where Python refuses to order two dates or times that are merely unequal.
void CheckDateTimeOrder(const Value& a, const Value& b);
std::optional<Value> AddDateTime(const Value& a, const Value& b);
std::optional<Value> SubtractDateTime(const Value& a, const Value& b);
// datetime.strftime with glibc's directives in the C locale.
std::string StrFTime(const Value& value, std::string_view format);

// Data attributes (year, microsecond, days, tzinfo, ...); nullopt when absent. Methods are in the
// tables of FindMethod.
std::optional<Value> DateTimeAttribute(const Value& value, std::string_view name);

}  // namespace scaffold
