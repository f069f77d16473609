#include "extensions/jsonable.h"

#include "scaffold/error.h"
#include "support/utf8.h"
#include "value/operators.h"

namespace scaffold {
namespace {

constexpr int kMaxDepth = 200;

Value Convert(const Value& value, int depth);

Value ConvertItems(const Value& value, int depth) {
  List items;
  auto iterator = Iterate(value);
  Value item;
  while (iterator->Next(&item)) items.push_back(Convert(item, depth + 1));
  return Value(std::move(items));
}

Value ConvertMapping(const Value& value, int depth) {
  Dict dict;
  auto keys = Iterate(value);
  Value key;
  while (keys->Next(&key)) dict.Set(key, Convert(Subscript(value, key), depth + 1));
  return Value(std::move(dict));
}

// ISO 8601, as pydantic writes a duration: "P1DT5S".
std::string FormatDuration(const Value& delta) {
  int64_t days = GetAttribute(delta, "days")->AsInt();
  int64_t seconds = GetAttribute(delta, "seconds")->AsInt();
  int64_t microseconds = GetAttribute(delta, "microseconds")->AsInt();
  std::string text;
  if (days < 0) {
    // The fields of a negative duration count up from a day further back.
    text = "-";
    int64_t total = -(days * 86400 + seconds);
    if (microseconds > 0) {
      --total;
      microseconds = 1'000'000 - microseconds;
    }
    days = total / 86400;
    seconds = total % 86400;
  }
  text += 'P';
  if (days / 365 != 0) text += std::to_string(days / 365) + "Y";
  if (days % 365 != 0) text += std::to_string(days % 365) + "D";
  if (seconds == 0 && microseconds == 0) return text == "P" ? "PT0S" : text;
  text += 'T';
  if (seconds / 3600 != 0) text += std::to_string(seconds / 3600) + "H";
  if (seconds / 60 % 60 != 0) text += std::to_string(seconds / 60 % 60) + "M";
  if (seconds % 60 == 0 && microseconds == 0) return text;
  text += std::to_string(seconds % 60);
  if (microseconds != 0) {
    std::string fraction = std::to_string(1'000'000 + microseconds).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += "." + fraction;
  }
  return text + "S";
}

std::string FormatIso(const Value& moment) {
  std::string text = Str(moment);
  if (const size_t blank = text.find(' '); blank != std::string::npos) text[blank] = 'T';
  if (text.ends_with("+00:00")) text.replace(text.size() - 6, 6, "Z");
  return text;
}

[[noreturn]] void ThrowCircular() {
  throw Error(ErrorKind::kValue, "Circular reference detected (id repeated)");
}

Value ConvertObject(const Value& value, int depth) {
  if (value.AsObject()->IsMapping()) return ConvertMapping(value, depth);
  const std::string_view type = TypeName(value);
  if (type == "PurePosixPath") return Value(Str(value));
  const bool iterates = type == "generator" || type.ends_with("iterator");
  if (iterates) return ConvertItems(value, depth);
  ThrowCircular();
}

Value Convert(const Value& value, int depth) {
  if (depth > kMaxDepth) ThrowCircular();
  switch (value.kind()) {
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kString:
    case Kind::kMarkup:
      return value;
    case Kind::kBytes:
      if (FindInvalidUtf8(value.AsString()) != std::string_view::npos) ThrowCircular();
      return Value(value.AsString());
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kSet:
      return ConvertItems(value, depth);
    case Kind::kDict: {
      Dict dict;
      for (const Dict::Entry& entry : value.AsDict()) {
        dict.Set(entry.key, Convert(entry.value, depth + 1));
      }
      return Value(std::move(dict));
    }
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
      return Value(FormatIso(value));
    case Kind::kTimeDelta:
      return Value(FormatDuration(value));
    case Kind::kObject:
      return ConvertObject(value, depth);
    case Kind::kComplex:
      return Value(Str(value));
    case Kind::kUndefined:
    case Kind::kRange:
      ThrowCircular();
  }
  ThrowCircular();
}

}  // namespace

Value ToJsonable(const Value& value) { return Convert(value, 0); }

}  // namespace scaffold
