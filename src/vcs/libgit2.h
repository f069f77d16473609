// libgit2 behind RAII. Only .cc files of this module include it.

#pragma once

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

#include <memory>
#include <string>
#include <string_view>

#include "scaffold/error.h"

namespace scaffold::git {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using CommitHandle = std::unique_ptr<git_commit, Freer<git_commit_free>>;
using ConfigHandle = std::unique_ptr<git_config, Freer<git_config_free>>;
using IndexHandle = std::unique_ptr<git_index, Freer<git_index_free>>;
using ObjectHandle = std::unique_ptr<git_object, Freer<git_object_free>>;
using OdbHandle = std::unique_ptr<git_odb, Freer<git_odb_free>>;
using OdbObjectHandle = std::unique_ptr<git_odb_object, Freer<git_odb_object_free>>;
using PatchHandle = std::unique_ptr<git_patch, Freer<git_patch_free>>;
using ReferenceHandle = std::unique_ptr<git_reference, Freer<git_reference_free>>;
using RepositoryHandle = std::unique_ptr<git_repository, Freer<git_repository_free>>;
using RevwalkHandle = std::unique_ptr<git_revwalk, Freer<git_revwalk_free>>;
using SignatureHandle = std::unique_ptr<git_signature, Freer<git_signature_free>>;
using StatusListHandle = std::unique_ptr<git_status_list, Freer<git_status_list_free>>;
using TreeHandle = std::unique_ptr<git_tree, Freer<git_tree_free>>;

// A git_buf that frees itself.
class Buffer {
 public:
  Buffer() = default;
  ~Buffer() { git_buf_dispose(&buffer_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  git_buf* get() { return &buffer_; }
  std::string_view view() const { return {buffer_.ptr, buffer_.size}; }

 private:
  git_buf buffer_ = GIT_BUF_INIT;
};

// Lets libgit2 create an object and takes it: Take<CommitHandle>(git_commit_lookup, "...", repo,
// &id) throws when the call fails.
Error LastError(std::string_view action);
inline void Check(int code, std::string_view action) {
  if (code < 0) throw LastError(action);
}
template <typename Handle, typename Function, typename... Arguments>
Handle Take(std::string_view action, Function function, Arguments... arguments) {
  typename Handle::pointer object = nullptr;
  Check(function(&object, arguments...), action);
  return Handle(object);
}

// Initialises libgit2 once, thread-safe (it costs milliseconds, so only when it is needed). It
// reads nothing of the process's environment then: configuration comes from LoadConfig.
void Initialize();

std::string Hex(const git_oid& id);
git_oid ParseHex(const std::string& hex);

}  // namespace scaffold::git
