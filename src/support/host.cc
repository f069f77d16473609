#include "support/host.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

extern char** environ;

namespace scaffold {

Host Host::FromProcess() {
  Host host;
  std::error_code error;
  host.working_directory = std::filesystem::current_path(error);
  if (error) {
    throw Error(ErrorKind::kIo, "the current folder does not exist any more")
        .WithHelp("change to an existing folder and run the command again");
  }
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    host.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  host.umask = ::umask(0);
  ::umask(host.umask);
  host.temp_directory = host.Variable("TMPDIR").value_or("/tmp");
  host.now = [] {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  return host;
}

std::optional<std::string> Host::Variable(const std::string& name) const {
  auto found = environment.find(name);
  if (found == environment.end()) return std::nullopt;
  return found->second;
}

std::filesystem::path Host::HomeDirectory() const {
  if (auto home = Variable("HOME"); home && !home->empty()) return *home;
  const passwd* entry = getpwuid(getuid());
  return entry != nullptr && entry->pw_dir != nullptr ? entry->pw_dir : "/";
}

void Host::CheckCancelled() const {
  if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
    throw Error(ErrorKind::kInterrupted, "Execution stopped by user");
  }
}

}  // namespace scaffold
