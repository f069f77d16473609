#include "vcs/new_repository.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "support/file.h"
#include "vcs/libgit2.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

void MakeFolder(const fs::path& path) {
  if (mkdir(path.c_str(), 0777) == 0 || errno == EEXIST) return;
  throw Error(ErrorKind::kIo,
              "cannot create folder '" + path.string() + "': " + std::strerror(errno));
}

void MakeParents(const fs::path& file, const fs::path& below) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) {
    throw Error(ErrorKind::kIo,
                "cannot create folder '" + below.string() + "': " + error.message());
  }
}

// Whether the file system keeps executable bits: git asks it in the same way.
bool KeepsModes(const fs::path& file) {
  struct stat before = {}, after = {};
  if (stat(file.c_str(), &before) != 0 || chmod(file.c_str(), before.st_mode ^ S_IXUSR) != 0) {
    return false;
  }
  const bool kept = stat(file.c_str(), &after) == 0 && after.st_mode == (before.st_mode ^ S_IXUSR);
  chmod(file.c_str(), before.st_mode);
  return kept;
}

std::string FormatZone(int minutes) {
  char text[16];
  const int absolute = minutes < 0 ? -minutes : minutes;
  std::snprintf(text, sizeof text, "%c%02d%02d", minutes < 0 ? '-' : '+', absolute / 60,
                absolute % 60);
  return text;
}

}  // namespace

void InitializeRepository(const fs::path& folder, const std::string& branch) {
  const fs::path git = folder / ".git";
  for (const char* name : {"", "hooks", "info", "objects", "objects/info", "objects/pack", "refs",
                           "refs/heads", "refs/tags", "logs", "logs/refs", "logs/refs/heads"}) {
    MakeFolder(*name == '\0' ? git : git / name);
  }
  WriteFile(git / "HEAD", "ref: refs/heads/" + branch + "\n");
  WriteFile(git / "description",
            "Unnamed repository; edit this file 'description' to name the repository.\n");
  WriteFile(git / "info/exclude",
            "# Patterns of files that git ignores in this clone only; the syntax is that of "
            ".gitignore.\n");
  WriteFile(git / "config", "");
  std::string config = "[core]\n\trepositoryformatversion = 0\n\tfilemode = ";
  config += KeepsModes(git / "config") ? "true" : "false";
  config += "\n\tbare = false\n\tlogallrefupdates = true\n";
  if (access((git / "CoNfIg").c_str(), F_OK) == 0) config += "\tignorecase = true\n";
  WriteFile(git / "config", config);
}

void RecordFirstCommit(const fs::path& folder, const std::string& branch, const std::string& commit,
                       const GitIdentity& committer, const std::string& message) {
  const fs::path git = folder / ".git";
  const std::string subject = message.substr(0, message.find('\n'));
  const std::string line = std::string(GIT_OID_HEXSZ, '0') + " " + commit + " " +
                           FormatIdentity(committer) + "\tcommit (initial): " + subject + "\n";
  for (const fs::path& log : {git / "logs/HEAD", git / "logs/refs/heads" / branch}) {
    MakeParents(log, log.parent_path());
    WriteFile(log, line);
  }
  const fs::path ref = git / "refs/heads" / branch;
  MakeParents(ref, ref.parent_path());
  WriteFile(ref, commit + "\n");
}

std::string FormatIdentity(const GitIdentity& identity) {
  return identity.name + " <" + identity.email + "> " + std::to_string(identity.time) + " " +
         FormatZone(identity.offset_minutes);
}

}  // namespace scaffold
