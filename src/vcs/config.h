// GitConfig: git's configuration as the git program would read it, from the host's environment.
//
// Files: system, XDG, global (or GIT_CONFIG_GLOBAL and GIT_CONFIG_SYSTEM), then the repository's
// own; then GIT_CONFIG_COUNT's variables.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/host.h"

namespace scaffold {

class GitConfig {
 public:
  // Without a repository: `git_directory` is empty.
  static GitConfig Load(const Host& host, const std::filesystem::path& git_directory = {});
  ~GitConfig();
  GitConfig(GitConfig&&) noexcept;

  // `name` in lower case but for a subsection, "user.name"; the value that wins.
  std::optional<std::string> Find(const std::string& name) const;
  // Git's rules of truth; nullopt when absent or malformed.
  std::optional<bool> FindBool(const std::string& name) const;
  // A path with a leading "~/" expanded.
  std::optional<std::filesystem::path> FindPath(const std::string& name) const;
  std::vector<std::string> FindAll(const std::string& name) const;

  struct Rep;
  Rep* rep() const { return rep_.get(); }

 private:
  explicit GitConfig(std::unique_ptr<Rep> rep);
  std::unique_ptr<Rep> rep_;
};

struct GitIdentity {
  std::string name;
  std::string email;
  int64_t time = 0;        // seconds since the epoch
  int offset_minutes = 0;  // of the time zone
  bool date_known = true;  // false: GIT_*_DATE has a form that only git itself reads
};

enum class IdentityRole : uint8_t { kAuthor, kCommitter };

// From GIT_AUTHOR_* or GIT_COMMITTER_* (name, email, date), then author.*, committer.* and user.*,
// then EMAIL for the address. Nullopt when name or address is missing: git's own guesses from the
// host name make commits that people regret.
std::optional<GitIdentity> FindIdentity(const Host& host, const GitConfig& config,
                                        IdentityRole role);

// The user's file of ignore patterns: core.excludesFile, else $XDG_CONFIG_HOME/git/ignore.
std::filesystem::path UserIgnoreFile(const Host& host, const GitConfig& config);
// core.attributesFile, else $XDG_CONFIG_HOME/git/attributes.
std::filesystem::path UserAttributesFile(const Host& host, const GitConfig& config);

}  // namespace scaffold
