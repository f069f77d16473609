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

InitialCommit CommitWithGitProgram(const GitProgram& git, const fs::path& folder,
                                   const std::string& message, bool has_identity) {
  git.Output(folder, {"init", "--quiet"});
  InitialCommit result;
  result.branch = git.Output(folder, {"symbolic-ref", "--short", "HEAD"});
  if (!has_identity) return result;
  git.Output(folder, {"add", "--all"});
  git.Output(folder, {"commit", "--quiet", "--allow-empty", "--file=-"}, message);
  result.committed = true;
  return result;
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

std::string CommitDirectly(const fs::path& folder, const Tree& tree, const std::string& message,
                           const std::vector<FileStamp>* stamps, const Identities& people,
                           const IgnoreRules& ignored) {
  PackWriter pack;
  const ObjectId top = WriteIndex({folder, tree, stamps, ignored}, &pack);
  const ObjectId commit =
      pack.Add(PackWriter::Type::kCommit, "tree " + FormatObjectId(top) + "\nauthor " +
                                              FormatIdentity(people.author) + "\ncommitter " +
                                              FormatIdentity(people.committer) + "\n\n" + message);
  pack.Write(folder / ".git/objects/pack");
  return FormatObjectId(commit);
}

}  // namespace

InitialCommit CreateInitialCommit(const Host& host, const fs::path& folder, const Tree& tree,
                                  const std::string& message,
                                  const std::vector<FileStamp>* stamps) {
  const GitConfig config = GitConfig::Load(host);
  const std::string clean = CleanMessage(message);
  const auto author = FindIdentity(host, config, IdentityRole::kAuthor);
  const auto committer = FindIdentity(host, config, IdentityRole::kCommitter);
  const bool has_identity = author && committer;
  const bool odd_date = has_identity && !(author->date_known && committer->date_known);
  if (odd_date || NeedsGitProgram(host, config, tree)) {
    const GitProgram git(host, GitTrust::kOwn);
    if (git.IsAvailable()) return CommitWithGitProgram(git, folder, clean, has_identity);
  }
  InitialCommit result;
  result.branch = config.Find("init.defaultbranch").value_or("master");
  InitializeRepository(folder, result.branch);
  if (!has_identity) return result;
  const IgnoreRules ignored(host, config, folder, tree);
  const std::string commit =
      CommitDirectly(folder, tree, clean, stamps, {*author, *committer}, ignored);
  RecordFirstCommit(folder, result.branch, commit, *committer, clean);
  result.committed = true;
  return result;
}

}  // namespace scaffold
