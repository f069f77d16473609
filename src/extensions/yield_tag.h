// Copier's `{% yield x from items %}...{% endyield %}`: one path part that becomes several.
//
// Rendering a template with the tag only notes what it yields; the caller renders again for each
// item with the loop variable set.

#pragma once

#include <memory>
#include <string>

#include "scaffold/jinja.h"
#include "scaffold/value.h"

namespace scaffold {

// What the tag of the last render asked for.
struct YieldRequest {
  bool seen = false;
  std::string name;
  Value iterable;
};

// Adds the tag; `request` is filled by every render of the environment.
void AddYieldTag(jinja::Environment* environment, std::shared_ptr<YieldRequest> request);

}  // namespace scaffold
