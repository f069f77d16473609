#include "source/template_renames.h"

#include <map>
#include <utility>

#include "source/mirror.h"
#include "source/source_name.h"
#include "support/text.h"
#include "vcs/git_program.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

fs::path RepositoryOf(const Host& host, const SourceName& name) {
  switch (name.kind) {
    case SourceKind::kPath:
      return name.path;
    case SourceKind::kRemote:
      return MirrorPath(host, name.url);
    case SourceKind::kBundled:
    case SourceKind::kArchive:
      break;
  }
  return {};
}

// "R100\0old\0new\0" for each rename, the oldest commit first.
std::vector<Rename> ParseLog(const std::string& log) {
  std::vector<Rename> renames;
  const std::vector<std::string_view> fields = Split(log, '\0');
  for (size_t i = 0; i + 2 < fields.size(); ++i) {
    const std::string_view status = StripBlanks(fields[i]);
    if (!status.starts_with('R')) continue;
    renames.push_back({std::string(fields[i + 1]), std::string(fields[i + 2])});
    i += 2;
  }
  return renames;
}

}  // namespace

std::vector<Rename> ReadTemplateRenames(const Host& host, const std::string& source,
                                        const std::string& before, const std::string& after) {
  const SourceName name = ParseSourceName(host, source);
  const fs::path repository = RepositoryOf(host, name);
  std::error_code error;
  if (before.empty() || after.empty() || !fs::is_directory(repository, error)) return {};
  const auto log =
      GitProgram(host, GitTrust::kForeign)
          .TryRun(repository, {"log", "-z", "--reverse", "--first-parent", "-m", "-M",
                               "--diff-filter=R", "--name-status", "--format=", "--no-ext-diff",
                               "--no-textconv", before + ".." + after, "--"});
  if (!log || log->exit_status != 0) return {};

  const std::string prefix = name.folder.empty() ? "" : name.folder + "/";
  std::map<std::string, std::string> origin;  // where a file of the moment was at the beginning
  for (const Rename& step : ParseLog(log->output)) {
    if (!step.from.starts_with(prefix) || !step.to.starts_with(prefix)) continue;
    const std::string from = step.from.substr(prefix.size());
    const auto known = origin.find(from);
    const std::string first = known == origin.end() ? from : known->second;
    if (known != origin.end()) origin.erase(known);
    origin[step.to.substr(prefix.size())] = first;
  }
  std::vector<Rename> renames;
  for (auto& [to, from] : origin) {
    if (from != to) renames.push_back({from, to});
  }
  return renames;
}

}  // namespace scaffold
