#include "vcs/user_config.h"

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "vcs/config_rep.h"

namespace scaffold {
namespace {

std::string QuoteValue(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '\n') {
      quoted += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// What wins over all configuration files; of the variables, only those of git's core matter here.
std::string FormatOverrides(const Host& host, const GitConfig& config) {
  constexpr std::string_view kCore = "core.";
  std::string text = "[core]\n";
  const auto add = [&text](std::string_view name, std::string_view value) {
    text += "\t" + std::string(name) + " = " + QuoteValue(value) + "\n";
  };
  for (const auto& [name, values] : config.rep()->variables) {
    const std::string_view key = std::string_view(name).substr(std::min(kCore.size(), name.size()));
    if (name.starts_with(kCore) && key.find('.') == key.npos) add(key, values.back());
  }
  add("excludesFile", UserIgnoreFile(host, config).string());
  add("attributesFile", UserAttributesFile(host, config).string());
  return text;
}

}  // namespace

UserConfig::~UserConfig() {
  if (overrides_ >= 0) close(overrides_);
}

void UserConfig::Give(const Host& host, git_repository* repository) {
  const GitConfig config = GitConfig::Load(host, git_repository_commondir(repository));
  ignore_file_ = UserIgnoreFile(host, config);
  const std::string text = FormatOverrides(host, config);
  overrides_ = memfd_create("gitconfig", MFD_CLOEXEC);
  // Without such files less is known; then the git program is asked more often.
  if (overrides_ >= 0 && write(overrides_, text.data(), text.size()) == ssize_t(text.size())) {
    const std::string path = "/proc/self/fd/" + std::to_string(overrides_);
    git::Check(git_config_add_file_ondisk(config.rep()->config.get(), path.c_str(),
                                          GIT_CONFIG_LEVEL_APP, nullptr, 1),
               "read git's configuration");
  }
  git::Check(git_repository_set_config(repository, config.rep()->config.get()),
             "read git's configuration");
}

}  // namespace scaffold
