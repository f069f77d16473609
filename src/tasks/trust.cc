#include "tasks/trust.h"

#include <algorithm>
#include <set>

#include "scaffold/error.h"
#include "support/text.h"
#include "tasks/trust_url.h"

namespace scaffold {

std::vector<std::string> UnsafeFeatures(const UnsafeUse& use) {
  std::set<std::string> features;
  if (!use.manifest->jinja_extensions.empty()) features.insert("jinja_extensions");
  if (!use.manifest->tasks.empty() && !use.skip_tasks) features.insert("tasks");
  if (use.old_manifest != nullptr) {
    if (!use.old_manifest->jinja_extensions.empty()) features.insert("jinja_extensions");
    if (!use.old_manifest->tasks.empty()) features.insert("tasks");
  }
  if (use.migrations) features.insert("migrations");
  return {features.begin(), features.end()};
}

void ThrowUnsafe(const std::vector<std::string>& features) {
  throw Error(ErrorKind::kUnsafe,
              "Template uses potentially unsafe feature" +
                  std::string(features.size() > 1 ? "s" : "") + ": " + Join(features, ", ") +
                  ".\nIf you trust this template, consider adding the `--trust` option when "
                  "running `copier copy/update`.");
}

bool IsTrusted(const std::vector<std::string>& trust, std::string_view url,
               const std::filesystem::path& home) {
  const ComparableUrl wanted = MakeComparable(url, home);
  return std::any_of(trust.begin(), trust.end(), [&](const std::string& entry) {
    const ComparableUrl trusted = MakeComparable(entry, home);
    if (wanted.ambiguous || trusted.ambiguous) return url == entry;
    return entry.ends_with('/') ? wanted.text.starts_with(trusted.text)
                                : wanted.text == trusted.text;
  });
}

}  // namespace scaffold
