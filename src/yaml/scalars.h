// The typed scalars of YAML 1.1: text to int, float, bool, bytes, date and datetime.

#pragma once

#include <string>

#include "scaffold/value.h"
#include "yaml/node.h"

namespace scaffold::yaml {

// REQUIRES: `tag` is one of the scalar tags. A tag written by hand may stand before any text: then
// what PyYAML lets out is thrown, without a place (kYaml for its own errors, else ValueError,
// KeyError, ...).
Value ParseScalar(Tag tag, const std::string& text);

}  // namespace scaffold::yaml
