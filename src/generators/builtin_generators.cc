#include "generators/builtin_generators.h"

#include <string>

#include "support/embedded.h"

namespace scaffold {

extern "C" const EmbeddedRow scaffold_builtin_generators[];

Tree BuiltinGenerators() {
  Tree tree;
  for (const EmbeddedFile& file : EmbeddedFiles(scaffold_builtin_generators)) {
    tree.Add(std::string(kBuiltinGenerators) + "/" + std::string(file.path),
             {.bytes = std::string(file.bytes), .origin = {}});
  }
  return tree;
}

}  // namespace scaffold
