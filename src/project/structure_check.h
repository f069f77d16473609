// Whether a text is what the name of its file says it is.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// JSON, TOML and YAML files that cannot be read, or in which a key stands twice: the reason, with
// the line. Nullopt: it is well, or of no kind that we know.
std::optional<std::string> FindStructureProblem(std::string_view path, std::string_view text);

}  // namespace scaffold
