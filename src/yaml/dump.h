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
  bool canonical = false;
  // As yaml.dump, which to_yaml and to_nice_yaml call: tuples, ranges and Markup get !!python tags.
  // Without it as yaml.safe_dump: a tuple is a list, the others are refused.
  bool python_tags = false;
};

// Throws Error(kType) for values that PyYAML's dumper refuses.
std::string Dump(const Value& value, const DumpOptions& options = {});

}  // namespace scaffold::yaml
