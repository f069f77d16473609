// str.format and format(): the format-specification mini-language.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

// How `{a.b[c]}` gets at attributes and items; the sandbox gives its own.
struct FieldLookups {
  std::function<Value(const Value& object, std::string_view name)> attribute;
  std::function<Value(const Value& object, const Value& key)> item;
};
FieldLookups PlainLookups();

// text.format(*args, **kwargs); for a Markup text values are escaped.
Value StrFormat(const Value& text, const Args& args, const FieldLookups& lookups);
// text.format_map(mapping).
Value StrFormatMap(const Value& text, const Value& mapping, const FieldLookups& lookups);
// format(value, spec).
std::string FormatValue(const Value& value, std::string_view spec);

}  // namespace scaffold
