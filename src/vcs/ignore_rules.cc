#include "vcs/ignore_rules.h"

#include <algorithm>
#include <optional>

#include "support/file.h"
#include "vcs/libgit2.h"

namespace scaffold {

struct IgnoreRules::Rep {
  git::RepositoryHandle repository;
};

IgnoreRules::IgnoreRules(const Host& host, const GitConfig& config,
                         const std::filesystem::path& folder, const Tree& tree) {
  const std::optional<std::string> user_rules = ReadFileIfExists(UserIgnoreFile(host, config));
  const bool has_files = std::any_of(tree.begin(), tree.end(), [](const auto& item) {
    return item.first == ".gitignore" || item.first.ends_with("/.gitignore");
  });
  if (!user_rules && !has_files) return;
  rep_ = std::make_unique<Rep>();
  rep_->repository = git::Take<git::RepositoryHandle>("open the new repository",
                                                      git_repository_open, folder.c_str());
  if (user_rules) git_ignore_add_rule(rep_->repository.get(), user_rules->c_str());
}

IgnoreRules::~IgnoreRules() = default;

bool IgnoreRules::Ignores(const std::string& path) const {
  if (rep_ == nullptr) return false;
  int ignored = 0;
  git::Check(git_ignore_path_is_ignored(&ignored, rep_->repository.get(), path.c_str()),
             "read the ignore rules");
  return ignored != 0;
}

}  // namespace scaffold
