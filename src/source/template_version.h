// The PEP 440 version of a template's commit: its tag, or how far it lies beyond the nearest one.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/version.h"
#include "vcs/history.h"

namespace scaffold {

// The commit whose version is wanted.
struct VersionedCommit {
  CommitId base;            // a commit of the history; empty before the first
  size_t beyond = 0;        // commits on top of it that the history does not know (drafts)
  std::string abbreviated;  // of the commit itself
  std::string described;    // as `git describe --tags --always` names it
};

// As Copier works it out with dunamai: "2.0.0", "2.0.0.post1.dev0+904d4f4",
// "0.0.0.post3.dev0+904d4f4".
std::optional<Version> VersionOfCommit(const History& history, const VersionedCommit& commit);

// The name whose version is the greatest; versions only (a leading 'v' is fine), prereleases only
// when wanted. Of equal ones the first. `prefix` is taken off the names before they are read.
std::optional<std::string> NewestTag(const std::vector<std::string>& names, bool prereleases,
                                     std::string_view prefix = {});

}  // namespace scaffold
