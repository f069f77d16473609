// What must be true before a project can be updated, with Copier's texts.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/state.h"
#include "project/cruft.h"
#include "project/session.h"
#include "source/version.h"
#include "tasks/tasks.h"
#include "vcs/work_tree.h"

namespace scaffold {

// "Cannot update because cannot obtain old template references from `.copier-answers.yml`."
[[noreturn]] void ThrowNoReferences(std::string_view verb, const CopyOptions& options);

// The template that a project's answers file records.
struct RecordedTemplate {
  std::string source;
  // Of a relative source: the first of the working directory and the folders above the destination
  // where it exists. Empty for all others, and where the working directory is right.
  std::filesystem::path source_base;
  std::optional<std::string> commit;  // as `git describe` names it; in full by cruft
  std::optional<CruftState> cruft;    // when it is not the answers file that records it
};
// Throws ThrowNoReferences' error, with this verb, when there is no source.
RecordedTemplate ReadRecordedTemplate(const Host& host, const CopyOptions& options,
                                      std::string_view verb);

// The template at the version that the project was made from. `request` becomes the session's
// options and must outlive it.
std::unique_ptr<Session> FetchRecorded(const Host& host, const CopyOptions& project,
                                       std::string_view verb, CopyOptions* request,
                                       Reporter& reporter);
// Null when the folder records no template.
std::unique_ptr<Session> FetchRecordedIfAny(const Host& host, const CopyOptions& project,
                                            std::string_view verb, CopyOptions* request,
                                            Reporter& reporter);

// Git has it, nothing is uncommitted, and git is not in the middle of something.
void CheckWorkTree(const Host& host, const std::optional<WorkTree>& work_tree);
// Both versions are known, and it is no downgrade.
void CheckVersions(const Session& after, const std::optional<Version>& before);

VersionRules Pep440Rules();

// .scaffold/state.yml; nullopt when there is none.
std::optional<State> ReadState(const std::filesystem::path& state_file);

}  // namespace scaffold
