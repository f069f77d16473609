// The methods of date, datetime, time and timedelta.

#include <array>
#include <ctime>

#include "value/arguments.h"
#include "value/calendar.h"
#include "value/date_time.h"
#include "value/date_time_parse.h"
#include "value/field_tuple.h"
#include "value/method_tables.h"
#include "value/number.h"
#include "value/text_length.h"

namespace scaffold {
namespace {

const DateTimeRep& RepOf(const Value& value) {
  return *static_cast<const DateTimeRep*>(value.payload());
}

int64_t Ordinal(const Value& self) {
  const DateTimeRep& rep = RepOf(self);
  return OrdinalOf(rep.year, rep.month, rep.day);
}

std::string DateText(const Value& self) {
  const DateTimeRep& rep = RepOf(self);
  return FormatDateTime(MakeDate(rep.year, rep.month, rep.day));
}

// HH[:MM[:SS[.fff[fff]]]] and the offset, cut as `timespec` says.
std::string TimeText(const DateTimeRep& rep, std::string_view timespec) {
  if (timespec == "auto") timespec = rep.microsecond == 0 ? "seconds" : "microseconds";
  static constexpr std::string_view kSpecs[] = {"hours", "minutes", "seconds", "milliseconds",
                                                "microseconds"};
  static constexpr size_t kLengths[] = {2, 5, 8, 12, 15};
  char text[32];
  std::snprintf(text, sizeof(text), "%02d:%02d:%02d.%06d", rep.hour, rep.minute, rep.second,
                rep.microsecond);
  for (size_t i = 0; i < std::size(kSpecs); ++i) {
    if (timespec != kSpecs[i]) continue;
    return std::string(text, kLengths[i]) + FormatUtcOffset(rep.utc_offset, ":");
  }
  throw Error(ErrorKind::kValue, "Unknown timespec value");
}

std::string TimeSpecArgument(const Value* argument, int number) {
  if (argument == nullptr) return "auto";
  return TextArgument(*argument, "isoformat", "argument " + std::to_string(number));
}

// The separator of isoformat: one code point.
std::string SeparatorArgument(const Value* argument) {
  if (argument == nullptr) return "T";
  if (!argument->IsString() || TextLength(*argument) != 1) {
    throw Error(ErrorKind::kType, "isoformat() argument 1 must be a unicode character, not " +
                                      std::string(TypeNameInC(*argument)));
  }
  return argument->AsString();
}

Value DateIsoFormat(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "isoformat", args);
  return Value(FormatDateTime(self));
}
Value DateTimeIsoFormat(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("isoformat", {"sep", "timespec"}, args);
  const std::string separator = SeparatorArgument(given[0]);
  return Value(DateText(self) + separator + TimeText(RepOf(self), TimeSpecArgument(given[1], 2)));
}
Value TimeIsoFormat(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("isoformat", {"timespec"}, args);
  return Value(TimeText(RepOf(self), TimeSpecArgument(given[0], 1)));
}

Value AnyStrFTime(CallContext&, const Value& self, const Args& args) {
  if (args.empty() || (args.positional.empty() && args.named[0].name != "format")) {
    throw Error(ErrorKind::kType, "strftime() missing required argument 'format' (pos 1)");
  }
  const KeywordArguments given("strftime", {"format"}, args);
  return Value(StrFTime(self, TextArgument(*given[0], "strftime", "argument 1")));
}

Value DateCTime(CallContext&, const Value& self, const Args& args) {
  CheckNoInheritedArguments("date", "ctime", args);
  char year[8];
  std::snprintf(year, sizeof(year), "%04d", RepOf(self).year);
  return Value(StrFTime(self, "%a %b %e %H:%M:%S ") + year);
}
Value DateWeekday(CallContext&, const Value& self, const Args& args) {
  CheckNoInheritedArguments("date", "weekday", args);
  return Value(WeekdayOf(Ordinal(self)));
}
Value DateIsoWeekday(CallContext&, const Value& self, const Args& args) {
  CheckNoInheritedArguments("date", "isoweekday", args);
  return Value(WeekdayOf(Ordinal(self)) + 1);
}
Value DateToOrdinal(CallContext&, const Value& self, const Args& args) {
  CheckNoInheritedArguments("date", "toordinal", args);
  return Value(Ordinal(self));
}

Value DateIsoCalendar(CallContext&, const Value& self, const Args& args) {
  CheckNoInheritedArguments("date", "isocalendar", args);
  static constexpr std::string_view kNames[] = {"year", "week", "weekday"};
  const CivilDate iso = IsoCalendarOf(Ordinal(self));
  return MakeFieldTuple("datetime.IsoCalendarDate", kNames,
                        {Value(iso.year), Value(iso.month), Value(iso.day)});
}

Value MakeTimeTuple(const DateTimeRep& rep, int daylight) {
  static constexpr std::string_view kNames[] = {"tm_year", "tm_mon",  "tm_mday",
                                                "tm_hour", "tm_min",  "tm_sec",
                                                "tm_wday", "tm_yday", "tm_isdst"};
  const int64_t ordinal = OrdinalOf(rep.year, rep.month, rep.day);
  const int64_t day = ordinal - OrdinalOf(rep.year, 1, 1) + 1;
  return MakeFieldTuple(
      "time.struct_time", kNames,
      {Value(rep.year), Value(rep.month), Value(rep.day), Value(rep.hour), Value(rep.minute),
       Value(rep.second), Value(WeekdayOf(ordinal)), Value(day), Value(daylight)});
}

Value DateTimeTuple(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "timetuple", args);
  return MakeTimeTuple(RepOf(self), -1);
}

