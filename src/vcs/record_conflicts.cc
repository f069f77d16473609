// Unmerged paths, written to the index.

#include <sys/stat.h>

#include "support/file.h"
#include "support/text.h"
#include "vcs/index_lock.h"
#include "vcs/work_tree_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr int kStages = 3;

// The sides of a conflict in the order of git's stages.
struct Sides {
  explicit Sides(const IndexConflict& conflict)
      : entries{conflict.base ? &*conflict.base : nullptr,
                conflict.ours ? &*conflict.ours : nullptr,
                conflict.theirs ? &*conflict.theirs : nullptr} {}
  bool empty() const { return !entries[0] && !entries[1] && !entries[2]; }
  const StageEntry* entries[kStages];  // null: absent
};

git_filemode_t ModeOf(const StageEntry& entry) {
  if (entry.symlink) return GIT_FILEMODE_LINK;
  return entry.executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

// git looks at the content of files that are as young as the index, by the second: stored times
// cannot tell whether those were edited since. A new index is younger, so that they must be marked,
// as git does it: with the size 0. libgit2 counts nanoseconds and leaves out most of them.
void MarkYoungFiles(git_index* index, int64_t index_time) {
  struct Young {
    std::string path;
    git_index_entry entry;
  };
  std::vector<Young> young;
  const size_t count = git_index_entrycount(index);
  for (size_t i = 0; i < count; ++i) {
    const git_index_entry& entry = *git_index_get_byindex(index, i);
    if (git_index_entry_stage(&entry) != 0 || entry.mode == GIT_FILEMODE_COMMIT) continue;
    if (entry.mtime.seconds >= index_time) young.push_back({entry.path, entry});
  }
  for (Young& file : young) {
    file.entry.path = file.path.c_str();
    file.entry.file_size = 0;
    git::Check(git_index_add(index, &file.entry), "mark '" + file.path + "' in the index");
  }
}

void WriteWithLibrary(const WorkTree::Rep& rep, const fs::path& index_file,
                      const std::vector<IndexConflict>& conflicts) {
  const auto index =
      git::Take<git::IndexHandle>("read the index", git_index_open, index_file.c_str());
  struct stat before = {};
  const bool exists = stat((rep.git_directory / "index").c_str(), &before) == 0;
  if (exists) MarkYoungFiles(index.get(), before.st_mtim.tv_sec);
  for (const IndexConflict& conflict : conflicts) {
    const Sides sides(conflict);
    if (sides.empty()) continue;
    git_index_entry entries[kStages] = {};
    const git_index_entry* given[kStages] = {};
    for (int i = 0; i < kStages; ++i) {
      const StageEntry* side = sides.entries[i];
      if (side == nullptr) continue;
      entries[i].path = conflict.path.c_str();
      entries[i].mode = ModeOf(*side);
      git::Check(git_blob_create_from_buffer(&entries[i].id, rep.repository.get(),
                                             side->bytes.data(), side->bytes.size()),
                 "write a side of '" + conflict.path + "'");
      given[i] = &entries[i];
    }
    for (int stage = 0; stage <= kStages; ++stage) {
      git_index_remove(index.get(), conflict.path.c_str(), stage);  // fails where none is
    }
    git::Check(git_index_conflict_add(index.get(), given[0], given[1], given[2]),
               "make '" + conflict.path + "' unmerged");
  }
  git::Check(git_index_write(index.get()), "write the index");
}

// The ids of all sides, in order: of what `git add` would store of them.
std::vector<std::string> WriteBlobs(const WorkTree::Rep& rep,
                                    const std::vector<IndexConflict>& conflicts) {
  std::vector<std::string> ids;
  for (const IndexConflict& conflict : conflicts) {
    for (const StageEntry* side : Sides(conflict).entries) {
      if (side == nullptr) continue;
      const std::string how = side->symlink ? "--no-filters" : "--path=" + conflict.path;
      ids.push_back(
          rep.program.Output(rep.root, {"hash-object", "-w", how, "--stdin"}, side->bytes));
    }
  }
  return ids;
}

// As git writes modes: six octal digits.
std::string FormatMode(git_filemode_t mode) {
  switch (mode) {
    case GIT_FILEMODE_LINK:
      return "120000";
    case GIT_FILEMODE_BLOB_EXECUTABLE:
      return "100755";
    case GIT_FILEMODE_BLOB:
    case GIT_FILEMODE_TREE:
    case GIT_FILEMODE_COMMIT:
    case GIT_FILEMODE_UNREADABLE:
      break;
  }
  return "100644";
}

void WriteWithProgram(const WorkTree::Rep& rep, const fs::path& index_file,
                      const std::vector<IndexConflict>& conflicts) {
  const std::vector<std::string> ids = WriteBlobs(rep, conflicts);
  std::string input;
  size_t next = 0;
  for (const IndexConflict& conflict : conflicts) {
    const Sides sides(conflict);
    if (sides.empty()) continue;
    const std::string end = "\t" + conflict.path + '\0';
    input += "0 " + std::string(ids[next].size(), '0') + end;  // all stages go
    for (int i = 0; i < kStages; ++i) {
      if (sides.entries[i] == nullptr) continue;
      input += FormatMode(ModeOf(*sides.entries[i])) + " " + ids[next++] + " " +
               std::to_string(i + 1) + end;
    }
  }
  GitProgram program = rep.program;
  program.SetVariable("GIT_INDEX_FILE", index_file.string());
  program.Output(rep.root, {"update-index", "-z", "--index-info"}, input);
}

}  // namespace

void WorkTree::RecordConflicts(const std::vector<IndexConflict>& conflicts) const {
  const TempDir folder(rep_->git_directory, "scaffold-index-");
  RecordConflicts(conflicts, folder.path());
}

void WorkTree::RecordConflicts(const std::vector<IndexConflict>& conflicts,
                               const fs::path& folder) const {
  bool any = false;
  for (const IndexConflict& conflict : conflicts) any = any || !Sides(conflict).empty();
  if (!any) return;
  IndexLock lock(rep_->git_directory, folder);
  // The git program keeps every extension of the index.
  if (rep_->repository == nullptr || rep_->program.IsAvailable()) {
    WriteWithProgram(*rep_, lock.new_index(), conflicts);
  } else {
    WriteWithLibrary(*rep_, lock.new_index(), conflicts);
  }
  lock.Commit();
}

void WorkTree::RemoveStaleLock() const { RemoveStaleIndexLock(rep_->git_directory); }

}  // namespace scaffold
