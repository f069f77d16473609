#include "source/mirror.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

#include "source/source_name.h"
#include "support/file.h"
#include "tree/descriptor.h"
#include "vcs/git_program.h"
#include "vcs/library_fetch.h"
#include "vcs/object_id.h"
#include "vcs/repository.h"

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

// The mirror of one URL, made by the git program, or by libgit2 where there is none.
class MirrorMaker {
 public:
  MirrorMaker(const Host& host, const std::string& url)
      : host_(host),
        url_(url),
        path_(MirrorPath(host, url)),
        git_(host, GitTrust::kForeign),
        has_git_(git_.IsAvailable()) {
    if (!has_git_ && !url.starts_with("http") && !url.starts_with("file://")) {
      throw Error(ErrorKind::kGit, "cannot fetch '" + StripCredentials(url) + "' without git")
          .WithHelp("install the git program, or give a local folder");
    }
  }

  const fs::path& path() const { return path_; }

  bool IsUsable() const {
    if (!has_git_) return InspectRepository(host_, path_) == RepositoryKind::kPlain;
    std::error_code error;
    if (!fs::is_directory(path_ / "objects", error)) return false;
    const CommandResult result =
        git_.Run("/", {"--git-dir=" + path_.string(), "rev-parse", "--is-bare-repository"});
    return result.exit_status == 0 && result.output == "true\n";
  }

  // Replaces what is at the path, once the clone is whole.
  void Make() const {
    TempDir staging(path_.parent_path(), ".clone-");
    const fs::path clone = staging.path() / "mirror.git";
    if (has_git_) {
      git_.Output(host_.working_directory,
                  {"clone", "--quiet", "--mirror", "--template=", "--", url_, clone.string()});
      // The URL may hold a password, and Refresh names it anyway.
      git_.Output("/",
                  {"--git-dir=" + clone.string(), "config", "--remove-section", "remote.origin"});
    } else {
      FetchWithLibrary(host_, url_, clone);
    }
    std::error_code error;
    fs::remove_all(path_, error);
    fs::rename(clone, path_, error);
    if (error) throw FileSystemError("create", path_, error.value());
  }

  // Without `gc`, which would take packs away under other runs that read them.
  void Refresh() const {
    if (has_git_) {
      git_.Output("/", {"--git-dir=" + path_.string(), "fetch", "--quiet", "--no-auto-gc",
                        "--prune", "--force", "--", url_, "+refs/*:refs/*"});
    } else {
      FetchWithLibrary(host_, url_, path_);
    }
  }

 private:
  const Host& host_;
  const std::string& url_;
  fs::path path_;
  GitProgram git_;
  bool has_git_;
};

}  // namespace

fs::path MirrorPath(const Host& host, const std::string& url) {
  return CacheFolder(host) / (HashText(StripCredentials(url)) + ".git");
}

Mirror FetchMirror(const Host& host, const std::string& url) {
  const MirrorMaker maker(host, url);
  Mirror mirror{.path = maker.path(), .warning = {}};
  const Descriptor lock = LockMirror(maker.path());
  if (!maker.IsUsable()) {
    maker.Make();
    return mirror;
  }
  try {
    maker.Refresh();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kGit) throw;
    mirror.warning = error.message() + "; using the copy in the cache";
  }
  return mirror;
}

Mirror RemakeMirror(const Host& host, const std::string& url) {
  const MirrorMaker maker(host, url);
  const Descriptor lock = LockMirror(maker.path());
  maker.Make();
  return {.path = maker.path(), .warning = {}};
}

}  // namespace scaffold
