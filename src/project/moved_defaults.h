// Defaults that the template has moved since the project was made.

#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "project/session.h"
#include "scaffold/update.h"

namespace scaffold {

// Questions of both versions whose default differs and whose recorded answer is still the old
// default. `chosen` are the answers that a person gave; nullopt where that is not recorded.
std::vector<MovedDefault> FindMovedDefaults(const Session& before, const Session& after,
                                            const std::optional<std::set<std::string>>& chosen);

}  // namespace scaffold
