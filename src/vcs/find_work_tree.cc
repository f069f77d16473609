// Finding a work tree, and who reads it.

#include <sys/stat.h>

#include "support/text.h"
#include "vcs/config.h"
#include "vcs/git_directory.h"
#include "vcs/repository.h"
#include "vcs/work_tree_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

// Whether git would not look further up: for a folder of GIT_CEILING_DIRECTORIES and at the border
// of a file system.
bool EndsSearch(const Host& host, const fs::path& folder, const fs::path& parent) {
  const std::string ceilings = host.Variable("GIT_CEILING_DIRECTORIES").value_or("");
  for (const std::string_view ceiling : Split(ceilings, ':')) {
    std::error_code error;
    if (!ceiling.empty() && fs::weakly_canonical(fs::path(ceiling), error) == parent) return true;
  }
  const std::string across = host.Variable("GIT_DISCOVERY_ACROSS_FILESYSTEM").value_or("");
  if (across == "1" || across == "true" || across == "yes" || across == "on") return false;
  struct stat below = {}, above = {};
  return stat(folder.c_str(), &below) != 0 || stat(parent.c_str(), &above) != 0 ||
         below.st_dev != above.st_dev;
}

struct Place {
  fs::path top;
  fs::path git_directory;
};

std::optional<Place> FindPlace(const Host& host, const fs::path& folder) {
  for (fs::path path = folder;;) {
    if (const std::optional<fs::path> found = FindDotGit(path)) return Place{path, *found};
    // A bare repository, or git's own data.
    if (LooksLikeGitDirectory(path)) return std::nullopt;
    fs::path parent = path.parent_path();
    if (parent == path || EndsSearch(host, path, parent)) return std::nullopt;
    path = std::move(parent);
  }
}

// git's words about a repository that it does not touch.
Error Refusal(const fs::path& top, const CommandResult& result) {
  Error error = GitFailure("rev-parse", result);
  if (error.message().find("dubious ownership") != std::string::npos) {
    error.WithHelp("if you trust it: git config --global --add safe.directory " +
                   ShellQuote(top.string()));
  }
  return error;
}

// The top of the work tree as the git program knows it; nullopt when there is none.
std::optional<fs::path> AskForTop(const GitProgram& git, const Place& place,
                                  const fs::path& folder) {
  const CommandResult result =
      git.Run(folder, {"rev-parse", "--is-inside-work-tree", "--show-toplevel"});
  std::string_view output = result.output;
  if (output.starts_with("false\n")) return std::nullopt;
  if (result.exit_status != 0 || !output.starts_with("true\n")) throw Refusal(place.top, result);
  output.remove_prefix(5);
  if (output.ends_with('\n')) output.remove_suffix(1);
  return fs::path(output);
}

// Opens the repository with libgit2 when that can read all that matters. An error of libgit2 goes
// to `problem`.
void OpenWithLibrary(const Host& host, const Place& place, WorkTree::Rep* rep,
                     std::optional<Error>* problem) {
  git::Initialize();
  git_repository* opened = nullptr;
  if (git_repository_open_ext(&opened, place.top.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr) !=
      0) {
    *problem = git::LastError("open the repository '" + place.top.string() + "'");
    return;
  }
  git::RepositoryHandle repository(opened);
  if (git_repository_is_bare(opened) == 1) return;
  rep->config.Give(host, opened);
  git_index* index = nullptr;
  if (git_repository_index(&index, opened) != 0) {
    *problem = git::LastError("read the index of '" + place.top.string() + "'");
    return;
  }
  git_index_free(index);
  rep->repository = std::move(repository);
}

}  // namespace

std::optional<WorkTree> WorkTree::Find(const Host& host, const fs::path& folder) {
  std::error_code error;
  const fs::path canonical = fs::canonical(folder, error);
  if (error) return std::nullopt;
  const std::optional<Place> place = FindPlace(host, canonical);
  if (!place) return std::nullopt;
  auto rep = std::make_unique<Rep>(host);
  const RepositoryKind kind = InspectRepository(host, place->top);
  std::optional<Error> problem;
  if (kind == RepositoryKind::kForeign) {
    problem = Error(ErrorKind::kGit,
                    "detected dubious ownership in repository at '" + place->top.string() + "'");
  } else if (kind != RepositoryKind::kUnusual) {
    OpenWithLibrary(host, *place, rep.get(), &problem);
  }
  fs::path top = place->top;
  if (rep->repository != nullptr) {
    top = git_repository_workdir(rep->repository.get());
  } else {
    if (problem && !rep->program.IsAvailable()) throw *problem;
    const std::optional<fs::path> found = AskForTop(rep->program, *place, canonical);
    if (!found) return std::nullopt;
    top = *found;
  }
  rep->root = fs::canonical(top, error);
  const fs::path below = canonical.lexically_relative(rep->root);
  // core.worktree may name another place.
  if (error || below.empty() || *below.begin() == "..") return std::nullopt;
  rep->prefix = below == "." ? "" : below.generic_string();
  rep->git_directory = fs::canonical(place->git_directory, error);
  if (error) rep->git_directory = place->git_directory;
  return WorkTree(std::move(rep));
}

}  // namespace scaffold