// The moment in another offset; nullopt makes it naive.
Value InOffset(const Value& self, std::optional<int32_t> offset) {
  const DateTimeRep& rep = RepOf(self);
  const int64_t shift = offset.value_or(0) - rep.utc_offset.value_or(0);
  const Value moved = *AddDateTime(self, MakeTimeDelta(0, shift, 0));
  const DateTimeRep& to = RepOf(moved);
  return MakeDateTime(to.year, to.month, to.day, to.hour, to.minute, to.second, to.microsecond,
                      offset);
}

Value DateTimeUtcTuple(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "utctimetuple", args);
  return MakeTimeTuple(RepOf(InOffset(self, std::nullopt)), 0);
}

// What PyArg_ParseTuple reads with the code "i".
int32_t CIntArgument(const Value& value) {
  if (value.kind() == Kind::kBigInt) {
    throw Error(ErrorKind::kOverflow, "Python int too large to convert to C long");
  }
  const int64_t number = IndexArgument(value);
  if (number > INT32_MAX) {
    throw Error(ErrorKind::kOverflow, "signed integer is greater than maximum");
  }
  if (number < INT32_MIN) {
    throw Error(ErrorKind::kOverflow, "signed integer is less than minimum");
  }
  return static_cast<int32_t>(number);
}

int32_t FieldArgument(const Value* argument, int32_t old) {
  return argument == nullptr ? old : CIntArgument(*argument);
}

std::optional<int32_t> ZoneArgument(const Value* argument, std::optional<int32_t> old) {
  if (argument == nullptr) return old;
  if (argument->IsNone()) return std::nullopt;
  const std::optional<int32_t> offset = OffsetOfTimeZone(*argument);
  if (!offset) {
    throw Error(ErrorKind::kType,
                "tzinfo argument must be None or of a tzinfo subclass, not type '" +
                    std::string(TypeNameInC(*argument)) + "'");
  }
  return offset;
}

// The new fields, read from left to right: the first wrong one is reported.
template <size_t kCount>
std::array<int32_t, kCount> ReplaceFields(const KeywordArguments& given,
                                          std::array<int32_t, kCount> fields) {
  for (size_t i = 0; i < kCount; ++i) fields[i] = FieldArgument(given[i], fields[i]);
  return fields;
}

