// RootFolder: a directory that nothing done through it leaves.
//
// Each path is walked from the root part by part without following links; a link to a directory is
// followed only when it ends inside the root, so a link that leads out is never written through.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "tree/descriptor.h"

namespace scaffold {

class RootFolder {
 public:
  explicit RootFolder(const std::filesystem::path& root);

  const std::filesystem::path& path() const { return root_; }
  // The directory that holds the last part of `path`; -1 when it does not exist, or a file stands
  // in its place. It stays open until the next call. Throws Error(kForbiddenPath) when it lies
  // outside. REQUIRES: path is a Tree path.
  int OpenParent(std::string_view path);
  // Folders have come or gone: the next call walks anew.
  void Forget() { is_fresh_ = false; }
  // lstat; false when absent.
  bool Status(std::string_view path, struct stat* status);

 private:
  Descriptor Walk(std::string folder) const;

  std::filesystem::path root_;
  std::filesystem::path canonical_;
  Descriptor directory_;
  std::string last_folder_;
  bool is_fresh_ = true;  // last_ is still what stands at last_folder_
  Descriptor last_;
};

// The last part of a Tree path; valid as long as `path`.
inline const char* LastPart(const std::string& path) {
  const size_t slash = path.rfind('/');
  return path.c_str() + (slash == std::string::npos ? 0 : slash + 1);
}

}  // namespace scaffold
