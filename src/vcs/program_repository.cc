#include "vcs/program_repository.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "support/text.h"
#include "tree/read_tree.h"
#include "vcs/repository.h"

namespace scaffold {
namespace {

constexpr char kDraftMessage[] = "Copier automated commit for draft changes";

// A full object id, SHA-1 or SHA-256.
bool IsObjectId(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : Split(text, '\n')) {
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

struct DatedTag {
  TagRef tag;
  int64_t date = 0;
};

// One line of for-each-ref: name, object, peeled object, its date, the tagger's date.
DatedTag ParseTagLine(std::string_view line) {
  const std::vector<std::string_view> fields = Split(line, ' ');
  DatedTag dated;
  if (fields.size() != 5) return dated;
  dated.tag = {std::string(fields[0].substr(std::string_view("refs/tags/").size())),
               std::string(fields[2].empty() ? fields[1] : fields[2])};
  const std::string_view date = fields[4].empty() ? fields[3] : fields[4];
  std::from_chars(date.data(), date.data() + date.size(), dated.date);
  return dated;
}

}  // namespace

ProgramRepository::ProgramRepository(const Host& host, const std::string& source,
                                     const std::string& origin)
    : host_(host),
      git_(host, GitTrust::kForeign),
      folder_(host.temp_directory, "scaffold-clone-"),
      clone_(folder_.path() / "repository") {
  // The templates of git and its user are hooks, which nobody runs here.
  git_.Output(host.working_directory,
              {"clone", "--quiet", "--no-checkout", "--template=", "--", source, clone_.string()});
  git_.Output(clone_, {"config", "remote.origin.url", origin});
}

std::vector<std::string> ProgramRepository::Lines(const std::vector<std::string>& arguments) const {
  return SplitLines(git_.Output(clone_, arguments));
}

std::vector<std::string> ProgramRepository::TagNames() const {
  std::vector<std::string> names = Lines({"for-each-ref", "--format=%(refname)", "refs/tags"});
  for (std::string& name : names) name.erase(0, std::string_view("refs/tags/").size());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> ProgramRepository::BranchNames() const {
  std::vector<std::string> names =
      Lines({"for-each-ref", "--format=%(refname)", "refs/remotes/origin"});
  for (std::string& name : names) name.erase(0, std::string_view("refs/remotes/origin/").size());
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<CommitId> ProgramRepository::Resolve(std::string_view ref) const {
  if (ref.empty() || ref.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
    return std::nullopt;
  }
  // On standard input nothing is taken for an option; what does not resolve is echoed.
  for (const char* prefix : {"", "refs/remotes/origin/"}) {
    const std::string found = git_.Output(clone_, {"cat-file", "--batch-check=%(objectname)"},
                                          prefix + std::string(ref) + "^{commit}\n");
    if (IsObjectId(found)) return found;
  }
  return std::nullopt;
}

std::string ProgramRepository::Describe(const CommitId& commit) const {
  return git_.Output(clone_, {"describe", "--tags", "--always", commit});
}

std::string ProgramRepository::Abbreviate(const CommitId& commit) const {
  return git_.Output(clone_, {"rev-parse", "--short", commit});
}

size_t ProgramRepository::CountCommits(const CommitId& commit, const CommitId& excluded) const {
  std::vector<std::string> arguments = {"rev-list", "--count", commit};
  if (!excluded.empty()) arguments.push_back("^" + excluded);
  const std::string text = git_.Output(clone_, arguments);
  size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::optional<TagRef> ProgramRepository::NearestTag(const CommitId& commit,
                                                    const TagPredicate& wanted) const {
  std::map<CommitId, DatedTag> best;
  for (const std::string& line :
       Lines({"for-each-ref", "--merged=" + commit,
              "--format=%(refname) %(objectname) %(*objectname) "
              "%(if)%(*objectname)%(then)%(*committerdate:unix)%(else)%(committerdate:unix)%(end) "
              "%(taggerdate:unix)",
              "refs/tags"})) {
    DatedTag dated = ParseTagLine(line);
    if (dated.tag.name.empty() || !wanted(dated.tag)) continue;
    const auto [found, fresh] = best.try_emplace(dated.tag.commit, dated);
    if (!fresh && dated.date > found->second.date) found->second = std::move(dated);
  }
  if (best.empty()) return std::nullopt;
  for (const std::string& id : Lines({"rev-list", "--topo-order", commit})) {
    if (const auto found = best.find(id); found != best.end()) return found->second.tag;
  }
  return std::nullopt;
}

Tree ProgramRepository::ReadCheckout(const Host& host, const CommitId& commit) const {
  git_.Output(clone_, {"checkout", "--quiet", "--force", "--detach", commit});
  std::error_code error;
  if (std::filesystem::exists(clone_ / ".gitmodules", error)) {
    git_.Output(clone_, {"submodule", "--quiet", "update", "--checkout", "--init", "--recursive",
                         "--force"});
  }
  const ReadOptions options = {
      .git_folder = GitFolder::kSkip,
      .skip = [](std::string_view path, EntryKind) { return path.ends_with("/.git"); }};
  Tree tree = ReadTree(host, clone_, options);
  auto& entries = tree.entries();
  for (auto entry = entries.begin(); entry != entries.end();) {
    const bool folder = entry->second.kind == EntryKind::kDirectory;
    if (entry->second.kind == EntryKind::kFile) {
      entry->second.mode = CheckoutMode(host, (entry->second.mode & 0100) != 0);
    }
    entry = folder ? entries.erase(entry) : std::next(entry);
  }
  return tree;
}

std::optional<CommitId> ProgramRepository::CommitDraft(const std::filesystem::path& source,
                                                       int64_t time) const {
  GitProgram git(host_, GitTrust::kForeign);
  const std::string date = "@" + std::to_string(time) + " +0000";
  for (const std::string role : {"GIT_AUTHOR_", "GIT_COMMITTER_"}) {
    git.SetVariable(role + "NAME", "Copier");
    git.SetVariable(role + "EMAIL", "copier@copier");
    git.SetVariable(role + "DATE", date);
  }
  const std::string git_dir = "--git-dir=" + (clone_ / ".git").string();
  const std::string work_tree = "--work-tree=" + source.string();
  git.Output(source, {git_dir, work_tree, "add", "--all"});
  const std::string tree = git.Output(source, {git_dir, work_tree, "write-tree"});
  const std::optional<CommitId> head = Resolve("HEAD");
  if (head && git.Output(clone_, {"rev-parse", *head + "^{tree}"}) == tree) return std::nullopt;
  std::vector<std::string> arguments = {"commit-tree", "--no-gpg-sign", tree, "-F", "-"};
  if (head) arguments.insert(arguments.end(), {"-p", *head});
  return git.Output(clone_, arguments, std::string(kDraftMessage) + "\n");
}

}  // namespace scaffold
