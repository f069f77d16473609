// The tasks of an update, in the project after its merge.

#pragma once

#include "project/session.h"
#include "tree/tree.h"

namespace scaffold {

// Tasks have run on both renderings already, and what they made of the template's files was merged.
// In the project they run once more for what no rendering knows (an environment, a lock file, a
// repository). They find the files that they want: those that a rendering has before its tasks
// only (`inputs`) are there while they run. Afterwards every path of `known` is again as the merge
// left it: no task overwrites what a person wrote. Throws Error(kTask) when a task fails; the files
// are put back then as well.
void RunTasksInProject(Session& session, const Tree& known, const Tree& inputs);

}  // namespace scaffold
