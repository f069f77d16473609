// A plan as its caller sees it: rows and a diff.

#pragma once

#include <string>

#include "scaffold/update.h"
#include "update/plan.h"

namespace scaffold {

void FillPaths(const Plan& plan, UpdateResult* result);
// What `git diff` will show after the update, files that git ignores included.
std::string FormatPlanDiff(const Plan& plan);

}  // namespace scaffold
