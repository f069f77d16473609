#include "vcs/config.h"

#include <unistd.h>

#include <charconv>
#include <ctime>
#include <utility>

#include "support/text.h"
#include "vcs/config_rep.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> NonEmpty(const Host& host, const std::string& name) {
  std::optional<std::string> value = host.Variable(name);
  if (value && value->empty()) return std::nullopt;
  return value;
}

fs::path XdgFolder(const Host& host) {
  if (const auto folder = NonEmpty(host, "XDG_CONFIG_HOME")) return fs::path(*folder) / "git";
  return host.HomeDirectory() / ".config/git";
}

void AddFile(git_config* config, const fs::path& path, git_config_level_t level) {
  if (access(path.c_str(), R_OK) != 0) return;
  git::Check(git_config_add_file_ondisk(config, path.c_str(), level, nullptr, 1),
             "read '" + path.string() + "'");
}

void AddUserFiles(const Host& host, git_config* config) {
  if (!host.Variable("GIT_CONFIG_NOSYSTEM")) {
    AddFile(config, host.Variable("GIT_CONFIG_SYSTEM").value_or("/etc/gitconfig"),
            GIT_CONFIG_LEVEL_SYSTEM);
  }
  if (const auto global = host.Variable("GIT_CONFIG_GLOBAL")) {
    if (!global->empty()) AddFile(config, *global, GIT_CONFIG_LEVEL_GLOBAL);
    return;
  }
  AddFile(config, XdgFolder(host) / "config", GIT_CONFIG_LEVEL_XDG);
  AddFile(config, host.HomeDirectory() / ".gitconfig", GIT_CONFIG_LEVEL_GLOBAL);
}

// Section and variable names know no case; what is between them does.
std::string NormalizeName(const std::string& name) {
  const size_t first = name.find('.');
  const size_t last = name.rfind('.');
  if (first == std::string::npos) return ToLowerAscii(name);
  return ToLowerAscii(name.substr(0, first)) + name.substr(first, last - first) +
         ToLowerAscii(name.substr(last));
}

std::map<std::string, std::vector<std::string>> ReadVariables(const Host& host) {
  std::map<std::string, std::vector<std::string>> variables;
  const std::string count_text = host.Variable("GIT_CONFIG_COUNT").value_or("0");
  size_t count = 0;
  std::from_chars(count_text.data(), count_text.data() + count_text.size(), count);
  for (size_t i = 0; i < count; ++i) {
    const auto key = host.Variable("GIT_CONFIG_KEY_" + std::to_string(i));
    const auto value = host.Variable("GIT_CONFIG_VALUE_" + std::to_string(i));
    if (!key || !value) break;
    variables[NormalizeName(*key)].push_back(*value);
  }
  return variables;
}

// "@SECONDS +ZONE" or "SECONDS +ZONE" as git itself writes dates, or ISO 8601 in UTC offset form.
bool ParseDate(std::string_view text, GitIdentity* identity) {
  if (text.starts_with('@')) text.remove_prefix(1);
  std::tm parts = {};
  std::string zone;
  const std::string copy(text);
  const char* rest = strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest == nullptr) rest = strptime(copy.c_str(), "%Y-%m-%d %H:%M:%S", &parts);
  if (rest != nullptr) {
    identity->time = timegm(&parts);
    zone = StripBlanks(rest);
    if (zone.empty()) return false;  // local time: git knows the zone
    if (zone == "Z") zone = "+0000";
    zone = ReplaceAll(zone, ":", "");
  } else {
    const size_t blank = text.find(' ');
    const std::string_view seconds = text.substr(0, blank);
    const auto [end, error] =
        std::from_chars(seconds.data(), seconds.data() + seconds.size(), identity->time);
    if (error != std::errc() || end != seconds.data() + seconds.size()) return false;
    zone = blank == std::string_view::npos ? "+0000" : std::string(StripBlanks(text.substr(blank)));
  }
  int number = 0;
  const char* digits = zone.c_str() + 1;
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-') ||
      std::from_chars(digits, zone.c_str() + zone.size(), number).ec != std::errc()) {
    return false;
  }
  const int minutes = number / 100 * 60 + number % 100;
  identity->offset_minutes = zone[0] == '-' ? -minutes : minutes;
  if (rest != nullptr) identity->time -= int64_t{60} * identity->offset_minutes;
  return true;
}

// git takes these away from the ends of names and addresses, and some from inside.
std::string WithoutCrud(std::string_view text) {
  const auto is_crud = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' ||
           std::string_view(".,:;<>\"\\'").find(c) != std::string_view::npos;
  };
  while (!text.empty() && is_crud(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_crud(text.back())) text.remove_suffix(1);
  std::string clean;
  for (const char c : text) {
    if (c != '\n' && c != '<' && c != '>') clean += c;
  }
  return clean;
}

