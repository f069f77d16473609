// Marked regions that a file of the project has no more: a patch says where they were.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers/state.h"
#include "project/session.h"
#include "tree/tree.h"

namespace scaffold {

// What the template makes of the recorded answers, with what was added to its regions, but for its
// tasks; nullopt when it fails, or asks for trust that it does not have. REQUIRES: the session's
// options take defaults.
std::optional<Tree> RenderAsRecorded(Session* session, const std::vector<Addition>& additions,
                                     Prompter& prompter);

// A text with the region where `rendered`, the template's version of the text, has it. Nullopt when
// that has none either, or the two differ too much.
std::optional<std::string> PutRegionBack(const std::string& text, const std::string& region,
                                         const std::string& rendered);

}  // namespace scaffold
