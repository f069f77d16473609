// The inside of GitConfig, for the files of this module that hand it to libgit2.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "vcs/config.h"
#include "vcs/libgit2.h"

namespace scaffold {

struct GitConfig::Rep {
  git::ConfigHandle config;
  std::map<std::string, std::vector<std::string>> variables;  // of GIT_CONFIG_COUNT
  std::filesystem::path home;
};

}  // namespace scaffold
