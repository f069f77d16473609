// What a project has, or could have: `scaffold list`.

#pragma once

#include <vector>

#include "scaffold/generators.h"
#include "scaffold/modules.h"
#include "scaffold/scaffold.h"

namespace scaffold {

struct ProjectParts {
  std::vector<ModuleInfo> modules;  // in the template's order
  // By name. One of the project hides one of the template, and that one of the program (which has
  // some for Django projects).
  std::vector<GeneratorInfo> generators;
  std::vector<AdditionInfo> additions;  // in the order in which they were made
};

// The template is taken at the version that the project was made from. A folder that records none
// has only its own generators and those of the program, and additions. Throws Error(kConfig) for a
// malformed modules.yml or generator.yml.
ProjectParts ListParts(const Host& host, const CopyOptions& options, Reporter& reporter);

}  // namespace scaffold
