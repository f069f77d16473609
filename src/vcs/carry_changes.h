// CarryChanges: changes of a text that follow their surroundings.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// The changes from `base` to `ours`, made to `theirs`, as `git apply` does it: each where the three
// lines on both sides of it stand, be it elsewhere because a block has moved. Unlike git, only when
// they stand in one place alone, in `base` and in `theirs`: else the change might end up in a block
// that only looks alike. Nullopt when one of the changes does not fit.
std::optional<std::string> CarryChanges(std::string_view base, std::string_view ours,
                                        std::string_view theirs);

}  // namespace scaffold
