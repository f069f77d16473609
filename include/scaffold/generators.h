// Generators: components that are added to an existing project.
//
// A generator is a folder with a generator.yml, of the project (.scaffold/generators/NAME), of its
// template (generators/NAME) or of the program. What it adds is recorded in .scaffold/state.yml, so
// that updates carry new versions of the template's generators into it, and it can be taken out
// again.

#pragma once

#include <string>
#include <vector>

#include "scaffold/scaffold.h"

namespace scaffold {

enum class GeneratorOrigin : uint8_t { kProject, kTemplate, kBuiltIn };
// "project", "template" or "built-in".
std::string_view GeneratorOriginName(GeneratorOrigin origin);

struct GeneratorInfo {
  std::string name;
  std::string title;
  GeneratorOrigin origin = GeneratorOrigin::kProject;
};

// Something that a generator has added.
struct AdditionInfo {
  std::string generator, name;
  std::vector<std::string> files;
};

struct GenerateOptions {
  CopyOptions copy;  // `destination` is the project, `data` answers the generator's questions
  std::string generator;
  std::string name;  // of what is added: "send-mail"
  bool want_diff = false;
};

struct GenerateResult {
  std::vector<std::string> created, changed, deleted;  // paths
  // What has to be put into a file by hand, since its marked region is missing: patches that
  // `git apply` takes.
  std::string patches;
  std::string diff;  // unified, of all that is (or would be) done
};

// Computes everything first and then writes all of it or nothing. Throws Error(kUsage) for a name
// that will not do, Error(kUser) when the addition or one of its files is there already, or when
// the project lacks what the generator needs.
GenerateResult AddGenerated(const Host& host, const GenerateOptions& options, Prompter& prompter,
                            Reporter& reporter);
// Takes it out again. Throws Error(kUser) when it was never added, or was changed since.
GenerateResult RemoveGenerated(const Host& host, const GenerateOptions& options);

}  // namespace scaffold
