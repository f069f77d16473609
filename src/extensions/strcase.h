// The filters of jinja2_strcase: to_snake, to_camel, to_kebab and their relatives.

#pragma once

#include "scaffold/jinja.h"

namespace scaffold {

void AddStrcase(jinja::Environment* environment);

}  // namespace scaffold
