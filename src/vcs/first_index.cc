#include "vcs/first_index.h"

#include <sys/stat.h>

#include <cstdio>
#include <string>
#include <utility>

#include "vcs/libgit2.h"

namespace scaffold {
namespace {

// Tree objects of paths that come sorted by bytes, which is git's order too: a folder sorts as if
// its name ended with '/'.
class TreeBuilder {
 public:
  explicit TreeBuilder(PackWriter* pack) : pack_(pack) {}

  void Add(std::string_view path, uint32_t mode, const ObjectId& id) {
    const size_t slash = path.rfind('/');
    const std::string_view folder = slash == std::string_view::npos ? "" : path.substr(0, slash);
    while (!IsWithinCurrent(folder)) CloseFolder();
    while (levels_.back().path.size() < folder.size()) {
      const size_t begin = levels_.back().path.empty() ? 0 : levels_.back().path.size() + 1;
      levels_.push_back({std::string(folder.substr(0, folder.find('/', begin))), {}});
    }
    AppendEntry(path.substr(folder.empty() ? 0 : slash + 1), mode, id);
  }

  ObjectId Finish() {
    while (levels_.size() > 1) CloseFolder();
    return pack_->Add(PackWriter::Type::kTree, levels_.back().entries);
  }

 private:
  struct Level {
    std::string path;
    std::string entries;
  };

  bool IsWithinCurrent(std::string_view folder) const {
    const std::string& current = levels_.back().path;
    return current.empty() || folder == current ||
           (folder.starts_with(current) && folder[current.size()] == '/');
  }

  void CloseFolder() {
    const Level level = std::move(levels_.back());
    levels_.pop_back();
    const ObjectId id = pack_->Add(PackWriter::Type::kTree, level.entries);
    AppendEntry(std::string_view(level.path).substr(level.path.rfind('/') + 1), GIT_FILEMODE_TREE,
                id);
  }

  void AppendEntry(std::string_view name, uint32_t mode, const ObjectId& id) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%o", mode);
    std::string& entries = levels_.back().entries;
    entries.append(digits).append(" ").append(name).append(1, '\0');
    entries.append(reinterpret_cast<const char*>(id.data()), id.size());
  }

  PackWriter* pack_;
  std::vector<Level> levels_ = {Level{}};
};

void SetStatus(const struct stat& status, git_index_entry* entry) {
  entry->ctime = {static_cast<int32_t>(status.st_ctim.tv_sec),
                  static_cast<uint32_t>(status.st_ctim.tv_nsec)};
  entry->mtime = {static_cast<int32_t>(status.st_mtim.tv_sec),
                  static_cast<uint32_t>(status.st_mtim.tv_nsec)};
  entry->dev = static_cast<uint32_t>(status.st_dev);
  entry->ino = static_cast<uint32_t>(status.st_ino);
  entry->uid = status.st_uid;
  entry->gid = status.st_gid;
  entry->file_size = static_cast<uint32_t>(status.st_size);
}

uint32_t IndexMode(const TreeEntry& entry) {
  if (entry.kind == EntryKind::kSymlink) return GIT_FILEMODE_LINK;
  return (entry.mode & 0100) != 0 ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

}  // namespace

ObjectId WriteIndex(const FirstIndex& first, PackWriter* pack, std::vector<std::string>* left_out) {
  const std::filesystem::path path = first.folder / ".git/index";
  auto index = git::Take<git::IndexHandle>("make the index", git_index_open, path.c_str());
  TreeBuilder trees(pack);
  size_t next_stamp = 0;
  for (const auto& [name, entry] : first.tree) {
    if (entry.kind == EntryKind::kDirectory) continue;
    const FileStamp* stamp = first.stamps == nullptr ? nullptr : &(*first.stamps)[next_stamp++];
    if (first.nested.Holds(name)) continue;
    if (first.ignored.Ignores(name)) {
      left_out->push_back(name);
      continue;
    }
    git_index_entry indexed = {};
    struct stat status = {};
    if (stamp != nullptr) {
      SetStatus(stamp->status, &indexed);
    } else if (lstat((first.folder / name).c_str(), &status) == 0) {
      SetStatus(status, &indexed);
    }
    indexed.path = name.c_str();
    indexed.mode = IndexMode(entry);
    const ObjectId id = pack->Add(PackWriter::Type::kBlob, entry.bytes);
    git_oid_fromraw(&indexed.id, id.data());
    trees.Add(name, indexed.mode, id);
    git::Check(git_index_add(index.get(), &indexed), "add '" + name + "' to the index");
  }
  git::Check(git_index_write(index.get()), "write the index");
  return trees.Finish();
}

}  // namespace scaffold
