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

namespace scaffold {

// A commit's object id in hexadecimal.
using CommitId = std::string;

struct TagRef {
  std::string name;  // without "refs/tags/"
  CommitId commit;   // peeled
};

// The content of a commit or of a working tree.
struct RepositoryTree {
  Tree tree;
  std::vector<std::string> submodules;  // paths; their content is not in the tree
};

class Repository {
 public:
  // Opens exactly `path` (a work tree's top folder or a bare repository). Throws Error(kGit) when
  // libgit2 cannot read it: the git program may.
  static Repository Open(const Host& host, const std::filesystem::path& path);
  ~Repository();
  Repository(Repository&&) noexcept;

  bool bare() const;
  std::filesystem::path git_directory() const;
  std::optional<CommitId> Head() const;  // nullopt before the first commit

  std::vector<TagRef> Tags() const;  // sorted by name; only tags of commits
  // Branches, without "refs/heads/".
  std::vector<std::string> Branches() const;
  // What `git rev-parse REF^{commit}` gives, then the branch that "origin/REF" would be in a clone.
  std::optional<CommitId> Resolve(std::string_view ref) const;
  // The text of `git describe --tags --always`.
  std::string Describe(const CommitId& commit) const;
  // The same for a commit that DraftCommit named: one step further than HEAD.
  std::string DescribeDraft(const CommitId& draft) const;
  // The abbreviation that git prints.
  std::string Abbreviate(const CommitId& commit) const;
  // Commits reachable from `commit` and not from `excluded` (which may be empty).
  size_t CountCommits(const CommitId& commit, const CommitId& excluded) const;
  // Tags reachable from `commit`: nearest first, of one commit the latest first.
  std::vector<TagRef> TagsMergedInto(const CommitId& commit) const;

  // File modes are those of a checkout under the host's umask.
  RepositoryTree ReadCommit(const Host& host, const CommitId& commit) const;
  // Whether anything differs from HEAD: changed, staged, or untracked and not ignored.
  bool IsDirty(const Host& host) const;
  // The working tree: tracked files and untracked ones that are not ignored.
  RepositoryTree ReadWorkingTree(const Host& host) const;
  // The id that a commit of `tree` on top of HEAD would have, with Copier's identity; nothing is
  // written.
  CommitId DraftCommit(const Tree& tree, int64_t time) const;

  struct Rep;

 private:
  explicit Repository(std::unique_ptr<Rep> rep);
  std::unique_ptr<Rep> rep_;
};

// What stands at `path`, found out without libgit2.
enum class RepositoryKind : uint8_t {
  kNone,
  kPlain,    // libgit2 reads it
  kShallow,  // only the git program reads it
  kForeign,  // owned by somebody else and not in safe.directory: git refuses it
};
RepositoryKind InspectRepository(const Host& host, const std::filesystem::path& path);

// The permission bits of a file that git checks out under the host's umask.
uint32_t CheckoutMode(const Host& host, bool executable);

}  // namespace scaffold
