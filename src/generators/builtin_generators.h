// The generators in the program, for Django projects, whoever made them: template/django.

#pragma once

#include "tree/tree.h"

namespace scaffold {

inline constexpr char kBuiltinGenerators[] = "built-in";

// A folder for each in that one: "built-in/cli-tool/generator.yml", "built-in/cli-tool/files/...".
Tree BuiltinGenerators();

}  // namespace scaffold