Value DateReplace(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("replace", {"year", "month", "day"}, args);
  const DateTimeRep& rep = RepOf(self);
  const auto to = ReplaceFields<3>(given, {rep.year, rep.month, rep.day});
  return MakeDate(to[0], to[1], to[2]);
}
Value DateTimeReplace(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given(
      "replace",
      {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"}, args,
      1);
  const DateTimeRep& rep = RepOf(self);
  const auto to = ReplaceFields<7>(
      given, {rep.year, rep.month, rep.day, rep.hour, rep.minute, rep.second, rep.microsecond});
  return MakeDateTime(to[0], to[1], to[2], to[3], to[4], to[5], to[6],
                      ZoneArgument(given[7], rep.utc_offset));
}
Value TimeReplace(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given(
      "replace", {"hour", "minute", "second", "microsecond", "tzinfo", "fold"}, args, 1);
  const DateTimeRep& rep = RepOf(self);
  const auto to = ReplaceFields<4>(given, {rep.hour, rep.minute, rep.second, rep.microsecond});
  return MakeTime(to[0], to[1], to[2], to[3], ZoneArgument(given[4], rep.utc_offset));
}

Value DateTimeDate(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "date", args);
  const DateTimeRep& rep = RepOf(self);
  return MakeDate(rep.year, rep.month, rep.day);
}
Value DateTimeTime(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "time", args);
  const DateTimeRep& rep = RepOf(self);
  return MakeTime(rep.hour, rep.minute, rep.second, rep.microsecond);
}
Value DateTimeTimeTz(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "timetz", args);
  const DateTimeRep& rep = RepOf(self);
  return MakeTime(rep.hour, rep.minute, rep.second, rep.microsecond, rep.utc_offset);
}

// Offset of local time at a naive moment, by the time zone of the system.
int32_t LocalOffset(const DateTimeRep& rep) {
  std::tm fields = {};
  fields.tm_year = rep.year - 1900;
  fields.tm_mon = rep.month - 1;
  fields.tm_mday = rep.day;
  fields.tm_hour = rep.hour;
  fields.tm_min = rep.minute;
  fields.tm_sec = rep.second;
  fields.tm_isdst = -1;
  std::mktime(&fields);
  return static_cast<int32_t>(fields.tm_gmtoff);
}

Value DateTimeTimestamp(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "timestamp", args);
  const DateTimeRep& rep = RepOf(self);
  const int32_t offset = rep.utc_offset ? *rep.utc_offset : LocalOffset(rep);
  const int64_t days = OrdinalOf(rep.year, rep.month, rep.day) - OrdinalOf(1970, 1, 1);
  const int64_t seconds =
      days * kDaySeconds + rep.hour * 3600 + rep.minute * 60 + rep.second - offset;
  return Value(static_cast<double>(seconds * 1'000'000 + rep.microsecond) / 1e6);
}

Value DateTimeAsTimeZone(CallContext&, const Value& self, const Args& args) {
  const KeywordArguments given("astimezone", {"tz"}, args);
  const DateTimeRep& rep = RepOf(self);
  const int32_t local = LocalOffset(rep);
  const std::optional<int32_t> zone = ZoneArgument(given[0], std::nullopt);
  const Value aware = rep.utc_offset ? self
                                     : MakeDateTime(rep.year, rep.month, rep.day, rep.hour,
                                                    rep.minute, rep.second, rep.microsecond, local);
  return InOffset(aware, zone.value_or(local));
}

Value AnyUtcOffset(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "utcoffset", args);
  const std::optional<int32_t> offset = RepOf(self).utc_offset;
  return offset ? MakeTimeDelta(0, *offset, 0) : Value();
}
Value AnyTzName(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "tzname", args);
  const std::optional<int32_t> offset = RepOf(self).utc_offset;
  return offset ? Value(TimeZoneName(*offset)) : Value();
}
Value AnyDst(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "dst", args);
  return Value();
}

