#include "vcs/libgit2.h"

#include <mutex>

namespace scaffold::git {

Error LastError(std::string_view action) {
  const git_error* error = git_error_last();
  return Error(ErrorKind::kGit, "cannot " + std::string(action) + ": " +
                                    (error != nullptr ? error->message : "unknown failure"));
}

void Initialize() {
  static std::once_flag once;
  std::call_once(once, [] {
    git_libgit2_init();
    for (const int level : {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG,
                            GIT_CONFIG_LEVEL_PROGRAMDATA}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
    // Ownership is checked by OpenRepository, against the host's safe.directory.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  });
}

std::string Hex(const git_oid& id) {
  std::string hex(GIT_OID_HEXSZ, '\0');
  git_oid_fmt(hex.data(), &id);
  return hex;
}

git_oid ParseHex(const std::string& hex) {
  git_oid id;
  Check(git_oid_fromstr(&id, hex.c_str()), "read an object id");
  return id;
}

}  // namespace scaffold::git
