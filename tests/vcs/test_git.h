// Real git repositories in scratch folders, with fixed dates and no configuration but the test's
// own.

#pragma once

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "support/subprocess.h"
#include "tests/tree/test_files.h"

namespace scaffold::testing {

class GitScratch : public Scratch {
 public:
  // On a real disk: folders in memory are often mounted so that hooks cannot run there.
  GitScratch() : Scratch(std::filesystem::temp_directory_path()) {
    host().environment = {{"PATH", host().Variable("PATH").value_or("/usr/bin:/bin")},
                          {"HOME", (*this / "home").string()},
                          {"GIT_CONFIG_NOSYSTEM", "1"},
                          {"GIT_AUTHOR_DATE", "1700000000 +0100"},
                          {"GIT_COMMITTER_DATE", "1700000000 +0100"}};
    host().umask = 022;
    Configure(
        "[user]\n\tname = Ada L\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n");
  }

  void Configure(const std::string& text) { Write("home/.gitconfig", text); }

  CommandResult Run(std::string_view folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "git");
    Command command;
    command.arguments = std::move(arguments);
    command.working_directory = *this / folder;
    return RunCommand(host(), command);
  }
  // Standard output without the last line end; the test fails when git does.
  std::string Git(std::string_view folder, std::vector<std::string> arguments) {
    const std::string shown = arguments.front();
    CommandResult result = Run(folder, std::move(arguments));
    EXPECT_EQ(result.exit_status, 0) << "git " << shown << ": " << result.error_output;
    if (result.output.ends_with('\n')) result.output.pop_back();
    return result.output;
  }
  void Init(std::string_view folder) {
    std::filesystem::create_directories(*this / folder);
    Git(folder, {"init", "-q"});
  }
  // Commits everything; each commit is a second later than the one before.
  std::string Commit(std::string_view folder, const std::string& message = "change") {
    const std::string date = std::to_string(++time_) + " +0100";
    host().environment["GIT_AUTHOR_DATE"] = date;
    host().environment["GIT_COMMITTER_DATE"] = date;
    Git(folder, {"add", "-A"});
    Git(folder, {"commit", "-q", "--allow-empty", "-m", message});
    return Git(folder, {"rev-parse", "HEAD"});
  }
  // A commit that writes `path`.
  std::string CommitFile(const std::string& folder, const std::string& path,
                         const std::string& bytes = "x") {
    Write(folder + "/" + path, bytes);
    return Commit(folder, "write " + path);
  }
  void Tick() {
    const std::string date = std::to_string(++time_) + " +0100";
    host().environment["GIT_COMMITTER_DATE"] = date;
  }

 private:
  int64_t time_ = 1700000000;
};

}  // namespace scaffold::testing
