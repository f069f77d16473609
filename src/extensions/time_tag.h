// `{% now 'utc', '%Y' %}` of jinja2_time and cookiecutter.

#pragma once

#include "scaffold/jinja.h"

namespace scaffold {

void AddTimeTag(jinja::Environment* environment);

}  // namespace scaffold
