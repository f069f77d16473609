#include "source/mirror.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

#include "source/source_name.h"
#include "support/file.h"
#include "tree/descriptor.h"
#include "vcs/git_program.h"
#include "vcs/object_id.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

fs::path CacheFolder(const Host& host) {
  for (const auto& [variable, below] :
       {std::pair("COPIER_CACHE_DIR", ""), std::pair("XDG_CACHE_HOME", "scaffold/git")}) {
    const auto value = host.Variable(variable);
    if (value && !value->empty()) return AbsolutePath(host.working_directory, *value) / below;
  }
  return host.HomeDirectory() / ".cache/scaffold/git";
}

// Held while a mirror is made or refreshed.
Descriptor LockMirror(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) throw FileSystemError("create folder", path.parent_path(), error.value());
  const fs::path lock = path.string() + ".lock";
  Descriptor file(open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file.valid()) throw FileSystemError("open", lock, errno);
  while (flock(file.get(), LOCK_EX) != 0 && errno == EINTR) {
  }
  return file;
}

bool IsUsable(const GitProgram& git, const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path / "objects", error)) return false;
  const CommandResult result =
      git.Run("/", {"--git-dir=" + path.string(), "rev-parse", "--is-bare-repository"});
  return result.exit_status == 0 && result.output == "true\n";
}

void MakeMirror(const Host& host, const GitProgram& git, const std::string& url,
                const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  TempDir staging(path.parent_path(), ".clone-");
  const fs::path clone = staging.path() / "mirror.git";
  git.Output(host.working_directory,
             {"clone", "--quiet", "--mirror", "--template=", "--", url, clone.string()});
  fs::rename(clone, path, error);
  if (error) throw FileSystemError("create", path, error.value());
}

}  // namespace

Mirror FetchMirror(const Host& host, const std::string& url) {
  const GitProgram git(host, GitTrust::kForeign);
  if (!git.IsAvailable()) {
    throw Error(ErrorKind::kGit, "cannot fetch '" + StripCredentials(url) + "' without git")
        .WithHelp("install the git program, or give a local folder");
  }
  Mirror mirror;
  mirror.path = CacheFolder(host) / (HashText(StripCredentials(url)) + ".git");
  const Descriptor lock = LockMirror(mirror.path);
  if (!IsUsable(git, mirror.path)) {
    MakeMirror(host, git, url, mirror.path);
    return mirror;
  }
  const CommandResult fetched =
      git.Run("/", {"--git-dir=" + mirror.path.string(), "fetch", "--quiet", "--prune", "--force",
                    "--", url, "+refs/*:refs/*"});
  if (fetched.exit_status != 0) {
    mirror.warning = GitFailure("fetch", fetched).message() + "; using the copy in the cache";
  }
  return mirror;
}

}  // namespace scaffold
