#include "project/update_commit.h"

#include "vcs/git_program.h"

namespace scaffold {

void SwitchToNewBranch(const Host& host, const WorkTree& work_tree, const std::string& branch) {
  const GitProgram git(host, GitTrust::kOwn);
  if (git.Run(work_tree.root(), {"check-ref-format", "--branch", branch}).exit_status != 0) {
    throw Error(ErrorKind::kUsage, "'" + branch + "' is no name for a branch");
  }
  git.Output(work_tree.root(), {"switch", "-q", "-c", branch});
}

std::string CommitUpdate(const Host& host, const WorkTree& work_tree, const Plan& plan,
                         const std::string& message) {
  if (plan.IsEmpty()) return "";
  const GitProgram git(host, GitTrust::kOwn);
  const std::filesystem::path folder =
      work_tree.prefix().empty() ? work_tree.root() : work_tree.root() / work_tree.prefix();
  // The tree was clean: all that differs now is the update's.
  git.Output(folder, {"add", "-A", "--", "."});
  if (git.Run(folder, {"diff", "--cached", "--quiet"}).exit_status == 0) return "";
  git.Output(folder, {"commit", "-q", "-m", message});
  return git.Output(folder, {"rev-parse", "HEAD"});
}

}  // namespace scaffold
