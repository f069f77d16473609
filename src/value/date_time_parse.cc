#include "value/date_time_parse.h"

#include "support/utf8.h"
#include "value/calendar.h"
#include "value/date_time.h"

namespace scaffold {
namespace {

// Reads digits and signs from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  char peek() const { return text_.empty() ? '\0' : text_[0]; }
  bool Take(char c) {
    if (peek() != c || done()) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<int32_t> Number(size_t digits) {
    if (text_.size() < digits) return std::nullopt;
    int32_t number = 0;
    for (size_t i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      number = number * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return number;
  }
  // Up to six digits of a second; more are read and dropped.
  std::optional<int32_t> Fraction() {
    int32_t number = 0;
    size_t digits = 0;
    for (; peek() >= '0' && peek() <= '9'; ++digits, text_.remove_prefix(1)) {
      if (digits < 6) number = number * 10 + (text_[0] - '0');
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 6; ++digits) number *= 10;
    return number;
  }
  void DropCodePoint() {
    size_t pos = 0;
    DecodeUtf8(text_, &pos);
    text_.remove_prefix(pos);
  }

 private:
  std::string_view text_;
};

// YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D] or YYYYWww[D].
std::optional<CivilDate> ReadDate(Reader* reader) {
  const std::optional<int32_t> year = reader->Number(4);
  if (!year) return std::nullopt;
  const bool dashes = reader->Take('-');
  if (reader->Take('W')) {
    const std::optional<int32_t> week = reader->Number(2);
    if (!week) return std::nullopt;
    int32_t weekday = 1;
    const bool more = dashes ? reader->Take('-') : reader->peek() >= '0' && reader->peek() <= '9';
    if (more) {
      const std::optional<int32_t> given = reader->Number(1);
      if (!given) return std::nullopt;
      weekday = *given;
    }
    if (*year < kMinYear || *week < 1 || *week > 53 || weekday < 1 || weekday > 7) {
      return std::nullopt;
    }
    // 4 January lies in the first week.
    const int64_t fourth = OrdinalOf(*year, 1, 4);
    const int64_t ordinal = fourth - WeekdayOf(fourth) + (*week - 1) * 7 + weekday - 1;
    if (ordinal < 1 || ordinal > kMaxOrdinal || IsoCalendarOf(ordinal).year != *year) {
      return std::nullopt;
    }
    return DateOfOrdinal(ordinal);
  }
  const std::optional<int32_t> month = reader->Number(2);
  if (!month || (dashes && !reader->Take('-'))) return std::nullopt;
  const std::optional<int32_t> day = reader->Number(2);
  if (!day) return std::nullopt;
  return CivilDate{*year, *month, *day};
}

struct TimeFields {
  int32_t hour = 0, minute = 0, second = 0, microsecond = 0;
  std::optional<int32_t> offset;
};

// HH[:MM[:SS[.ffffff]]] with or without the colons.
bool ReadClock(Reader* reader, TimeFields* fields) {
  const std::optional<int32_t> hour = reader->Number(2);
  if (!hour) return false;
  fields->hour = *hour;
  const auto at_end = [reader] {
    const char c = reader->peek();
    return reader->done() || c == '+' || c == '-' || c == 'Z';
  };
  const bool colons = reader->peek() == ':';
  for (int32_t* field : {&fields->minute, &fields->second}) {
    if (at_end()) return true;
    if (colons && !reader->Take(':')) return false;
    const std::optional<int32_t> number = reader->Number(2);
    if (!number) return false;
    *field = *number;
  }
  if (at_end()) return true;
  if (!reader->Take('.') && !reader->Take(',')) return false;
  const std::optional<int32_t> fraction = reader->Fraction();
  if (!fraction) return false;
  fields->microsecond = *fraction;
  return at_end();
}

bool ReadTime(Reader* reader, TimeFields* fields) {
  if (!ReadClock(reader, fields)) return false;
  if (reader->done()) return true;
  if (reader->Take('Z')) {
    fields->offset = 0;
    return reader->done();
  }
  const int32_t sign = reader->Take('-') ? -1 : 1;
  if (sign > 0) reader->Take('+');
  TimeFields offset;
  if (!ReadClock(reader, &offset) || !reader->done()) return false;
  if (offset.hour > 23 || offset.minute > 59 || offset.second > 59) return false;
  fields->offset = sign * (offset.hour * 3600 + offset.minute * 60 + offset.second);
  return true;
}

}  // namespace

std::optional<Value> ParseIsoFormat(Kind kind, std::string_view text) {
  Reader reader(text);
  CivilDate date = {};
  TimeFields time;
  if (kind != Kind::kTime) {
    const std::optional<CivilDate> read = ReadDate(&reader);
    if (!read) return std::nullopt;
    date = *read;
  }
  if (kind == Kind::kDate) {
    if (!reader.done()) return std::nullopt;
    return MakeDate(date.year, date.month, date.day);
  }
  if (kind == Kind::kTime) reader.Take('T');
  if (kind == Kind::kDateTime && !reader.done()) {
    reader.DropCodePoint();  // any separator
    if (reader.done()) return std::nullopt;
  }
  if ((kind == Kind::kTime || !reader.done()) && !ReadTime(&reader, &time)) return std::nullopt;
  if (kind == Kind::kTime) {
    return MakeTime(time.hour, time.minute, time.second, time.microsecond, time.offset);
  }
  return MakeDateTime(date.year, date.month, date.day, time.hour, time.minute, time.second,
                      time.microsecond, time.offset);
}

}  // namespace scaffold
