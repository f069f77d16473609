#include "cli/toml_data.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "scaffold/error.h"
#include "support/text.h"
#include "value/date_time.h"

namespace scaffold::cli {
namespace {

Value ToDate(const toml::date& date) { return MakeDate(date.year, date.month, date.day); }

Value ToTime(const toml::time& time) {
  return MakeTime(time.hour, time.minute, time.second,
                  static_cast<int32_t>(time.nanosecond / 1000));
}

Value ToDateTime(const toml::date_time& both) {
  std::optional<int32_t> offset;
  if (both.offset) offset = both.offset->minutes * 60;
  return MakeDateTime(both.date.year, both.date.month, both.date.day, both.time.hour,
                      both.time.minute, both.time.second,
                      static_cast<int32_t>(both.time.nanosecond / 1000), offset);
}

Value ToValue(const toml::node& node);

// The parser sorts keys; templates shall see them as they are written.
Value ToDict(const toml::table& table) {
  std::vector<std::pair<const toml::key*, const toml::node*>> entries;
  for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    const toml::source_position left = a.first->source().begin;
    const toml::source_position right = b.first->source().begin;
    return std::pair(left.line, left.column) < std::pair(right.line, right.column);
  });
  Dict dict;
  for (const auto& [key, node] : entries) dict.Set(key->str(), ToValue(*node));
  return Value(std::move(dict));
}

Value ToValue(const toml::node& node) {
  if (const auto* table = node.as_table()) return ToDict(*table);
  if (const auto* array = node.as_array()) {
    List items;
    for (const toml::node& item : *array) items.push_back(ToValue(item));
    return Value(std::move(items));
  }
  if (const auto* text = node.as_string()) return Value(text->get());
  if (const auto* integer = node.as_integer()) return Value(integer->get());
  if (const auto* number = node.as_floating_point()) return Value(number->get());
  if (const auto* boolean = node.as_boolean()) return Value(boolean->get());
  if (const auto* date = node.as_date()) return ToDate(date->get());
  if (const auto* time = node.as_time()) return ToTime(time->get());
  return ToDateTime(node.as_date_time()->get());
}

SourceLocation PlaceOf(const Source& source, const toml::source_position& position) {
  SourceLocation place;
  place.file = source.name();
  place.line = position.line;
  place.column = position.column;
  place.length = 1;
  const std::vector<std::string_view> lines = Split(source.text(), '\n');
  if (position.line >= 1 && position.line <= lines.size()) {
    place.line_text = lines[position.line - 1];
  }
  return place;
}

}  // namespace

Value LoadToml(const Source& source) {
  try {
    return ToDict(toml::parse(source.text()));
  } catch (const toml::parse_error& error) {
    throw Error(ErrorKind::kConfig, "not TOML: " + std::string(error.description()))
        .At(PlaceOf(source, error.source().begin));
  }
}

}  // namespace scaffold::cli
