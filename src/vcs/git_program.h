// GitProgram: the git program, for what libgit2 cannot do.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scaffold/error.h"
#include "support/host.h"
#include "support/subprocess.h"

namespace scaffold {

enum class GitTrust : uint8_t {
  kOwn,      // a repository of the user's own: hooks and filters are wanted
  kForeign,  // no hooks, no file system monitor, no helper protocols
};

class GitProgram {
 public:
  GitProgram(const Host& host, GitTrust trust);

  // Whether it is installed and answers.
  bool IsAvailable() const;
  // Runs `git ARGUMENTS` in `folder`. REQUIRES: nothing in `arguments` that came from outside can
  // be taken for an option.
  CommandResult Run(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                    const std::string& input = {}) const;
  // The same; nullopt when the program cannot be started.
  std::optional<CommandResult> TryRun(const std::filesystem::path& folder,
                                      const std::vector<std::string>& arguments,
                                      const std::string& input = {}) const;
  // As Run; stdout without the last line end. Throws Error(kGit) with git's own words when it
  // fails.
  std::string Output(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                     const std::string& input = {}) const;
  void SetVariable(const std::string& name, const std::string& value) { extra_[name] = value; }

 private:
  Host host_;
  GitTrust trust_;
  std::map<std::string, std::string> extra_;
};

// "git clone failed: WORDS"; `action` is the sub-command.
Error GitFailure(const std::string& action, const CommandResult& result);

}  // namespace scaffold
