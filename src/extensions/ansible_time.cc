// Ansible's filters on dates.

#include <ctime>

#include "extensions/ansible_filters.h"
#include "extensions/parse_time.h"
#include "jinja/filters_support.h"

namespace scaffold {
namespace {

// CPython's argument check: "strptime() argument 1 must be str, not int".
const std::string& TextArgument(std::string_view function, int position, const Value& value) {
  if (value.IsString()) return value.AsString();
  throw Error(ErrorKind::kType, std::string(function) + "() argument " + std::to_string(position) +
                                    " must be str, not " +
                                    (value.IsNone() ? "None" : std::string(TypeName(value))));
}

Value ToDateTime(jinja::State&, const Value& input, const BoundArgs& args) {
  const Value format = args.Or(1, Value("%Y-%m-%d %H:%M:%S"));
  const std::string& text = TextArgument("strptime", 1, input);
  return ParseDateTime(text, TextArgument("strptime", 2, format));
}

int64_t ToSeconds(const Value& second) {
  Value number;
  try {
    number = jinja::ToPythonInt(second);
  } catch (const Error&) {
    throw Error(ErrorKind::kFilterArgument, "Invalid value for epoch value (" + Str(second) + ")");
  }
  if (!number.IsInt()) {
    throw Error(ErrorKind::kOverflow, "timestamp out of range for platform time_t");
  }
  return number.AsInt();
}

Value StrFTimeFilter(jinja::State&, const Value& input, const BoundArgs& args) {
  const Value second = args.Or(1, Value());
  const int64_t seconds = second.IsNone() ? std::time(nullptr) : ToSeconds(second);
  return Value(FormatLocalTime(TextArgument("strftime", 1, input), seconds));
}

constexpr jinja::FilterRow kFilters[] = {
    {"strftime", StrFTimeFilter, "strftime(string_format, second=None)"},
    {"to_datetime", ToDateTime, "to_datetime(_string, format='%Y-%m-%d %H:%M:%S')"},
};

}  // namespace

std::span<const jinja::FilterRow> AnsibleTimeFilters() { return kFilters; }

}  // namespace scaffold
