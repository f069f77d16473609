#include "vcs/initial_commit.h"

#include <optional>
#include <utility>

#include "support/file.h"
#include "support/text.h"
#include "vcs/attributes.h"
#include "vcs/config.h"
#include "vcs/first_index.h"
#include "vcs/git_program.h"
#include "vcs/libgit2.h"
#include "vcs/nested_repositories.h"
#include "vcs/new_repository.h"
#include "vcs/pack_writer.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr char kSystemHooks[] = "/usr/share/git-core/templates/hooks";

bool HasHooks(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() != ".sample") return true;
  }
  return false;
}

// Whatever our own way of making a repository does not know.
bool NeedsGitProgram(const Host& host, const GitConfig& config, const Tree& tree) {
  for (const char* variable : {"GIT_TEMPLATE_DIR", "GIT_DEFAULT_HASH", "GIT_DEFAULT_REF_FORMAT"}) {
    if (host.Variable(variable)) return true;
  }
  for (const char* name :
       {"core.hookspath", "init.templatedir", "init.defaultobjectformat", "init.defaultrefformat",
        "core.sharedrepository", "core.filemode", "core.symlinks", "i18n.commitencoding"}) {
    if (config.Find(name)) return true;
  }
  return config.FindBool("commit.gpgsign") == true || HasHooks(kSystemHooks) ||
         AddConverts(host, config, tree);
}

// Everything that git and its hooks said, without empty lines around.
std::string WordsOf(const CommandResult& result) {
  const std::string all = result.error_output + result.output;
  const std::string_view words = StripBlanks(all);
  return words.empty() ? "exit status " + std::to_string(result.exit_status) : std::string(words);
}

// Runs a step that the user's configuration may refuse; true: it went well.
bool Try(const GitProgram& git, const fs::path& folder, const std::vector<std::string>& arguments,
         const std::string& input, InitialCommit* result) {
  const CommandResult done = git.Run(folder, arguments, input);
  if (done.exit_status == 0) return true;
  result->outcome = CommitOutcome::kRefused;
  result->refusal = WordsOf(done);
  return false;
}

