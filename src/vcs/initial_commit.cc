#include "vcs/initial_commit.h"

#include <sys/stat.h>

#include <cstdio>
#include <optional>
#include <utility>

#include "support/file.h"
#include "support/text.h"
#include "vcs/attributes.h"
#include "vcs/config.h"
#include "vcs/git_program.h"
#include "vcs/libgit2.h"
#include "vcs/new_repository.h"
#include "vcs/pack_writer.h"

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

// Writes the index of all files that are not ignored; blobs and trees go to `pack`. Returns the id
// of the top tree.
ObjectId WriteIndex(const fs::path& folder, const Tree& tree, const std::vector<FileStamp>* stamps,
                    const IgnoreRules& ignored, PackWriter* pack) {
  const fs::path path = folder / ".git/index";
  auto index = git::Take<git::IndexHandle>("make the index", git_index_open, path.c_str());
  TreeBuilder trees(pack);
  size_t next_stamp = 0;
  for (const auto& [name, entry] : tree) {
    if (entry.kind == EntryKind::kDirectory) continue;
    const FileStamp* stamp = stamps == nullptr ? nullptr : &(*stamps)[next_stamp++];
    if (ignored.Ignores(name)) continue;
    git_index_entry indexed = {};
    struct stat status = {};
    if (stamp != nullptr) {
      SetStatus(stamp->status, &indexed);
    } else if (lstat((folder / name).c_str(), &status) == 0) {
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
  const ObjectId top = WriteIndex(folder, tree, stamps, ignored, &pack);
  const ObjectId commit =
      pack.Add(PackWriter::Type::kCommit, "tree " + FormatObjectId(top) + "\nauthor " +
                                              FormatIdentity(people.author) + "\ncommitter " +
                                              FormatIdentity(people.committer) + "\n\n" + message);
  pack.Write(folder / ".git/objects/pack");
  return FormatObjectId(commit);
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
