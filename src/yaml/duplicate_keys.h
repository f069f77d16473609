// Duplicate keys: PyYAML lets the last one win; whoever merges texts wants to know.

#pragma once

#include <optional>
#include <string>

#include "support/source.h"

namespace scaffold::yaml {

// "line 7: the key 'x' stands twice" for the first scalar key that stands twice in one mapping, in
// any document of the text. Tags need no meaning. Throws Error(kYaml) for what is no YAML.
std::optional<std::string> FindDuplicateKey(const Source& source);

}  // namespace scaffold::yaml