int LocalOffsetMinutes(int64_t time) {
  const std::time_t seconds = static_cast<std::time_t>(time);
  std::tm local = {};
  localtime_r(&seconds, &local);
  return static_cast<int>(local.tm_gmtoff / 60);
}

}  // namespace

GitConfig::GitConfig(std::unique_ptr<Rep> rep) : rep_(std::move(rep)) {}
GitConfig::~GitConfig() = default;
GitConfig::GitConfig(GitConfig&&) noexcept = default;

GitConfig GitConfig::Load(const Host& host, const fs::path& git_directory) {
  git::Initialize();
  auto rep = std::make_unique<Rep>();
  rep->config = git::Take<git::ConfigHandle>("read git's configuration", git_config_new);
  rep->home = host.HomeDirectory();
  AddUserFiles(host, rep->config.get());
  if (!git_directory.empty()) {
    AddFile(rep->config.get(), git_directory / "config", GIT_CONFIG_LEVEL_LOCAL);
  }
  rep->variables = ReadVariables(host);
  return GitConfig(std::move(rep));
}

std::optional<std::string> GitConfig::Find(const std::string& name) const {
  if (const auto found = rep_->variables.find(name); found != rep_->variables.end()) {
    return found->second.back();
  }
  git::Buffer value;
  if (git_config_get_string_buf(value.get(), rep_->config.get(), name.c_str()) != 0) {
    return std::nullopt;
  }
  return std::string(value.view());
}

std::optional<bool> GitConfig::FindBool(const std::string& name) const {
  if (!rep_->variables.contains(name)) {
    int value = 0;
    if (git_config_get_bool(&value, rep_->config.get(), name.c_str()) != 0) return std::nullopt;
    return value != 0;
  }
  int value = 0;
  if (git_config_parse_bool(&value, Find(name)->c_str()) != 0) return std::nullopt;
  return value != 0;
}

std::optional<fs::path> GitConfig::FindPath(const std::string& name) const {
  const std::optional<std::string> value = Find(name);
  if (!value) return std::nullopt;
  return value->starts_with("~/") ? rep_->home / value->substr(2) : fs::path(*value);
}

std::vector<std::string> GitConfig::FindAll(const std::string& name) const {
  std::vector<std::string> values;
  git_config_get_multivar_foreach(
      rep_->config.get(), name.c_str(), nullptr,
      [](const git_config_entry* entry, void* payload) {
        static_cast<std::vector<std::string>*>(payload)->emplace_back(entry->value);
        return 0;
      },
      &values);
  git_error_clear();
  if (const auto found = rep_->variables.find(name); found != rep_->variables.end()) {
    values.insert(values.end(), found->second.begin(), found->second.end());
  }
  return values;
}

std::optional<GitIdentity> FindIdentity(const Host& host, const GitConfig& config,
                                        IdentityRole role) {
  const bool author = role == IdentityRole::kAuthor;
  const std::string section = author ? "author." : "committer.";
  const std::string prefix = author ? "GIT_AUTHOR_" : "GIT_COMMITTER_";
  const auto find = [&](const std::string& variable, const std::string& key) {
    std::optional<std::string> value = NonEmpty(host, prefix + variable);
    if (!value) value = config.Find(section + key);
    if (!value) value = config.Find("user." + key);
    return value;
  };
  const std::optional<std::string> name = find("NAME", "name");
  std::optional<std::string> email = find("EMAIL", "email");
  if (!email) email = NonEmpty(host, "EMAIL");
  if (!name || !email) return std::nullopt;
  GitIdentity identity;
  identity.name = WithoutCrud(*name);
  identity.email = WithoutCrud(*email);
  if (identity.name.empty()) return std::nullopt;
  const std::optional<std::string> date = NonEmpty(host, prefix + "DATE");
  identity.date_known = !date || ParseDate(*date, &identity);
  if (!date || !identity.date_known) {
    identity.time = host.now();
    identity.offset_minutes = LocalOffsetMinutes(identity.time);
  }
  return identity;
}

fs::path UserIgnoreFile(const Host& host, const GitConfig& config) {
  return config.FindPath("core.excludesfile").value_or(XdgFolder(host) / "ignore");
}

fs::path UserAttributesFile(const Host& host, const GitConfig& config) {
  return config.FindPath("core.attributesfile").value_or(XdgFolder(host) / "attributes");
}

}  // namespace scaffold
