// The content of commits and working trees.

#include <unistd.h>

#include <utility>

#include "support/file.h"
#include "tree/read_tree.h"
#include "vcs/attributes.h"
#include "vcs/repository_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr char kDraftName[] = "Copier";
constexpr char kDraftEmail[] = "copier@copier";
constexpr char kDraftMessage[] = "Copier automated commit for draft changes";

TreeEntry ReadBlob(git_odb* database, const git_oid& id, uint32_t mode, const Host& host) {
  const auto object =
      git::Take<git::OdbObjectHandle>("read blob " + git::Hex(id), git_odb_read, database, &id);
  const auto* data = static_cast<const char*>(git_odb_object_data(object.get()));
  TreeEntry entry;
  entry.bytes.assign(data, git_odb_object_size(object.get()));
  if (mode == GIT_FILEMODE_LINK) {
    entry.kind = EntryKind::kSymlink;
    entry.mode = 0777;
  } else {
    entry.mode = CheckoutMode(host, mode == GIT_FILEMODE_BLOB_EXECUTABLE);
  }
  return entry;
}

class CommitReader {
 public:
  CommitReader(const Host& host, git_repository* repository)
      : host_(host),
        repository_(repository),
        database_(git::Take<git::OdbHandle>("open the object database", git_repository_odb,
                                            repository)) {}

  RepositoryTree Read(const git_oid& commit_id) {
    const auto commit = git::Take<git::CommitHandle>("read commit " + git::Hex(commit_id),
                                                     git_commit_lookup, repository_, &commit_id);
    ReadFolder(*git_commit_tree_id(commit.get()), "");
    return std::move(result_);
  }

 private:
  void ReadFolder(const git_oid& id, const std::string& prefix) {
    host_.CheckCancelled();
    const auto tree =
        git::Take<git::TreeHandle>("read tree " + git::Hex(id), git_tree_lookup, repository_, &id);
    const size_t count = git_tree_entrycount(tree.get());
    for (size_t i = 0; i < count; ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
      const std::string path = prefix + git_tree_entry_name(entry);
      // A commit made by hand may hold names that no checkout would write.
      if (!IsSafeTreePath(path)) {
        throw Error(ErrorKind::kForbiddenPath, "\"" + path + "\" is forbidden");
      }
      const git_filemode_t mode = git_tree_entry_filemode(entry);
      const git_oid& child = *git_tree_entry_id(entry);
      if (mode == GIT_FILEMODE_TREE) {
        ReadFolder(child, path + "/");
      } else if (mode == GIT_FILEMODE_COMMIT) {
        result_.submodules.push_back(path);
      } else {
        result_.tree.Add(path, ReadBlob(database_.get(), child, mode, host_));
      }
    }
  }

  const Host& host_;
  git_repository* repository_;
  git::OdbHandle database_;
  RepositoryTree result_;
};

// Ignore rules of the user beside those that libgit2 finds itself.
void AddUserIgnores(const Host& host, const Repository::Rep& rep) {
  const std::optional<std::string> rules = ReadFileIfExists(UserIgnoreFile(host, rep.config));
  if (rules) git_ignore_add_rule(rep.get(), rules->c_str());
}

git::StatusListHandle ListStatus(const Repository::Rep& rep) {
  git_status_options options = GIT_STATUS_OPTIONS_INIT;
  options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
                  GIT_STATUS_OPT_EXCLUDE_SUBMODULES | GIT_STATUS_OPT_NO_REFRESH;
  return git::Take<git::StatusListHandle>("read the repository's status", git_status_list_new,
                                          rep.get(), &options);
}

// The index of a tree that lies nowhere but in memory.
class MemoryRepository {
 public:
  MemoryRepository() {
    git::Initialize();
    database_ = git::Take<git::OdbHandle>("open a database in memory", git_odb_new);
    git_odb_backend* backend = nullptr;
    git::Check(git_mempack_new(&backend), "open a database in memory");
    git::Check(git_odb_add_backend(database_.get(), backend, 1), "open a database in memory");
    repository_ = git::Take<git::RepositoryHandle>("open a database in memory",
                                                   git_repository_wrap_odb, database_.get());
  }

