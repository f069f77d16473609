#include "update/renames.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace scaffold {
namespace {

using Origin = std::pair<std::string, std::string>;  // template file, yield item

// Paths by where they came from; those that share an origin are left out.
std::map<Origin, std::string> PathsByOrigin(const Tree& tree) {
  std::map<Origin, std::string> paths;
  std::set<Origin> shared;
  for (const auto& [path, entry] : tree) {
    if (entry.kind == EntryKind::kDirectory || entry.origin.template_path.empty()) continue;
    const Origin origin = {entry.origin.template_path, entry.origin.yield_item};
    if (!paths.emplace(origin, path).second) shared.insert(origin);
  }
  for (const Origin& origin : shared) paths.erase(origin);
  return paths;
}

}  // namespace

std::vector<Rename> MatchRenames(const Tree& base, const Tree& theirs,
                                 const std::vector<Rename>& template_renames,
                                 const std::function<bool(const std::string&)>& is_edited) {
  std::map<std::string, std::string> renamed;  // template files
  for (const Rename& rename : template_renames) renamed[rename.from] = rename.to;
  const std::map<Origin, std::string> targets = PathsByOrigin(theirs);
  std::vector<Rename> renames;
  std::set<std::string, std::less<>> sources_done, targets_done;
  for (const auto& [origin, path] : PathsByOrigin(base)) {
    const auto moved = renamed.find(origin.first);
    const auto target =
        targets.find({moved == renamed.end() ? origin.first : moved->second, origin.second});
    if (target == targets.end()) continue;
    sources_done.insert(path);
    targets_done.insert(target->second);
    if (target->second != path) renames.push_back({path, target->second});
  }

  Tree gone, added;
  bool matters = false;
  for (const auto& [path, entry] : base) {
    if (theirs.Find(path) != nullptr || sources_done.contains(path)) continue;
    if (entry.kind == EntryKind::kDirectory) continue;
    gone.Add(path, entry);
    matters = matters || is_edited(path);
  }
  if (matters) {
    for (const auto& [path, entry] : theirs) {
      if (base.Find(path) != nullptr || targets_done.contains(path)) continue;
      if (entry.kind != EntryKind::kDirectory) added.Add(path, entry);
    }
    for (Rename& rename : FindRenames(gone, added)) renames.push_back(std::move(rename));
  }
  std::sort(renames.begin(), renames.end(),
            [](const Rename& a, const Rename& b) { return a.from < b.from; });
  return renames;
}

}  // namespace scaffold
