// Repository: a local git repository, read through libgit2.
//
// Reading runs nothing: libgit2 knows no hooks, no filter programs and no file system monitor, so
// the repository's own configuration cannot start a command.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/host.h"
#include "tree/tree.h"
#include "vcs/history.h"

namespace scaffold {

class Repository : public History {
 public:
  // Opens exactly `path` (a work tree's top folder or a bare repository). Throws Error(kGit) when
  // libgit2 cannot read it: the git program may.
  static Repository Open(const Host& host, const std::filesystem::path& path);
  ~Repository() override;
  Repository(Repository&&) noexcept;

  bool bare() const;
  std::filesystem::path git_directory() const;
  std::optional<CommitId> Head() const;  // nullopt before the first commit

  std::vector<std::string> TagNames() const override;
  std::vector<std::string> BranchNames() const override;
  std::optional<CommitId> Resolve(std::string_view ref) const override;
  std::string Describe(const CommitId& commit) const override;
  std::string Abbreviate(const CommitId& commit) const override;
  size_t CountCommits(const CommitId& commit, const CommitId& excluded) const override;
  std::optional<TagRef> NearestTag(const CommitId& commit,
                                   const TagPredicate& wanted) const override;

  // The bytes that the repository holds, without conversions. File modes are those of a checkout
  // under the host's umask.
  RepositoryTree ReadCommit(const Host& host, const CommitId& commit) const;
  // Whether a checkout of `tree` would hold other bytes, by attributes or configuration.
  bool CheckoutConverts(const Host& host, const Tree& tree) const;
  // Whether anything differs from HEAD: changed, staged, or untracked and not ignored.
  bool IsDirty(const Host& host) const;
  // The working tree: tracked files and untracked ones that are not ignored.
  RepositoryTree ReadWorkingTree(const Host& host) const;
  // The id that a commit of `tree` on top of HEAD would have, with Copier's identity; nothing is
  // written.
  CommitId DraftCommit(const Tree& tree, int64_t time) const;
  // `git describe` of a commit that DraftCommit named: one step further than HEAD.
  std::string DescribeDraft(const CommitId& draft) const;

  struct Rep;

 private:
  explicit Repository(std::unique_ptr<Rep> rep);
  std::unique_ptr<Rep> rep_;
};

// What stands at `path`, found out without libgit2.
enum class RepositoryKind : uint8_t {
  kNone,
  kPlain,    // libgit2 reads it
  kShallow,  // without its whole history; only the git program reads it
  kUnusual,  // of a format that libgit2 does not know or leaks over
  kForeign,  // owned by somebody else and not in safe.directory: git refuses it
};
RepositoryKind InspectRepository(const Host& host, const std::filesystem::path& path);

// The permission bits of a file that git checks out under the host's umask.
uint32_t CheckoutMode(const Host& host, bool executable);

}  // namespace scaffold
