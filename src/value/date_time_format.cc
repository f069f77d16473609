// strftime and the data attributes of dates and times.

#include <ctime>
#include <vector>

#include "value/calendar.h"
#include "value/date_time.h"
#include "value/limits.h"

namespace scaffold {
namespace {

const DateTimeRep& RepOf(const Value& value) {
  return *static_cast<const DateTimeRep*>(value.payload());
}

// The broken-down time that Python gives to the C library.
std::tm TimeTuple(const Value& value) {
  const DateTimeRep& rep = RepOf(value);
  const bool dated = value.kind() != Kind::kTime;
  const int32_t year = dated ? rep.year : 1900;
  const int32_t month = dated ? rep.month : 1;
  const int32_t day = dated ? rep.day : 1;
  const int64_t ordinal = OrdinalOf(year, month, day);
  std::tm fields = {};
  fields.tm_year = year - 1900;
  fields.tm_mon = month - 1;
  fields.tm_mday = day;
  fields.tm_hour = rep.hour;
  fields.tm_min = rep.minute;
  fields.tm_sec = rep.second;
  fields.tm_wday = (WeekdayOf(ordinal) + 1) % 7;
  fields.tm_yday = static_cast<int>(ordinal - OrdinalOf(year, 1, 1));
  fields.tm_isdst = -1;
  return fields;
}

// Python itself fills in %z, %Z and %f.
std::string ReplaceOwnDirectives(const DateTimeRep& rep, std::string_view format) {
  std::string text;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      text += format[i];
      continue;
    }
    const char directive = format[++i];
    if (directive == 'z') {
      text += FormatUtcOffset(rep.utc_offset, "");
    } else if (directive == 'Z') {
      if (rep.utc_offset) text += TimeZoneName(*rep.utc_offset);
    } else if (directive == 'f') {
      const std::string digits = std::to_string(rep.microsecond);
      text += std::string(6 - digits.size(), '0') + digits;
    } else {
      text += '%';
      text += directive;
    }
  }
  return text;
}

std::optional<Value> DateAttribute(const DateTimeRep& rep, std::string_view name) {
  if (name == "year") return Value(rep.year);
  if (name == "month") return Value(rep.month);
  if (name == "day") return Value(rep.day);
  return std::nullopt;
}

std::optional<Value> TimeAttribute(const DateTimeRep& rep, std::string_view name) {
  if (name == "hour") return Value(rep.hour);
  if (name == "minute") return Value(rep.minute);
  if (name == "second") return Value(rep.second);
  if (name == "microsecond") return Value(rep.microsecond);
  if (name == "fold") return Value(0);
  if (name == "tzinfo") return rep.utc_offset ? MakeTimeZone(*rep.utc_offset) : Value();
  return std::nullopt;
}

std::optional<Value> DeltaAttribute(const DateTimeRep& rep, std::string_view name) {
  if (name == "days") return Value(rep.days);
  if (name == "seconds") return Value(rep.seconds);
  if (name == "microseconds") return Value(rep.microsecond);
  return std::nullopt;
}

// date.min, datetime.max, timedelta.resolution and the like.
std::optional<Value> LimitAttribute(Kind kind, std::string_view name) {
  const bool max = name == "max";
  if (name == "resolution") {
    return kind == Kind::kDate ? MakeTimeDelta(1, 0, 0) : MakeTimeDelta(0, 0, 1);
  }
  if (!max && name != "min") return std::nullopt;
  constexpr int64_t kDays = 999'999'999;
  if (kind == Kind::kTimeDelta) {
    return max ? MakeTimeDelta(kDays, kDaySeconds - 1, 999'999) : MakeTimeDelta(-kDays, 0, 0);
  }
  if (kind == Kind::kDate) return max ? MakeDate(kMaxYear, 12, 31) : MakeDate(kMinYear, 1, 1);
  if (kind == Kind::kTime) return max ? MakeTime(23, 59, 59, 999'999) : MakeTime(0, 0, 0, 0);
  return max ? MakeDateTime(kMaxYear, 12, 31, 23, 59, 59, 999'999)
             : MakeDateTime(kMinYear, 1, 1, 0, 0, 0, 0);
}

}  // namespace

std::string StrFTime(const Value& value, std::string_view format) {
  const std::string plain = ReplaceOwnDirectives(RepOf(value), format);
  if (plain.empty()) return "";
  if (plain.find('\0') != std::string::npos) {
    throw Error(ErrorKind::kValue, "embedded null character");
  }
  const std::tm fields = TimeTuple(value);
  // CPython's time.strftime grows the buffer up to 256 bytes for each byte of the format, and
  // gives up with an empty text.
  for (size_t size = 1024;; size *= 2) {
    ChargeBytes(size);
    std::vector<char> buffer(size);
    const size_t written = std::strftime(buffer.data(), size, plain.c_str(), &fields);
    if (written > 0 || size >= 256 * plain.size()) return std::string(buffer.data(), written);
  }
}

std::optional<Value> DateTimeAttribute(const Value& value, std::string_view name) {
  const DateTimeRep& rep = RepOf(value);
  const Kind kind = value.kind();
  std::optional<Value> found;
  if (kind == Kind::kDate || kind == Kind::kDateTime) found = DateAttribute(rep, name);
  if (!found && (kind == Kind::kTime || kind == Kind::kDateTime)) found = TimeAttribute(rep, name);
  if (!found && kind == Kind::kTimeDelta) found = DeltaAttribute(rep, name);
  return found ? found : LimitAttribute(kind, name);
}

}  // namespace scaffold
