// Renderings: a version of the template with its answers as a Tree, tasks included.

#pragma once

#include <filesystem>
#include <string>

#include "project/session.h"
#include "render/render.h"

namespace scaffold {

// RenderSession; and when the template has tasks, what they make of it in a temporary folder: what
// git would ignore there stays out. `folder` is the destination below the top of its repository.
struct Rendering {
  RenderResult result;
  Tree before_tasks;  // what the template rendered to; empty without tasks
};
Rendering RenderWithTasks(Session& session, const std::string& folder);

}  // namespace scaffold
