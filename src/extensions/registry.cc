#include "extensions/registry.h"

#include <algorithm>
#include <array>

#include "extensions/ansible_filters.h"
#include "extensions/cookiecutter_extensions.h"
#include "extensions/machine_extensions.h"
#include "extensions/strcase.h"
#include "extensions/time_tag.h"
#include "jinja/environment.h"
#include "support/text.h"

namespace scaffold {
namespace {

struct Row {
  std::string_view import_path;
  void (*configure)(jinja::Options* options);        // null: nothing to set
  void (*install)(jinja::Environment* environment);  // null: nothing to add
  // Of those that look at the machine.
  void (*install_with_host)(jinja::Environment* environment, const Host& host) = nullptr;
};

void EnableDo(jinja::Options* options) { options->extensions.do_statement = true; }
void EnableLoopControls(jinja::Options* options) { options->extensions.loop_controls = true; }
void EnableI18n(jinja::Options* options) { options->extensions.i18n = true; }
void EnableDebug(jinja::Options* options) { options->extensions.debug = true; }

constexpr Row kRows[] = {
    {"jinja2.ext.do", EnableDo, nullptr},
    {"jinja2.ext.ExprStmtExtension", EnableDo, nullptr},
    {"jinja2.ext.loopcontrols", EnableLoopControls, nullptr},
    {"jinja2.ext.LoopControlExtension", EnableLoopControls, nullptr},
    {"jinja2.ext.i18n", EnableI18n, nullptr},
    {"jinja2.ext.InternationalizationExtension", EnableI18n, nullptr},
    {"jinja2.ext.debug", EnableDebug, nullptr},
    {"jinja2.ext.DebugExtension", EnableDebug, nullptr},
    {"jinja2_ansible_filters.AnsibleCoreFiltersExtension", nullptr, InstallAnsibleFilters},
    {"jinja2_ansible_filters.AnsibleCoreFilters", nullptr, InstallAnsibleFilters},
    {"jinja2_time.TimeExtension", nullptr, AddTimeTag},
    {"jinja2_time.jinja2_time.TimeExtension", nullptr, AddTimeTag},
    {"cookiecutter.extensions.TimeExtension", nullptr, AddTimeTag},
    {"cookiecutter.extensions.JsonifyExtension", nullptr, AddJsonify},
    {"cookiecutter.extensions.RandomStringExtension", nullptr, AddRandomString},
    {"cookiecutter.extensions.SlugifyExtension", nullptr, AddSlugify},
    {"cookiecutter.extensions.UUIDExtension", nullptr, AddUuid},
    {"jinja2_getenv_extension.GetenvExtension", nullptr, nullptr, AddGetenv},
    {"jinja2_git_dir.GitDirectoryExtension", nullptr, nullptr, AddGitDirectory},
    {"jinja2_shell_extension.ShellExtension", nullptr, nullptr, AddShell},
    {"jinja2_strcase.StrcaseExtension", nullptr, AddStrcase},
    {"jinja2_strcase.jinja2_strcase.StrcaseExtension", nullptr, AddStrcase},
};

// Python takes "module:Class" as well.
std::string Normalized(std::string_view import_path) { return ReplaceAll(import_path, ":", "."); }

const Row* FindRow(std::string_view import_path) {
  const std::string path = Normalized(import_path);
  const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                [&](const Row& r) { return r.import_path == path; });
  return row == std::end(kRows) ? nullptr : row;
}

std::string_view ModuleOf(std::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(0, dot);
}

// The first part of a module's path that no known module has: what Python says is missing. Empty
// when the whole module is known.
std::string MissingModule(std::string_view module) {
  for (size_t end = 0; end < module.size();) {
    end = std::min(module.find('.', end + 1), module.size());
    const std::string_view part = module.substr(0, end);
    const bool known = std::any_of(std::begin(kRows), std::end(kRows), [&](const Row& row) {
      const std::string_view other = ModuleOf(row.import_path);
      return other == part || other.starts_with(std::string(part) + ".");
    });
    if (!known) return std::string(part);
  }
  return {};
}

[[noreturn]] void ThrowUnknown(std::string_view import_path) {
  const std::string path = Normalized(import_path);
  if (path.empty()) throw Error(ErrorKind::kValue, "Empty module name");
  const std::string_view module = ModuleOf(path);
  const std::string missing = MissingModule(module);
  if (missing.empty() && module.size() < path.size()) {
    throw Error(ErrorKind::kAttribute, "module '" + std::string(module) + "' has no attribute '" +
                                           path.substr(module.size() + 1) + "'");
  }
  throw MissingModuleError(missing).WithHelp(
      "without Python only a fixed set of published extensions is known");
}

std::array<std::span<const jinja::FilterRow>, 6> AnsibleTables() {
  return {AnsibleDataFilters(),   AnsiblePathFilters(), AnsibleRandomFilters(),
          AnsibleSerialFilters(), AnsibleTextFilters(), AnsibleTimeFilters()};
}

}  // namespace

bool IsKnownExtension(std::string_view import_path) { return FindRow(import_path) != nullptr; }

bool IsPureExtension(std::string_view import_path) {
  const Row* row = FindRow(import_path);
  return row != nullptr && row->install_with_host == nullptr;
}

Error MissingModuleError(const std::string& module) {
  return Error(ErrorKind::kUser,
               "Copier could not load some Jinja extensions:\nNo module named '" + module +
                   "'\nMake sure to install these extensions alongside Copier itself.\n"
                   "See the docs at "
                   "https://copier.readthedocs.io/en/latest/configuring/#jinja_extensions");
}

void ConfigureExtensions(const std::vector<std::string>& import_paths, jinja::Options* options) {
  for (const std::string& path : import_paths) {
    const Row* row = FindRow(path);
    if (row == nullptr) ThrowUnknown(path);
    if (row->configure != nullptr) row->configure(options);
  }
}

void InstallExtensions(const std::vector<std::string>& import_paths,
                       jinja::Environment* environment, const Host* host) {
  for (const std::string& path : import_paths) {
    const Row* row = FindRow(path);
    if (row == nullptr) continue;
    if (row->install != nullptr) row->install(environment);
    if (row->install_with_host == nullptr) continue;
    if (host == nullptr) ThrowUnknown(path);
    row->install_with_host(environment, *host);
  }
}

void InstallCookiecutterExtensions(jinja::Environment* environment) {
  AddJsonify(environment);
  AddRandomString(environment);
  AddSlugify(environment);
  AddTimeTag(environment);
  AddUuid(environment);
}

void InstallAnsibleFilters(jinja::Environment* environment) {
  static const jinja::FilterTable table = [] {
    jinja::FilterTable filters;
    for (const auto& rows : AnsibleTables()) jinja::AddFilters(&filters, rows);
    return filters;
  }();
  jinja::AddFilterTable(*environment, &table);
}

std::vector<std::string> AnsibleFilterNames() {
  std::vector<std::string> names;
  for (const auto& rows : AnsibleTables()) {
    for (const jinja::FilterRow& row : rows) names.emplace_back(row.name);
  }
  return names;
}

}  // namespace scaffold
