// generator.yml: a manifest of Copier's format, and what else a generator says.

#pragma once

#include <string>
#include <vector>

#include "manifest/manifest.h"

namespace scaffold {

inline constexpr char kGeneratorFile[] = "generator.yml";

// A condition on the project's answers.
struct GeneratorRequirement {
  Value condition;      // rendered, then taken as a bool
  std::string message;  // what is wrong when it does not hold; rendered
  ManifestPlace place;
};

// An entry for a marked region of a file of the project.
struct GeneratorInsert {
  std::string file, region, text;  // rendered
  Value when = Value(true);        // rendered, then taken as a bool
  ManifestPlace place;
};

// Files of the project that templates of the generator see.
struct GeneratorRead {
  std::string variable;
  std::vector<std::string> patterns;
};

struct GeneratorManifest {
  Manifest manifest;  // files are in the folder "files"
  std::string title;
  bool names_are_python = false;  // `names: python`: a name must do for a module
  std::vector<GeneratorRequirement> requirements;
  std::vector<GeneratorInsert> inserts;
  std::vector<GeneratorRead> reads;
};

// REQUIRES: the tree has generator.yml. `place` is the folder, for texts. Throws Error with places;
// also for settings that would run commands, which generators cannot have.
GeneratorManifest LoadGeneratorManifest(const Tree& generator, const std::string& place);

}  // namespace scaffold
