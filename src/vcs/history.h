// History: what a git repository knows of its commits and names, however it is read.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

class History {
 public:
  using TagPredicate = std::function<bool(const TagRef&)>;

  virtual ~History() = default;
  // Without "refs/tags/" and "refs/heads/"; sorted by bytes.
  virtual std::vector<std::string> TagNames() const = 0;
  virtual std::vector<std::string> BranchNames() const = 0;
  // What `git rev-parse REF^{commit}` gives in a clone, then the same for origin/REF.
  virtual std::optional<CommitId> Resolve(std::string_view ref) const = 0;
  // The text of `git describe --tags --always`.
  virtual std::string Describe(const CommitId& commit) const = 0;
  // The abbreviation that git prints.
  virtual std::string Abbreviate(const CommitId& commit) const = 0;
  // Commits reachable from `commit` and not from `excluded` (which may be empty).
  virtual size_t CountCommits(const CommitId& commit, const CommitId& excluded) const = 0;
  // Of the tags reachable from `commit` that are wanted, the nearest; of one commit, the latest.
  virtual std::optional<TagRef> NearestTag(const CommitId& commit,
                                           const TagPredicate& wanted) const = 0;
};

}  // namespace scaffold
