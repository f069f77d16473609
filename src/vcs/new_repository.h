// NewRepository: the files of a fresh git repository, written without the git program.

#pragma once

#include <filesystem>
#include <string>

#include "vcs/config.h"

namespace scaffold {

// Makes `folder`/.git as `git init` does, but without sample hooks. REQUIRES: `branch` is a valid
// name.
void InitializeRepository(const std::filesystem::path& folder, const std::string& branch);

// Points `branch` to its first commit, with git's reflog lines.
void RecordFirstCommit(const std::filesystem::path& folder, const std::string& branch,
                       const std::string& commit, const GitIdentity& committer,
                       const std::string& message);

// "Name <mail> SECONDS +ZONE", as commits and reflogs hold it.
std::string FormatIdentity(const GitIdentity& identity);

}  // namespace scaffold
