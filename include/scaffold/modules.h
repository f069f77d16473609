// Modules: parts of a template that a project may have or not, switched by answers.
//
// A template lists them in `modules.yml` beside its copier.yml (docs/modules.md). Adding or
// removing one is an update of the project to other answers at the version that it has.

#pragma once

#include <string>
#include <vector>

#include "scaffold/update.h"

namespace scaffold {

struct ModuleInfo {
  std::string id;
  std::string title;
  std::string maturity;                // "stable", "experimental"; may be empty
  std::string tests;                   // the command that tests it; may be empty
  Dict on, off;                        // the answers that switch it on and off
  std::vector<std::string> needs;      // ids of modules that must be on
  std::vector<std::string> conflicts;  // ids of modules that must be off
  bool is_on = false;
};

struct ChangedAnswer {
  std::string question;
  std::string before, after;  // as Python prints them; empty: there is none
};

struct ModuleResult {
  ModuleInfo module;
  std::vector<ChangedAnswer> answers;
  UpdateResult update;
};

// `options.copy.data` may say how a module is to be ("database_module": "sqlite"); other questions
// that it brings are asked. Throws Error(kUser) when the module is on (or off) already, and when
// others stand in the way.
ModuleResult AddModule(const Host& host, const UpdateOptions& options, const std::string& id,
                       Prompter& prompter, Reporter& reporter);
ModuleResult RemoveModule(const Host& host, const UpdateOptions& options, const std::string& id,
                          Prompter& prompter, Reporter& reporter);

}  // namespace scaffold
