#include "project/update_tasks.h"

#include <optional>
#include <utility>

#include "project/project_files.h"
#include "tree/apply_tree.h"
#include "update/merge_entry.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

bool IsContent(const TreeEntry* entry) {
  return entry != nullptr && entry->kind != EntryKind::kDirectory;
}

// What brings the paths of `known` from `now` back to `settled`. A folder that has taken the place
// of a file, or the other way round, is the task's doing on purpose and stays.
TreeChanges FindWayBack(const Tree& known, const Tree& settled, const Tree& now) {
  TreeChanges changes;
  for (const auto& [path, ignored] : known) {
    const TreeEntry* before = settled.Find(path);
    const TreeEntry* after = now.Find(path);
    if (IsContent(before) && (after == nullptr || IsContent(after))) {
      if (after == nullptr || !SameEntry(*before, *after)) changes.writes.Add(path, *before);
    } else if (before == nullptr && IsContent(after)) {
      changes.deletions.push_back(path);
    }
  }
  return changes;
}

}  // namespace

void RunTasksInProject(Session& session, const Tree& known, const Tree& inputs) {
  const fs::path& destination = session.destination;
  const Tree settled = ReadProjectFiles(session.host, destination, known, inputs).files;
  TreeChanges lent;
  Tree all = known;
  for (const auto& [path, entry] : inputs) {
    if (!IsContent(&entry) || known.Find(path) != nullptr) continue;
    all.Add(path, entry);
    if (settled.Find(path) == nullptr) lent.writes.Add(path, entry);
  }
  ApplyTree(session.host, lent, destination);
  std::optional<Error> failure;
  try {
    RunTasksIn(session, destination);
  } catch (const Error& error) {
    failure = error;
  }
  const Tree now = ReadProjectFiles(session.host, destination, all, {}).files;
  ApplyTree(session.host, FindWayBack(all, settled, now), destination);
  if (failure) throw *failure;
}

}  // namespace scaffold
