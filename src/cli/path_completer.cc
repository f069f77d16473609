#include "cli/path_completer.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

namespace scaffold::cli {
namespace {

namespace fs = std::filesystem;

// A folder may be huge; more than this nobody looks at.
constexpr size_t kMostCandidates = 1000;

std::vector<std::string> CompletePath(const fs::path& base, std::string_view text) {
  const size_t slash = text.rfind('/');
  const std::string_view folder = slash == text.npos ? "" : text.substr(0, slash + 1);
  const std::string_view start = text.substr(folder.size());
  std::vector<std::string> candidates;
  std::error_code error;
  fs::directory_iterator entry(base / folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(start) || (name.starts_with('.') && !start.starts_with('.'))) continue;
    std::error_code ignored;
    candidates.push_back(std::string(folder) + name + (entry->is_directory(ignored) ? "/" : ""));
    if (candidates.size() == kMostCandidates) break;
  }
  std::sort(candidates.begin(), candidates.end());
  return candidates;
}

}  // namespace

terminal::Completer MakePathCompleter(fs::path base) {
  return [base = std::move(base)](std::string_view text) { return CompletePath(base, text); };
}

}  // namespace scaffold::cli
