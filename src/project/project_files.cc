#include "project/project_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <map>
#include <set>
#include <string>

#include "support/file.h"
#include "tree/descriptor.h"
#include "tree/read_tree.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

class ProjectReader {
 public:
  ProjectReader(const Host& host, const fs::path& root) : host_(host), root_(root) {}

  void Look(const std::string& path, EntryKind wanted) {
    host_.CheckCancelled();
    if (!seen_.insert(path).second || !HasParents(path)) return;
    struct stat status = {};
    if (!Status(path, &status)) return;
    if (!S_ISDIR(status.st_mode)) return AddFile(path, status);
    tree_.Add(path, {.kind = EntryKind::kDirectory, .bytes = {}, .origin = {}});
    if (wanted != EntryKind::kDirectory) AddContent(path);
  }

  ProjectFiles Take() && { return {std::move(tree_), std::move(repositories_)}; }

 private:
  bool Status(const std::string& path, struct stat* status) const {
    if (lstat((root_ / path).c_str(), status) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    throw FileSystemError("read", root_ / path, errno);
  }

  // Whether every parent is a folder; what is none is part of the result.
  bool HasParents(const std::string& path) {
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      const std::string parent = path.substr(0, slash);
      const auto [known, is_new] = folders_.emplace(parent, false);
      if (is_new) {
        struct stat status = {};
        if (!Status(parent, &status)) return false;
        known->second = S_ISDIR(status.st_mode);
        if (!known->second) AddFile(parent, status);
        if (known->second && Status(parent + "/.git", &status)) {
          repositories_.insert(parent);
          known->second = false;
        }
      }
      if (!known->second) return false;
    }
    return true;
  }

  void AddFile(const std::string& path, const struct stat& status) {
    TreeEntry entry;
    const fs::path full = root_ / path;
    if (S_ISLNK(status.st_mode)) {
      entry.kind = EntryKind::kSymlink;
      entry.bytes = ReadLinkAt(AT_FDCWD, full.c_str(), full);
      entry.mode = 0777;
    } else if (S_ISREG(status.st_mode)) {
      entry.bytes = ReadFile(full);
      entry.mode = status.st_mode & 07777;
    } else {
      throw Error(ErrorKind::kIo, "'" + full.string() + "' is neither a file nor a folder")
          .WithHelp("move it away; the template has a file of that name");
    }
    tree_.Add(path, std::move(entry));
  }

  void AddContent(const std::string& folder) {
    const Tree content =
        ReadTree(host_, root_ / folder, {.git_folder = GitFolder::kRead, .skip = {}});
    for (const auto& [path, entry] : content) {
      std::string whole = folder;
      whole += '/';
      whole += path;
      seen_.insert(whole);
      tree_.Add(std::move(whole), entry);
    }
  }

  const Host& host_;
  const fs::path& root_;
  std::set<std::string> seen_;
  std::map<std::string, bool> folders_;
  Tree tree_;
  std::set<std::string, std::less<>> repositories_;
};

}  // namespace

ProjectFiles ReadProjectFiles(const Host& host, const fs::path& root, const Tree& base,
                              const Tree& theirs) {
  ProjectReader reader(host, root);
  for (const auto& [path, entry] : theirs) reader.Look(path, entry.kind);
  for (const auto& [path, entry] : base) reader.Look(path, entry.kind);
  return std::move(reader).Take();
}

}  // namespace scaffold
