#include "vcs/repository.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "support/file.h"
#include "support/text.h"
#include "vcs/git_directory.h"
#include "vcs/repository_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

bool IsFile(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// Where the repository of `path` keeps its data: as a work tree, or `path` itself.
std::optional<fs::path> FindGitDirectory(const fs::path& path) {
  if (std::optional<fs::path> found = FindDotGit(path)) return found;
  std::error_code error;
  if (fs::is_regular_file(path / ".git", error)) return std::nullopt;
  if (LooksLikeGitDirectory(path)) return path;
  return std::nullopt;
}

// Whether the repository's format is newer than version 0: only then can it have extensions, such
// as SHA-256 or partial clones. libgit2 1.5 leaks memory when it looks for the ones that it knows.
bool HasExtensions(const fs::path& git_directory) {
  const std::string config = ToLowerAscii(ReadFileIfExists(git_directory / "config").value_or(""));
  for (const std::string_view line : Split(config, '\n')) {
    const std::string_view setting = StripBlanks(line);
    if (!setting.starts_with("repositoryformatversion")) continue;
    return setting.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

// git's rule (safe.directory): the folder is ours, or of the user who called sudo.
bool IsOurs(const Host& host, const fs::path& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0 || status.st_uid == geteuid()) return true;
  unsigned sudo_user = 0;
  const std::string text = geteuid() == 0 ? host.Variable("SUDO_UID").value_or("") : "";
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), sudo_user);
  return !text.empty() && parsed.ec == std::errc() && status.st_uid == sudo_user;
}

bool IsDeclaredSafe(const Host& host, const fs::path& path) {
  bool safe = false;
  std::error_code error;
  const fs::path canonical = fs::canonical(path, error);
  for (const std::string& value : GitConfig::Load(host).FindAll("safe.directory")) {
    if (value.empty()) safe = false;
    if (value == "*" || canonical == value) safe = true;
  }
  return safe;
}

}  // namespace

Repository::Repository(std::unique_ptr<Rep> rep) : rep_(std::move(rep)) {}
Repository::~Repository() = default;
Repository::Repository(Repository&&) noexcept = default;

Repository Repository::Open(const Host& host, const fs::path& path) {
  git::Initialize();
  auto repository = git::Take<git::RepositoryHandle>(
      "open the repository '" + path.string() + "'", git_repository_open_ext, path.c_str(),
      static_cast<unsigned>(GIT_REPOSITORY_OPEN_NO_SEARCH), static_cast<const char*>(nullptr));
  GitConfig config = GitConfig::Load(host, git_repository_commondir(repository.get()));
  return Repository(std::unique_ptr<Rep>(new Rep{std::move(repository), std::move(config)}));
}

bool Repository::bare() const { return git_repository_is_bare(rep_->get()) == 1; }

fs::path Repository::git_directory() const { return git_repository_path(rep_->get()); }

std::optional<CommitId> Repository::Head() const {
  git_oid id;
  const int code = git_reference_name_to_id(&id, rep_->get(), "HEAD");
  if (code == GIT_ENOTFOUND) return std::nullopt;
  git::Check(code, "read HEAD");
  return git::Hex(id);
}

std::vector<std::string> Repository::TagNames() const {
  git_strarray list = {};
  git::Check(git_tag_list(&list, rep_->get()), "list the tags");
  std::vector<std::string> names(list.strings, list.strings + list.count);
  git_strarray_dispose(&list);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Repository::BranchNames() const {
  std::vector<std::string> branches;
  git_branch_iterator* iterator = nullptr;
  git::Check(git_branch_iterator_new(&iterator, rep_->get(), GIT_BRANCH_LOCAL), "list branches");
  git_reference* reference = nullptr;
  git_branch_t type;
  while (git_branch_next(&reference, &type, iterator) == 0) {
    branches.emplace_back(git_reference_shorthand(reference));
    git_reference_free(reference);
  }
  git_branch_iterator_free(iterator);
  return branches;
}

std::optional<CommitId> Repository::Resolve(std::string_view ref) const {
  if (ref.empty() || ref.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
    return std::nullopt;
  }
  // libgit2 1.5 does not know git's short name of HEAD.
  const bool short_head = ref == "@" || ref.starts_with("@~") || ref.starts_with("@^");
  const std::string text = short_head ? "HEAD" + std::string(ref.substr(1)) : std::string(ref);
  std::vector<std::string> candidates = {text, "refs/heads/" + text};
  // In a clone, the source's branches are called origin/NAME.
  if (ref.starts_with("origin/")) candidates.push_back("refs/heads/" + text.substr(7));
  for (const std::string& candidate : candidates) {
    git_object* object = nullptr;
    if (git_revparse_single(&object, rep_->get(), (candidate + "^{commit}").c_str()) != 0) continue;
    const git::ObjectHandle owner(object);
    return git::Hex(*git_object_id(object));
  }
  git_error_clear();
  return std::nullopt;
}

size_t Repository::CountCommits(const CommitId& commit, const CommitId& excluded) const {
  const auto walk = git::Take<git::RevwalkHandle>("count commits", git_revwalk_new, rep_->get());
  git_oid id = git::ParseHex(commit);
  git::Check(git_revwalk_push(walk.get(), &id), "count commits");
  if (!excluded.empty()) {
    id = git::ParseHex(excluded);
    git::Check(git_revwalk_hide(walk.get(), &id), "count commits");
  }
  size_t count = 0;
  while (git_revwalk_next(&id, walk.get()) == 0) ++count;
  return count;
}

RepositoryKind InspectRepository(const Host& host, const fs::path& path) {
  const std::optional<fs::path> git_directory = FindGitDirectory(path);
  if (!git_directory) return RepositoryKind::kNone;
  const fs::path common = CommonDirectory(*git_directory);
  for (const fs::path& checked : {path, common}) {
    if (!IsOurs(host, checked) && !IsDeclaredSafe(host, path)) return RepositoryKind::kForeign;
  }
  if (IsFile(common / "shallow")) return RepositoryKind::kShallow;
  return HasExtensions(common) ? RepositoryKind::kUnusual : RepositoryKind::kPlain;
}

uint32_t CheckoutMode(const Host& host, bool executable) {
  // Copier puts the executable bits of git's index over the umask.
  return (0666u & ~host.umask) | (executable ? 0111u : 0u);
}

}  // namespace scaffold
