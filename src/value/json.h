// JSON text, as Python's json module reads and writes it.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "scaffold/value.h"

namespace scaffold {

struct JsonFormat {
  std::optional<int> indent;                  // nullopt: one line
  std::optional<std::string> indent_text;     // indent given as text
  std::optional<std::string> item_separator;  // nullopt: ", ", and "," with an indent
  std::string key_separator = ": ";
  bool sort_keys = false;
  bool ensure_ascii = true;
  bool allow_nan = true;
  bool skip_keys = false;
  // json.dumps(default=...): a value to write instead of one that JSON has no form for; nullopt
  // where there is none.
  std::function<std::optional<Value>(const Value&)> fallback;
};

// json.loads; Error(kJson) "Expecting value: line 1 column 1 (char 0)".
Value ParseJson(std::string_view text);
// json.dumps; TypeError "Object of type X is not JSON serializable".
std::string FormatJson(const Value& value, const JsonFormat& format = {});

}  // namespace scaffold
