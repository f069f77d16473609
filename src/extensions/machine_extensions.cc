#include "extensions/machine_extensions.h"

#include "jinja/filters_support.h"
#include "support/subprocess.h"
#include "support/text.h"
#include "value/operators.h"
#include "value/signature.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

// --- jinja2_shell_extension 2.1.1

Value RunShell(const Host& host, const Args& args) {
  static const Signature signature("shell(value, die_on_error=False, encoding='utf8')");
  const BoundArgs bound = signature.Bind(nullptr, args);
  const std::string text = Str(*bound[0]);
  const bool dies = jinja::Flag(bound, 1, false);
  const std::string command = dies ? text : text + " || exit 0";
  const CommandResult result = RunCommand(
      host, {.arguments = {"/bin/sh", "-c", "exec 2>&1; exec /bin/sh -c \"$0\"", command},
             .inherit_stdin = true});
  if (result.exit_status != 0) {
    throw Error(ErrorKind::kUser, "Command '" + command + "' returned non-zero exit status " +
                                      std::to_string(result.exit_status) + ".");
  }
  return Value(ReplaceAll(result.output, "\r\n", "\n"));
}

// --- jinja2_git_dir

fs::path Resolve(const Host& host, const Value& folder) {
  return fs::weakly_canonical(host.working_directory / Str(folder));
}

std::optional<std::string> RunGit(const Host& host, const Value& folder,
                                  std::vector<std::string> arguments) {
  if (!folder.IsString() && !folder.IsObject()) return std::nullopt;
  arguments.insert(arguments.begin(), {"git", "-C", Resolve(host, folder).string()});
  const CommandResult result = RunCommand(host, {.arguments = std::move(arguments)});
  if (result.exit_status != 0) return std::nullopt;
  return result.output;
}

Value IsGitDirectory(const Host& host, const Value& folder) {
  const std::optional<std::string> top = RunGit(host, folder, {"rev-parse", "--show-toplevel"});
  if (!top || top->empty()) return Value(false);
  return Value(StripBlanks(*top) == Resolve(host, folder).string());
}

Value IsEmptyGit(const Host& host, const Value& folder) {
  const std::optional<std::string> count = RunGit(host, folder, {"rev-list", "--all", "--count"});
  return Value(count && StripBlanks(*count) == "0");
}

// The branch of "refs/remotes/origin/main" or of "ref: refs/heads/main<TAB>HEAD".
std::string BranchOf(std::string_view ref) {
  ref = StripBlanks(ref.substr(0, ref.find_first_of("\t\n")));
  const size_t slash = ref.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(ref.substr(slash + 1));
}

Value DefaultBranch(const Host& host, const Value& folder) {
  if (!RunGit(host, folder, {"rev-parse", "--is-inside-work-tree"})) return Value("");
  const auto ask = [&](std::vector<std::string> arguments) {
    return BranchOf(RunGit(host, folder, std::move(arguments)).value_or(""));
  };
  for (const std::string remote : {"upstream", "origin"}) {
    if (std::string name = ask({"symbolic-ref", "refs/remotes/" + remote + "/HEAD"}); !name.empty())
      return Value(std::move(name));
  }
  for (const std::string remote : {"upstream", "origin"}) {
    if (std::string name = ask({"ls-remote", "--symref", remote, "HEAD"}); !name.empty())
      return Value(std::move(name));
  }
  const std::string configured(
      StripBlanks(RunGit(host, folder, {"config", "init.defaultBranch"}).value_or("")));
  return Value(configured.empty() ? "main" : configured);
}

// A filter that is given one value and the host.
void AddFilterOfHost(jinja::Environment* environment, const std::string& name, const Host& host,
                     Value (*filter)(const Host& host, const Value& value)) {
  environment->AddFilter(name, [&host, filter](CallContext&, const Args& args) {
    static const Signature signature("filter(git_path)");
    return filter(host, *signature.Bind(nullptr, args)[0]);
  });
}

// --- jinja2_getenv_extension 1.0.3

Value GetVariable(const Host& host, const Args& args) {
  static const Signature signature("getenv(value, default=None)");
  const BoundArgs bound = signature.Bind(nullptr, args);
  if (std::optional<std::string> value = host.Variable(Str(*bound[0]))) return Value(*value);
  if (bound.Has(1) && !bound[1]->IsNone()) return *bound[1];
  throw Error(ErrorKind::kUser, "can't find " + Str(*bound[0]) + " environnement variable");
}

}  // namespace

void AddShell(jinja::Environment* environment, const Host& host) {
  environment->AddFilter("shell",
                         [&host](CallContext&, const Args& args) { return RunShell(host, args); });
}

void AddGitDirectory(jinja::Environment* environment, const Host& host) {
  AddFilterOfHost(environment, "gitdir", host, IsGitDirectory);
  AddFilterOfHost(environment, "emptygit", host, IsEmptyGit);
  AddFilterOfHost(environment, "gitdefaultbranch", host, DefaultBranch);
}

void AddGetenv(jinja::Environment* environment, const Host& host) {
  environment->AddFilter(
      "getenv", [&host](CallContext&, const Args& args) { return GetVariable(host, args); });
}

}  // namespace scaffold
