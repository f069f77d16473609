// User settings: defaults for questions and trusted templates, from the user's settings file.

#pragma once

#include <string>
#include <vector>

#include "scaffold/scaffold.h"
#include "support/source.h"

namespace scaffold {

struct Settings {
  Dict defaults;                   // question name -> default
  std::vector<std::string> trust;  // see tasks/trust.h
};

// COPIER_SETTINGS_PATH, else copier/settings.yml in the user's configuration folder.
std::filesystem::path SettingsPath(const Host& host);
// No file: empty settings (a named file that is missing is warned about).
Settings ReadSettings(const Host& host, Reporter& reporter);

// A YAML file as text, whatever Unicode encoding it has.
Source ReadYamlSource(const std::filesystem::path& path);

}  // namespace scaffold
