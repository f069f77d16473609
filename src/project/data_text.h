// DataText: an answer as the text that --data takes back.

#pragma once

#include <string>

#include "project/session.h"
#include "scaffold/scaffold.h"

namespace scaffold {

// Fills in what repeats the answers of a session: texts and the names of secrets, in the
// manifest's order.
void AddChosenTexts(const Session& session, CopyResult* result);

// `value` is of the type, or a list of such values for `multiselect`; the question's own parsing of
// the text gives the value again.
std::string FormatDataText(std::string_view type, bool multiselect, const Value& value);

}  // namespace scaffold
