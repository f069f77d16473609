#include "vcs/initial_commit.h"

#include <sys/stat.h>

#include <map>
#include <optional>
#include <utility>

#include "support/file.h"
#include "support/text.h"
#include "vcs/attributes.h"
#include "vcs/config.h"
#include "vcs/git_program.h"
#include "vcs/libgit2.h"
#include "vcs/new_repository.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr char kSystemHooks[] = "/usr/share/git-core/templates/hooks";

bool HasHooks(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() != ".sample") return true;
  }
  return false;
}

// Whatever our own way of making a repository does not know.
bool NeedsGitProgram(const Host& host, const GitConfig& config, const Tree& tree) {
  for (const char* variable : {"GIT_TEMPLATE_DIR", "GIT_DEFAULT_HASH", "GIT_DEFAULT_REF_FORMAT"}) {
    if (host.Variable(variable)) return true;
  }
  for (const char* name :
       {"core.hookspath", "init.templatedir", "init.defaultobjectformat", "init.defaultrefformat",
        "core.sharedrepository", "core.filemode", "core.symlinks", "i18n.commitencoding"}) {
    if (config.Find(name)) return true;
  }
  return config.FindBool("commit.gpgsign") == true || HasHooks(kSystemHooks) ||
         AddConverts(host, config, tree);
}

InitialCommit CommitWithGitProgram(const GitProgram& git, const fs::path& folder,
                                   const std::string& message, bool has_identity) {
  git.Output(folder, {"init", "--quiet"});
  InitialCommit result;
  result.branch = git.Output(folder, {"symbolic-ref", "--short", "HEAD"});
  if (!has_identity) return result;
  git.Output(folder, {"add", "--all"});
  git.Output(folder, {"commit", "--quiet", "--allow-empty", "--file=-"}, message);
  result.committed = true;
  return result;
}

// Which files of the tree git would not add.
class IgnoreRules {
 public:
  IgnoreRules(const Host& host, const GitConfig& config, const fs::path& folder, const Tree& tree) {
    const fs::path user_file = UserIgnoreFile(host, config);
    const auto user_rules = ReadFileIfExists(user_file);
    bool any = user_rules.has_value();
    for (const auto& [path, entry] : tree) {
      any |= path == ".gitignore" || path.ends_with("/.gitignore");
    }
    if (!any) return;
    repository_ = git::Take<git::RepositoryHandle>("open the new repository", git_repository_open,
                                                   folder.c_str());
    if (user_rules) git_ignore_add_rule(repository_.get(), user_rules->c_str());
  }

  bool Ignores(const std::string& path) const {
    if (repository_ == nullptr) return false;
    int ignored = 0;
    git::Check(git_ignore_path_is_ignored(&ignored, repository_.get(), path.c_str()),
               "read the ignore rules");
    return ignored != 0;
  }

 private:
  git::RepositoryHandle repository_;
};

// Objects collect in memory and end up in one pack.
class PackWriter {
 public:
  PackWriter() : database_(git::Take<git::OdbHandle>("open a database in memory", git_odb_new)) {
    git::Check(git_mempack_new(&backend_), "open a database in memory");
    git::Check(git_odb_add_backend(database_.get(), backend_, 1), "open a database in memory");
    repository_ = git::Take<git::RepositoryHandle>("open a database in memory",
                                                   git_repository_wrap_odb, database_.get());
  }

  git_repository* repository() const { return repository_.get(); }

  git_oid Write(std::string_view bytes, git_object_t type) {
    git_oid id;
    git::Check(git_odb_write(&id, database_.get(), bytes.data(), bytes.size(), type),
               "write an object");
    return id;
  }

  void WritePack(const fs::path& pack_folder) {
    git::Buffer pack;
    git::Check(git_mempack_dump(pack.get(), repository_.get(), backend_), "pack the objects");
    git_indexer* indexer = nullptr;
    git::Check(git_indexer_new(&indexer, pack_folder.c_str(), 0444, nullptr, nullptr),
               "write the pack");
    const std::unique_ptr<git_indexer, git::Freer<git_indexer_free>> owner(indexer);
    git_indexer_progress progress = {};
    git::Check(git_indexer_append(indexer, pack.view().data(), pack.view().size(), &progress),
               "write the pack");
    git::Check(git_indexer_commit(indexer, &progress), "write the pack");
  }