Value AnyFromIsoFormat(CallContext&, const Value& self, const Args& args) {
  const Value& text = OneArgument(self, "fromisoformat", args);
  if (!text.IsString()) {
    throw Error(ErrorKind::kType, "fromisoformat: argument must be str");
  }
  std::optional<Value> parsed = ParseIsoFormat(self.kind(), text.AsString());
  if (!parsed) throw Error(ErrorKind::kValue, "Invalid isoformat string: " + Repr(text));
  return *parsed;
}

Value DateFromOrdinal(CallContext&, const Value& self, const Args& args) {
  CheckParsedCount(self, "fromordinal", args, 1, 1);
  const int64_t ordinal = CIntArgument(args.positional[0]);
  if (ordinal < 1) throw Error(ErrorKind::kValue, "ordinal must be >= 1");
  const CivilDate date = DateOfOrdinal(ordinal);
  if (self.kind() == Kind::kDate) return MakeDate(date.year, date.month, date.day);
  return MakeDateTime(date.year, date.month, date.day, 0, 0, 0, 0);
}

Value TimeDeltaTotalSeconds(CallContext&, const Value& self, const Args& args) {
  CheckNoArguments(self, "total_seconds", args);
  const DateTimeRep& rep = RepOf(self);
  const int64_t seconds = rep.days * kDaySeconds + rep.seconds;
  const BigInt total = BigInt(seconds) * BigInt(1'000'000) + BigInt(rep.microsecond);
  return Value(BigInt::DivideToDouble(total, BigInt(1'000'000)));
}

constexpr MethodRow kDateMethods[] = {
    {"ctime", DateCTime},
    {"fromisoformat", AnyFromIsoFormat},
    {"fromordinal", DateFromOrdinal},
    {"isocalendar", DateIsoCalendar},
    {"isoformat", DateIsoFormat},
    {"isoweekday", DateIsoWeekday},
    {"replace", DateReplace},
    {"strftime", AnyStrFTime},
    {"timetuple", DateTimeTuple},
    {"toordinal", DateToOrdinal},
    {"weekday", DateWeekday},
};
constexpr MethodRow kDateTimeMethods[] = {
    {"astimezone", DateTimeAsTimeZone},
    {"ctime", DateCTime},
    {"date", DateTimeDate},
    {"dst", AnyDst},
    {"fromisoformat", AnyFromIsoFormat},
    {"fromordinal", DateFromOrdinal},
    {"isocalendar", DateIsoCalendar},
    {"isoformat", DateTimeIsoFormat},
    {"isoweekday", DateIsoWeekday},
    {"replace", DateTimeReplace},
    {"strftime", AnyStrFTime},
    {"time", DateTimeTime},
    {"timestamp", DateTimeTimestamp},
    {"timetuple", DateTimeTuple},
    {"timetz", DateTimeTimeTz},
    {"toordinal", DateToOrdinal},
    {"tzname", AnyTzName},
    {"utcoffset", AnyUtcOffset},
    {"utctimetuple", DateTimeUtcTuple},
    {"weekday", DateWeekday},
};
constexpr MethodRow kTimeMethods[] = {
    {"dst", AnyDst},
    {"fromisoformat", AnyFromIsoFormat},
    {"isoformat", TimeIsoFormat},
    {"replace", TimeReplace},
    {"strftime", AnyStrFTime},
    {"tzname", AnyTzName},
    {"utcoffset", AnyUtcOffset},
};
constexpr MethodRow kTimeDeltaMethods[] = {{"total_seconds", TimeDeltaTotalSeconds}};

}  // namespace

std::span<const MethodRow> DateMethods() { return kDateMethods; }
std::span<const MethodRow> DateTimeMethods() { return kDateTimeMethods; }
std::span<const MethodRow> TimeMethods() { return kTimeMethods; }
std::span<const MethodRow> TimeDeltaMethods() { return kTimeDeltaMethods; }

}  // namespace scaffold
