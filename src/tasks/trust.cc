#include "tasks/trust.h"

#include <algorithm>
#include <set>

#include "extensions/registry.h"
#include "scaffold/error.h"
#include "support/text.h"
#include "tasks/trust_url.h"

namespace scaffold {

namespace {

// What we have ourselves runs no code of anybody; Copier asks for it all the same.
bool HasForeignExtensions(const Manifest& manifest) {
  const auto& extensions = manifest.jinja_extensions;
  if (manifest.format == ManifestFormat::kCopier) return !extensions.empty();
  return !std::all_of(extensions.begin(), extensions.end(), IsPureExtension);
}

void AddFeatures(const Manifest& manifest, bool skip_tasks, std::set<std::string>* features) {
  if (HasForeignExtensions(manifest)) features->insert("jinja_extensions");
  if (skip_tasks || !RunsCommands(manifest)) return;
  features->insert(manifest.format == ManifestFormat::kCookiecutter ? "hooks" : "tasks");
}

}  // namespace

bool RunsCommands(const Manifest& manifest) {
  return !manifest.cookiecutter.scripts_first.empty() || !manifest.tasks_before.empty() ||
         !manifest.tasks.empty();
}

std::vector<std::string> UnsafeFeatures(const UnsafeUse& use) {
  std::set<std::string> features;
  AddFeatures(*use.manifest, use.skip_tasks, &features);
  if (use.old_manifest != nullptr) AddFeatures(*use.old_manifest, false, &features);
  if (use.migrations) features.insert("migrations");
  return {features.begin(), features.end()};
}

void ThrowUnsafe(const std::vector<std::string>& features) {
  throw Error(ErrorKind::kUnsafe, "Template uses potentially unsafe feature" +
                                      std::string(features.size() > 1 ? "s" : "") + ": " +
                                      Join(features, ", ") + ".")
      .WithHelp("if you trust it, add --trust");
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