 private:
  git::OdbHandle database_;
  git_odb_backend* backend_ = nullptr;  // owned by database_
  git::RepositoryHandle repository_;
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

// The index of all files that are not ignored; their blobs go to `pack`.
git::IndexHandle MakeIndex(const fs::path& folder, const Tree& tree,
                           const std::vector<FileStamp>* stamps, const IgnoreRules& ignored,
                           PackWriter* pack) {
  const fs::path path = folder / ".git/index";
  auto index = git::Take<git::IndexHandle>("make the index", git_index_open, path.c_str());
  size_t next_stamp = 0;
  for (const auto& [name, entry] : tree) {
    if (entry.kind == EntryKind::kDirectory) continue;
    git_index_entry indexed = {};
    struct stat status = {};
    if (stamps != nullptr) {
      SetStatus((*stamps)[next_stamp++].status, &indexed);
    } else if (lstat((folder / name).c_str(), &status) == 0) {
      SetStatus(status, &indexed);
    }
    if (ignored.Ignores(name)) continue;
    indexed.path = name.c_str();
    indexed.mode = entry.kind == EntryKind::kSymlink ? GIT_FILEMODE_LINK
                   : (entry.mode & 0100) != 0        ? GIT_FILEMODE_BLOB_EXECUTABLE
                                                     : GIT_FILEMODE_BLOB;
    indexed.id = pack->Write(entry.bytes, GIT_OBJECT_BLOB);
    git::Check(git_index_add(index.get(), &indexed), "add '" + name + "' to the index");
  }
  return index;
}

// Lines without blanks at their ends, no empty lines around, one newline at the end.
std::string CleanMessage(const std::string& message) {
  git::Buffer clean;
  git::Check(git_message_prettify(clean.get(), message.c_str(), 0, '#'), "read the message");
  if (clean.view().empty()) {
    throw Error(ErrorKind::kUser, "the commit message is empty")
        .WithHelp("give another one with --commit-message");
  }
  return std::string(clean.view());
}

struct Identities {
  GitIdentity author;
  GitIdentity committer;
};

std::string CommitDirectly(const fs::path& folder, const Tree& tree, const std::string& message,
                           const std::vector<FileStamp>* stamps, const Identities& people,
                           const IgnoreRules& ignored) {
  PackWriter pack;
  const git::IndexHandle index = MakeIndex(folder, tree, stamps, ignored, &pack);
  git_oid tree_id;
  git::Check(git_index_write_tree_to(&tree_id, index.get(), pack.repository()), "write the tree");
  const git_oid commit =
      pack.Write("tree " + git::Hex(tree_id) + "\nauthor " + FormatIdentity(people.author) +
                     "\ncommitter " + FormatIdentity(people.committer) + "\n\n" + message,
                 GIT_OBJECT_COMMIT);
  pack.WritePack(folder / ".git/objects/pack");
  git::Check(git_index_write(index.get()), "write the index");
  return git::Hex(commit);
}

}  // namespace

InitialCommit CreateInitialCommit(const Host& host, const fs::path& folder, const Tree& tree,
                                  const std::string& message,
                                  const std::vector<FileStamp>* stamps) {
  const GitConfig config = GitConfig::Load(host);
  const std::string clean = CleanMessage(message);
  const auto author = FindIdentity(host, config, IdentityRole::kAuthor);
  const auto committer = FindIdentity(host, config, IdentityRole::kCommitter);
  const bool has_identity = author && committer;
  const bool odd_date = has_identity && !(author->date_known && committer->date_known);
  if (odd_date || NeedsGitProgram(host, config, tree)) {
    const GitProgram git(host, GitTrust::kOwn);
    if (git.IsAvailable()) return CommitWithGitProgram(git, folder, clean, has_identity);
  }
  InitialCommit result;
  result.branch = config.Find("init.defaultbranch").value_or("master");
  InitializeRepository(folder, result.branch);
  if (!has_identity) return result;
  const IgnoreRules ignored(host, config, folder, tree);
  const std::string commit =
      CommitDirectly(folder, tree, clean, stamps, {*author, *committer}, ignored);
  RecordFirstCommit(folder, result.branch, commit, *committer, clean);
  result.committed = true;
  return result;
}

}  // namespace scaffold
