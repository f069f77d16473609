#include "vcs/work_tree.h"

#include <algorithm>
#include <utility>

#include "support/file.h"
#include "support/text.h"
#include "vcs/git_directory.h"
#include "vcs/work_tree_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr char kExclude[] = "info/exclude";
constexpr std::string_view kIgnoreFile = ".gitignore";

// Texts that NUL ends.
std::vector<std::string> SplitItems(std::string_view text) {
  std::vector<std::string> items;
  for (const std::string_view item : Split(text, '\0')) {
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

bool Exists(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

// The index entries below `prefix`, in the index's order.
template <typename Visitor>
void VisitIndex(git_index* index, const std::string& prefix, const Visitor& visit) {
  const std::string start = prefix.empty() ? "" : prefix + "/";
  size_t position = 0;
  if (!start.empty() && git_index_find_prefix(&position, index, start.c_str()) != 0) return;
  const size_t count = git_index_entrycount(index);
  for (; position < count; ++position) {
    const git_index_entry* entry = git_index_get_byindex(index, position);
    const std::string_view path = entry->path;
    if (!path.starts_with(start)) break;
    visit(path.substr(start.size()), *entry);
  }
}

// What libgit2 finds: it knows no filter programs, and not all that ignore patterns can say.
bool FindsChanges(const WorkTree::Rep& rep) {
  rep.ReadIndex();
  std::string prefix = rep.prefix;
  char* paths[] = {prefix.data()};
  git_status_options options = GIT_STATUS_OPTIONS_INIT;
  options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH |
                  GIT_STATUS_OPT_NO_REFRESH;
  if (!prefix.empty()) options.pathspec = {paths, 1};
  const auto list = git::Take<git::StatusListHandle>(
      "read the work tree's status", git_status_list_new, rep.repository.get(), &options);
  return git_status_list_entrycount(list.get()) > 0;
}

// What the git program says of `paths`; nullopt when it refuses one of them (below a link or in a
// submodule) or is not there.
std::optional<std::vector<std::string>> AskForIgnored(const WorkTree::Rep& rep,
                                                      const std::vector<std::string>& paths) {
  // So that no path begins with ":", which has a meaning of its own.
  constexpr std::string_view kHere = "./";
  std::string input;
  for (const std::string& path : paths) input += std::string(kHere) + path + '\0';
  const auto result = rep.program.TryRun(rep.folder(), {"check-ignore", "-z", "--stdin"}, input);
  if (!result || result->exit_status > 1) return std::nullopt;
  std::vector<std::string> ignored = SplitItems(result->output);
  for (std::string& path : ignored) path.erase(0, kHere.size());
  return ignored;
}

}  // namespace

WorkTree::WorkTree(std::unique_ptr<Rep> rep) : rep_(std::move(rep)) {}
WorkTree::~WorkTree() = default;
WorkTree::WorkTree(WorkTree&&) noexcept = default;
WorkTree& WorkTree::operator=(WorkTree&&) noexcept = default;

git::IndexHandle WorkTree::Rep::ReadIndex() const {
  auto index =
      git::Take<git::IndexHandle>("read the index", git_repository_index, repository.get());
  git::Check(git_index_read(index.get(), 0), "read the index");
  return index;
}

std::vector<std::string> WorkTree::Rep::ListFiles(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"--literal-pathspecs", "ls-files", "-z"});
  const CommandResult result = program.Run(folder(), arguments);
  if (result.exit_status != 0) throw GitFailure("ls-files", result);
  return SplitItems(result.output);
}

bool WorkTree::Rep::HasEntangledIgnores(git_index* index) const {
  std::vector<fs::path> files = {config.ignore_file(), CommonDirectory(git_directory) / kExclude};
  const size_t count = git_index_entrycount(index);
  for (size_t i = 0; i < count; ++i) {
    const std::string_view path = git_index_get_byindex(index, i)->path;
    if (path == kIgnoreFile || path.ends_with("/.gitignore")) files.push_back(root / path);
  }
  int sources = 0;
  bool takes_back = false;
  for (const fs::path& file : files) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) continue;
    bool has_rules = false;
    const std::string rules = ReadFile(file);
    for (const std::string_view line : Split(rules, '\n')) {
      has_rules = has_rules || (!line.empty() && line.front() != '#');
      takes_back = takes_back || line.starts_with('!');
    }
    if (has_rules) ++sources;
  }
  return takes_back && sources > 1;
}

const fs::path& WorkTree::root() const { return rep_->root; }
const std::string& WorkTree::prefix() const { return rep_->prefix; }
fs::path WorkTree::OwnFolder() const { return rep_->git_directory / "scaffold"; }

