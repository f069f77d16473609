#include "vcs/object_id.h"

#include "vcs/libgit2.h"

namespace scaffold {

std::string HashText(std::string_view text) {
  git::Initialize();
  git_oid id;
  git::Check(git_odb_hash(&id, text.data(), text.size(), GIT_OBJECT_BLOB), "hash a text");
  return git::Hex(id);
}

}  // namespace scaffold
