// The forms in which a manifest may write a task or a migration.

#pragma once

#include <vector>

#include "manifest/manifest.h"
#include "manifest/manifest_files.h"

namespace scaffold {

// `_tasks`: each item is text for a shell, a list of arguments, or a mapping with `command`, `when`
// and `working_directory`. Unknown keys are added to `warnings`.
std::vector<Task> ReadTasks(const ManifestEntry& entry, std::vector<std::string>* warnings);

// `_migrations`: the same forms, with `version`; and the old one, a list of commands for each of
// the stages `before` and `after`. `default_when` is the condition of a new form that has none:
// Copier takes
// `_stage == "after"`, between the template's own delimiters.
std::vector<Task> ReadMigrations(const ManifestEntry& entry, const std::string& default_when,
                                 std::vector<std::string>* warnings);

}  // namespace scaffold
