#include "tree/root_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "support/file.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinks = 40;  // as the kernel follows

Error Forbidden(const fs::path& path) {
  return Error(ErrorKind::kForbiddenPath, "\"" + path.string() + "\" is forbidden")
      .WithHelp("a link on the way leads out of the destination");
}

bool IsLink(int fd, const char* name) {
  struct stat status = {};
  return fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

}  // namespace

RootFolder::RootFolder(const fs::path& root) : root_(root), directory_(OpenDirectory(root)) {
  std::error_code error;
  canonical_ = fs::canonical(root, error);
  if (error) throw FileSystemError("open", root, error.value());
}

int RootFolder::OpenParent(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return directory_.get();
  const std::string_view folder = path.substr(0, slash);
  if (!last_.valid() || !is_fresh_ || folder != last_folder_) {
    last_ = Walk(std::string(folder));
    last_folder_ = folder;
    is_fresh_ = true;
  }
  return last_.get();
}

bool RootFolder::Status(std::string_view path, struct stat* status) {
  const int fd = OpenParent(path);
  if (fd < 0) return false;
  const std::string name(path);
  if (fstatat(fd, LastPart(name), status, AT_SYMLINK_NOFOLLOW) == 0) return true;
  if (errno == ENOENT) return false;
  throw FileSystemError("read", root_ / name, errno);
}

Descriptor RootFolder::Walk(std::string folder) const {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int links = 0;
  Descriptor current;
  for (size_t begin = 0; begin <= folder.size();) {
    const size_t end = std::min(folder.find('/', begin), folder.size());
    const std::string name = folder.substr(begin, end - begin);
    const int parent = current.valid() ? current.get() : directory_.get();
    Descriptor next(openat(parent, name.c_str(), kFlags));
    if (!next.valid()) {
      if (errno == ENOENT) return {};
      const int failure = errno;
      const fs::path shown = root_ / folder.substr(0, end);
      const bool is_link = IsLink(parent, name.c_str());
      if (!is_link && failure == ENOTDIR) return {};
      if (!is_link) throw FileSystemError("open", shown, failure);
      std::error_code error;
      const fs::path target = fs::canonical(canonical_ / folder.substr(0, end), error);
      if (error) throw FileSystemError("open", shown, error.value());
      if (!IsWithin(target, canonical_) || ++links > kMaxLinks)
        throw Forbidden(folder.substr(0, end));
      // Start again along the link's real path, which has no links itself.
      const std::string inside = target.lexically_relative(canonical_).string();
      const std::string rest = folder.substr(end);
      folder = inside == "." ? rest.substr(std::min<size_t>(1, rest.size())) : inside + rest;
      if (folder.empty()) return Descriptor(openat(directory_.get(), ".", kFlags));
      current.Reset();
      begin = 0;
      continue;
    }
    current = std::move(next);
    begin = end + 1;
  }
  return current;
}

}  // namespace scaffold
