// Values to YAML text: the bytes of PyYAML's dumper.

#pragma once

#include <optional>
#include <string>

#include "scaffold/value.h"

namespace scaffold::yaml {

struct DumpOptions {
  int indent = 2;
  int width = 80;
  bool sort_keys = true;
  bool allow_unicode = true;
  std::optional<bool> default_flow_style = false;  // nullopt: flow for leaf collections only
  char default_style = 0;                          // 0, '\'', '"', '|' or '>'
  bool explicit_start = false;
  bool explicit_end = false;
  std::string line_break = "\n";
};

// Throws Error(kType) for values that PyYAML's (safe) dumper refuses.
std::string Dump(const Value& value, const DumpOptions& options = {});

}  // namespace scaffold::yaml
