// What cookiecutter's own extensions add to an environment.

#pragma once

#include "scaffold/jinja.h"

namespace scaffold {

void AddJsonify(jinja::Environment* environment);
void AddRandomString(jinja::Environment* environment);
void AddSlugify(jinja::Environment* environment);
void AddUuid(jinja::Environment* environment);

}  // namespace scaffold