std::optional<CommitId> WorkTree::Head() const {
  if (rep_->repository == nullptr) {
    const CommandResult result =
        rep_->program.Run(rep_->folder(), {"rev-parse", "--verify", "--quiet", "HEAD^{commit}"});
    if (result.exit_status != 0) return std::nullopt;
    return std::string(StripBlanks(result.output));
  }
  git_oid id;
  const int code = git_reference_name_to_id(&id, rep_->repository.get(), "HEAD");
  if (code == GIT_ENOTFOUND) return std::nullopt;
  git::Check(code, "read HEAD");
  return git::Hex(id);
}

bool WorkTree::IsDirty(const Host& host) const {
  host.CheckCancelled();
  // Where both can, the git program is as fast as libgit2, and it is never wrong.
  const std::vector<std::string> arguments = {"--literal-pathspecs",      "status", "--porcelain",
                                              "--untracked-files=normal", "--",     "."};
  const auto result = rep_->program.TryRun(rep_->folder(), arguments);
  if (!result) {
    if (rep_->repository != nullptr) return FindsChanges(*rep_);
    throw Error(ErrorKind::kGit,
                "cannot read the repository '" + rep_->root.string() + "' without the git program");
  }
  if (result->exit_status != 0) throw GitFailure("status", *result);
  return !result->output.empty();
}

std::string WorkTree::OperationInProgress() const {
  const fs::path& git = rep_->git_directory;
  if (Exists(git / "rebase-merge")) return "rebase";
  if (Exists(git / "rebase-apply")) return Exists(git / "rebase-apply/applying") ? "am" : "rebase";
  if (Exists(git / "MERGE_HEAD")) return "merge";
  if (Exists(git / "CHERRY_PICK_HEAD")) return "cherry-pick";
  if (Exists(git / "REVERT_HEAD")) return "revert";
  // Between two commits of a series, only the list of what is left to do is there.
  if (const std::optional<std::string> todo = ReadFileIfExists(git / "sequencer/todo")) {
    return todo->starts_with("revert ") ? "revert" : "cherry-pick";
  }
  if (Exists(git / "BISECT_LOG")) return "bisect";
  return {};
}

bool WorkTree::Ignores(const std::string& path) const { return !Ignored({path}).empty(); }

std::vector<std::string> WorkTree::Ignored(const std::vector<std::string>& paths) const {
  std::vector<std::string> ignored;
  if (paths.empty()) return ignored;
  git::IndexHandle index;
  if (rep_->repository != nullptr) index = rep_->ReadIndex();
  if (index == nullptr || rep_->HasEntangledIgnores(index.get())) {
    if (auto answer = AskForIgnored(*rep_, paths)) return std::move(*answer);
    // Then one by one: git refuses all for the sake of one.
    if (index == nullptr && paths.size() == 1) return ignored;
  }
  if (index == nullptr) {
    for (const std::string& path : paths) {
      if (Ignores(path)) ignored.push_back(path);
    }
    return ignored;
  }
  for (const std::string& path : paths) {
    const std::string full = rep_->FromRoot(path);
    size_t position = 0;
    if (git_index_find(&position, index.get(), full.c_str()) == 0) continue;
    int is_ignored = 0;
    git::Check(git_ignore_path_is_ignored(&is_ignored, rep_->repository.get(), full.c_str()),
               "read the ignore rules");
    if (is_ignored != 0) ignored.push_back(path);
  }
  return ignored;
}

bool WorkTree::IsTracked(const std::string& path) const {
  if (rep_->repository == nullptr) {
    const std::vector<std::string> found = rep_->ListFiles({"--", path});
    return std::find(found.begin(), found.end(), path) != found.end();
  }
  const git::IndexHandle index = rep_->ReadIndex();
  size_t position = 0;
  return git_index_find(&position, index.get(), rep_->FromRoot(path).c_str()) == 0;
}

std::vector<std::string> WorkTree::TrackedPaths() const {
  std::vector<std::string> paths;
  if (rep_->repository == nullptr) {
    // "MODE ID STAGE\tPATH"
    for (const std::string& line : rep_->ListFiles({"--stage"})) {
      const size_t tab = line.find('\t');
      if (!line.starts_with("160000 ")) paths.push_back(line.substr(tab + 1));
    }
  } else {
    const git::IndexHandle index = rep_->ReadIndex();
    VisitIndex(index.get(), rep_->prefix,
               [&paths](std::string_view path, const git_index_entry& entry) {
                 if (entry.mode != GIT_FILEMODE_COMMIT) paths.emplace_back(path);
               });
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace scaffold
