// ProgramRepository: a temporary clone that the git program makes and reads.
//
// For repositories that libgit2 cannot read, and for checkouts that need what only the git program
// does: submodules, filters, line end conversion. The clone has its own configuration, so nothing
// of the source's configuration is in force.

#pragma once

#include <filesystem>
#include <string>

#include "support/file.h"
#include "vcs/git_program.h"
#include "vcs/history.h"

namespace scaffold {

class ProgramRepository : public History {
 public:
  // Clones `source`, a path or URL. `origin` is what submodules with relative URLs are relative to.
  // Throws Error(kGit).
  ProgramRepository(const Host& host, const std::string& source, const std::string& origin);

  std::vector<std::string> TagNames() const override;
  std::vector<std::string> BranchNames() const override;
  std::optional<CommitId> Resolve(std::string_view ref) const override;
  std::string Describe(const CommitId& commit) const override;
  std::string Abbreviate(const CommitId& commit) const override;
  size_t CountCommits(const CommitId& commit, const CommitId& excluded) const override;
  std::optional<TagRef> NearestTag(const CommitId& commit,
                                   const TagPredicate& wanted) const override;

  // What a checkout of the commit holds, submodules included.
  Tree ReadCheckout(const Host& host, const CommitId& commit) const;
  // Commits the working tree at `source` on top of HEAD, as Copier does with drafts; nullopt when
  // nothing differs.
  std::optional<CommitId> CommitDraft(const std::filesystem::path& source, int64_t time) const;

 private:
  std::vector<std::string> Lines(const std::vector<std::string>& arguments) const;

  const Host& host_;
  GitProgram git_;
  TempDir folder_;
  std::filesystem::path clone_;
};

}  // namespace scaffold
