#include "project/update_commit.h"

#include "support/file.h"
#include "support/text.h"
#include "vcs/git_program.h"

namespace scaffold {

void CheckNewBranch(const Host& host, const WorkTree& work_tree, const std::string& branch) {
  const GitProgram git(host, GitTrust::kOwn);
  if (git.Run(work_tree.root(), {"check-ref-format", "--branch", branch}).exit_status != 0) {
    throw Error(ErrorKind::kUsage, "'" + branch + "' is no name for a branch");
  }
  const std::string ref = "refs/heads/" + branch;
  if (git.Run(work_tree.root(), {"show-ref", "--verify", "--quiet", ref}).exit_status == 0) {
    throw Error(ErrorKind::kGit, "a branch named '" + branch + "' already exists")
        .WithHelp("delete it, or give another name");
  }
}

void SwitchToNewBranch(const Host& host, const WorkTree& work_tree, const std::string& branch,
                       const std::filesystem::path& state) {
  CheckNewBranch(host, work_tree, branch);
  const GitProgram git(host, GitTrust::kOwn);
  const CommandResult old = git.Run(work_tree.root(), {"symbolic-ref", "-q", "HEAD"});
  const std::string head = work_tree.Head().value_or("");
  WriteFileAtomically(state,
                      branch + "\n" + head + "\n" +
                          (old.exit_status == 0 ? std::string(StripBlanks(old.output)) : ""));
  git.Output(work_tree.root(), {"switch", "-q", "-c", branch});
}

void LeaveNewBranch(const Host& host, const WorkTree& work_tree,
                    const std::filesystem::path& state) {
  const std::optional<std::string> text = ReadFileIfExists(state);
  if (!text) return;
  const std::vector<std::string_view> lines = Split(*text, '\n');
  if (lines.size() != 3) return;
  const std::string ref = "refs/heads/" + std::string(lines[0]);
  const std::string head(lines[1]), old(lines[2]);
  const GitProgram git(host, GitTrust::kOwn);
  const CommandResult now = git.Run(work_tree.root(), {"symbolic-ref", "-q", "HEAD"});
  if (now.exit_status == 0 && StripBlanks(now.output) == ref) {
    if (old.empty()) {
      git.Output(work_tree.root(), {"update-ref", "--no-deref", "HEAD", head});
    } else {
      git.Output(work_tree.root(), {"symbolic-ref", "HEAD", old});
    }
  }
  // Only when nothing was committed there. It may not even be there.
  git.Run(work_tree.root(), {"update-ref", "-d", ref, head});
}

std::string CommitUpdate(const Host& host, const WorkTree& work_tree, const std::string& message) {
  const GitProgram git(host, GitTrust::kOwn);
  const std::filesystem::path folder =
      work_tree.prefix().empty() ? work_tree.root() : work_tree.root() / work_tree.prefix();
  // The tree was clean: all that differs now is the update's.
  git.Output(folder, {"add", "-A", "--", "."});
  if (git.Run(folder, {"diff", "--cached", "--quiet", "--", "."}).exit_status == 0) return "";
  try {
    git.Output(folder, {"commit", "-q", "-m", message, "--", "."});
  } catch (Error& error) {
    error.WithHelp("the update is staged: when the cause is mended, git commit");
    throw;
  }
  return git.Output(folder, {"rev-parse", "HEAD"});
}

}  // namespace scaffold
