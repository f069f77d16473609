// What a generator makes of a project's answers: files, and entries of shared files.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "answers/state.h"
#include "manifest/generator_manifest.h"
#include "project/session.h"
#include "scaffold/generators.h"
#include "tree/tree.h"

namespace scaffold {

struct Generator {
  std::string name;
  GeneratorOrigin origin = GeneratorOrigin::kProject;
  Tree tree;          // generator.yml and files/
  std::string place;  // its folder, for texts
};

// The folders of a tree below `folder` that have a generator.yml.
std::vector<Generator> GeneratorsIn(const Tree& tree, const std::string& folder,
                                    GeneratorOrigin origin);
// Nullopt when the tree has no such generator.
std::optional<Generator> FindGeneratorIn(const Tree& tree, const std::string& folder,
                                         const std::string& name, GeneratorOrigin origin);

// Those of the project, of its template (null: it has none) and, for a Django project, of the
// program, by name; what comes first hides what comes later.
std::map<std::string, Generator> AllGenerators(const Host& host,
                                               const std::filesystem::path& project,
                                               const Tree* template_tree);

inline constexpr char kTemplateGenerators[] = "generators";
inline constexpr char kProjectGenerators[] = ".scaffold/generators";

struct RenderedAddition {
  Addition record;
  Tree files;
};

// How a generator is run.
struct AdditionRequest {
  const Generator* generator = nullptr;
  std::string name;                      // of the addition
  Dict project_answers;                  // recorded
  Dict last_answers;                     // of the addition, when it is there already
  const CopyOptions* options = nullptr;  // must outlive the call
};

// Asks the generator's questions and renders. Throws Error(kUsage) for a name that will not do,
// Error(kUser) for requirements that do not hold.
RenderedAddition RenderAddition(const Host& host, const AdditionRequest& request,
                                Prompter& prompter, Reporter& reporter);

// Puts entries into the files of a rendered tree that have their regions; the others stay away.
void AddEntries(const std::vector<Addition::Insert>& inserts, Tree* tree);

// A name that will do where `name` does not: "mail_worker" for a background-worker.
std::string ProposeAdditionName(const std::string& generator, const std::string& name);

// A fingerprint of a file's bytes, as the state records it.
std::string FileDigest(const std::string& bytes);

}  // namespace scaffold