  git_oid WriteTree(const Tree& tree) {
    const auto index = git::Take<git::IndexHandle>("make an index", git_index_new);
    for (const auto& [path, entry] : tree) {
      if (entry.kind == EntryKind::kDirectory) continue;
      git_index_entry indexed = {};
      indexed.path = path.c_str();
      indexed.mode = entry.kind == EntryKind::kSymlink ? GIT_FILEMODE_LINK
                     : entry.executable()              ? GIT_FILEMODE_BLOB_EXECUTABLE
                                                       : GIT_FILEMODE_BLOB;
      git::Check(git_odb_write(&indexed.id, database_.get(), entry.bytes.data(), entry.bytes.size(),
                               GIT_OBJECT_BLOB),
                 "hash '" + path + "'");
      git::Check(git_index_add(index.get(), &indexed), "index '" + path + "'");
    }
    git_oid id;
    git::Check(git_index_write_tree_to(&id, index.get(), repository_.get()), "write a tree");
    return id;
  }

 private:
  git::OdbHandle database_;
  git::RepositoryHandle repository_;
};

}  // namespace

RepositoryTree Repository::ReadCommit(const Host& host, const CommitId& commit) const {
  return CommitReader(host, rep_->get()).Read(git::ParseHex(commit));
}

bool Repository::CheckoutConverts(const Host& host, const Tree& tree) const {
  // A clone has no configuration of the source's: only the user's counts.
  return scaffold::CheckoutConverts(host, GitConfig::Load(host), tree);
}

bool Repository::IsDirty(const Host& host) const {
  if (bare()) return false;
  AddUserIgnores(host, *rep_);
  const git::StatusListHandle list = ListStatus(*rep_);
  return git_status_list_entrycount(list.get()) > 0;
}

RepositoryTree Repository::ReadWorkingTree(const Host& host) const {
  AddUserIgnores(host, *rep_);
  const auto index =
      git::Take<git::IndexHandle>("read the index", git_repository_index, rep_->get());
  const fs::path root = git_repository_workdir(rep_->get());
  RepositoryTree result;
  ReadOptions options;
  options.skip = [&](std::string_view path, EntryKind kind) {
    const std::string text(path);
    std::error_code error;
    if (kind == EntryKind::kDirectory && fs::exists(root / text / ".git", error)) {
      result.submodules.push_back(text);
      return true;
    }
    if (git_index_get_bypath(index.get(), text.c_str(), 0) != nullptr) return false;
    if (kind == EntryKind::kDirectory) {
      // Tracked files below an ignored folder stay tracked.
      size_t position = 0;
      if (git_index_find_prefix(&position, index.get(), (text + "/").c_str()) == 0) return false;
    }
    int ignored = 0;
    const std::string query = kind == EntryKind::kDirectory ? text + "/" : text;
    git::Check(git_ignore_path_is_ignored(&ignored, rep_->get(), query.c_str()),
               "read the ignore rules");
    return ignored != 0;
  };
  result.tree = ReadTree(host, root, options);
  for (auto entry = result.tree.entries().begin(); entry != result.tree.end();) {
    if (entry->second.kind == EntryKind::kDirectory) {  // git knows no empty folders
      entry = result.tree.entries().erase(entry);
      continue;
    }
    if (entry->second.kind == EntryKind::kFile) {
      entry->second.mode = CheckoutMode(host, (entry->second.mode & 0100) != 0);
    }
    ++entry;
  }
  return result;
}

CommitId Repository::DraftCommit(const Tree& tree, int64_t time) const {
  const git_oid tree_id = MemoryRepository().WriteTree(tree);
  const std::string person =
      std::string(kDraftName) + " <" + kDraftEmail + "> " + std::to_string(time) + " +0000\n";
  std::string text = "tree " + git::Hex(tree_id) + "\n";
  if (const std::optional<CommitId> head = Head()) text += "parent " + *head + "\n";
  text += "author " + person + "committer " + person + "\n" + kDraftMessage + "\n";
  git_oid id;
  git::Check(git_odb_hash(&id, text.data(), text.size(), GIT_OBJECT_COMMIT), "hash a commit");
  return git::Hex(id);
}

}  // namespace scaffold