std::vector<std::string> ListIgnored(const GitProgram& git, const fs::path& folder) {
  const CommandResult done =
      git.Run(folder, {"ls-files", "-z", "--others", "--ignored", "--exclude-standard"});
  std::vector<std::string> paths;
  for (const std::string_view path : Split(done.output, '\0')) {
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

// The repositories inside that the outer one does not know as its submodules.
std::vector<std::string> UnknownRepositories(const GitProgram& git, const fs::path& folder,
                                             const Tree& tree) {
  const NestedRepositories nested(folder, tree);
  std::vector<std::string> unknown;
  for (const std::string& inner : nested.folders()) {
    const CommandResult known =
        git.Run(folder, {"ls-files", "--stage", "--", ":(literal)" + inner});
    if (!known.output.starts_with("160000 ")) unknown.push_back(inner);
  }
  return unknown;
}

// Stages and commits what is in `folder`, a repository.
void CommitWithGitProgram(const GitProgram& git, const fs::path& folder, const Tree& tree,
                          const std::string& message, InitialCommit* result) {
  result->nested = UnknownRepositories(git, folder, tree);
  std::vector<std::string> add = {"add", "--all", "--", "."};
  for (const std::string& inner : result->nested) add.push_back(":(exclude,literal)" + inner);
  if (!Try(git, folder, add, {}, result)) return;
  result->ignored = ListIgnored(git, folder);
  std::vector<std::string> commit = {"commit", "--quiet", "--file=-"};
  if (git.Run(folder, {"rev-parse", "--verify", "--quiet", "HEAD"}).exit_status != 0) {
    commit.emplace_back("--allow-empty");
  } else if (git.Run(folder, {"diff", "--cached", "--quiet"}).exit_status == 0) {
    result->outcome = CommitOutcome::kNothingLeft;
    return;
  }
  if (Try(git, folder, commit, message, result)) result->outcome = CommitOutcome::kCommitted;
}

std::string CurrentBranch(const GitProgram& git, const fs::path& folder) {
  const CommandResult done = git.Run(folder, {"symbolic-ref", "--quiet", "--short", "HEAD"});
  return done.exit_status == 0 ? std::string(StripBlanks(done.output)) : "HEAD";
}

// Lines without blanks at their ends, no empty lines around, one newline at the end.
std::string CleanMessage(const std::string& message) {
  git::Buffer clean;
  git::Check(git_message_prettify(clean.get(), message.c_str(), 0, '#'), "read the message");
  if (clean.view().empty()) {
    throw Error(ErrorKind::kUser, "the commit message is empty")
        .WithHelp("give another one with --commit-message");
  }
  return std::string(clean.view());
}

struct Identities {
  GitIdentity author;
  GitIdentity committer;
};

// Whether somebody (a task, the template) has made a repository of the folder already.
bool HasRepository(const fs::path& folder) {
  std::error_code error;
  return fs::exists(fs::symlink_status(folder / ".git", error));
}

void CheckBranchName(const std::string& branch) {
  int valid = 0;
  git_reference_name_is_valid(&valid, ("refs/heads/" + branch).c_str());
  if (valid != 0) return;
  throw Error(ErrorKind::kGit, "invalid initial branch name: '" + branch + "'")
      .WithHelp(
          "set init.defaultBranch to a valid name: git config --global init.defaultBranch main");
}

std::string InitialBranch(const GitConfig& config) {
  return config.Find("init.defaultbranch").value_or("master");
}

std::string CommitDirectly(const FirstIndex& first, const std::string& message,
                           const Identities& people, std::vector<std::string>* left_out) {
  PackWriter pack;
  const ObjectId top = WriteIndex(first, &pack, left_out);
  const ObjectId commit =
      pack.Add(PackWriter::Type::kCommit, "tree " + FormatObjectId(top) + "\nauthor " +
                                              FormatIdentity(people.author) + "\ncommitter " +
                                              FormatIdentity(people.committer) + "\n\n" + message);
  pack.Write(first.folder / ".git/objects/pack");
  return FormatObjectId(commit);
}

InitialCommit CommitInto(const GitProgram& git, const fs::path& folder, const Tree& tree,
                         const std::string& message, bool has_identity) {
  InitialCommit result;
  result.branch = CurrentBranch(git, folder);
  if (has_identity) CommitWithGitProgram(git, folder, tree, message, &result);
  return result;
}

}  // namespace

void CheckInitialCommit(const Host& host, const std::string& message) {
  const GitConfig config = GitConfig::Load(host);
  CheckBranchName(InitialBranch(config));
  CleanMessage(message);
}

InitialCommit CreateInitialCommit(const Host& host, const fs::path& folder, const Tree& tree,
                                  const std::string& message,
                                  const std::vector<FileStamp>* stamps) {
  const bool existing = HasRepository(folder);
  const GitConfig config = GitConfig::Load(host, existing ? folder / ".git" : fs::path());
  const std::string clean = CleanMessage(message);
  const auto author = FindIdentity(host, config, IdentityRole::kAuthor);
  const auto committer = FindIdentity(host, config, IdentityRole::kCommitter);
  const bool has_identity = author && committer;
  const bool odd_date = has_identity && !(author->date_known && committer->date_known);
  if (existing || odd_date || NeedsGitProgram(host, config, tree)) {
    const GitProgram git(host, GitTrust::kOwn);
    if (git.IsAvailable()) {
      if (!existing) git.Output(folder, {"init", "--quiet"});
      return CommitInto(git, folder, tree, clean, has_identity);
    }
    if (existing) {
      throw Error(ErrorKind::kGit, "cannot commit into the repository that is there without git")
          .WithHelp("install the git program, or use --no-git");
    }
  }
  InitialCommit result;
  result.branch = InitialBranch(config);
  CheckBranchName(result.branch);
  InitializeRepository(folder, result.branch);
  if (!has_identity) return result;
  const IgnoreRules ignored(host, config, folder, tree);
  const NestedRepositories nested(folder, tree);
  result.nested = nested.folders();
  const std::string commit = CommitDirectly({folder, tree, stamps, ignored, nested}, clean,
                                            {*author, *committer}, &result.ignored);
  RecordFirstCommit(folder, result.branch, commit, *committer, clean);
  result.outcome = CommitOutcome::kCommitted;
  return result;
}

}  // namespace scaffold
