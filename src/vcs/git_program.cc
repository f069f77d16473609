#include "vcs/git_program.h"

#include <utility>

#include "support/text.h"

namespace scaffold {
namespace {

// Variables that would send git to another repository than the one we mean.
constexpr const char* kRepositoryVariables[] = {
    "GIT_DIR",    "GIT_WORK_TREE",  "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE",  "GIT_ALTERNATE_OBJECT_DIRECTORIES"};

constexpr const char* kForeignOptions[] = {"-c", "core.fsmonitor=false",
                                           "-c", "core.hooksPath=/dev/null",
                                           "-c", "protocol.ext.allow=never"};

// What is asked of git, behind the options that name the repository.
std::string SubCommand(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (!argument.starts_with('-')) return argument;
  }
  return arguments.front();
}

// git's own "fatal: ..." or "error: ..." line, else the last one that says something.
std::string PickMessage(std::string_view text) {
  std::string_view last;
  for (const std::string_view line : Split(text, '\n')) {
    if (line.starts_with("fatal: ")) return std::string(line.substr(7));
    if (!StripBlanks(line).empty()) last = line;
  }
  return std::string(StripBlanks(last));
}

}  // namespace

GitProgram::GitProgram(const Host& host, GitTrust trust) : host_(host), trust_(trust) {
  for (const char* name : kRepositoryVariables) host_.environment.erase(name);
  extra_ = {{"GIT_OPTIONAL_LOCKS", "0"}, {"LC_ALL", "C"}};
}

bool GitProgram::IsAvailable() const {
  const std::optional<CommandResult> result = TryRun("/", {"--version"});
  return result && result->exit_status == 0;
}

CommandResult GitProgram::Run(const std::filesystem::path& folder,
                              const std::vector<std::string>& arguments,
                              const std::string& input) const {
  Command command;
  command.arguments = {"git"};
  if (trust_ == GitTrust::kForeign) {
    command.arguments.insert(command.arguments.end(), std::begin(kForeignOptions),
                             std::end(kForeignOptions));
  }
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.working_directory = folder;
  command.extra_environment = extra_;
  command.input = input;
  return RunCommand(host_, command);
}

std::optional<CommandResult> GitProgram::TryRun(const std::filesystem::path& folder,
                                                const std::vector<std::string>& arguments,
                                                const std::string& input) const {
  try {
    return Run(folder, arguments, input);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    return std::nullopt;
  }
}

std::string GitProgram::Output(const std::filesystem::path& folder,
                               const std::vector<std::string>& arguments,
                               const std::string& input) const {
  CommandResult result = Run(folder, arguments, input);
  if (result.exit_status != 0) throw GitFailure(SubCommand(arguments), result);
  if (result.output.ends_with('\n')) result.output.pop_back();
  return std::move(result.output);
}

Error GitFailure(const std::string& action, const CommandResult& result) {
  const std::string words = PickMessage(result.error_output);
  return Error(ErrorKind::kGit,
               "git " + action + " failed: " +
                   (words.empty() ? "exit status " + std::to_string(result.exit_status) : words));
}

}  // namespace scaffold
