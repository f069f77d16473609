#include "project/published_folder.h"

namespace scaffold {

void PublishedFolder::Published() {
  ours_ = session_.options.cleanup_on_error && lstat(session_.destination.c_str(), &status_) == 0;
}

PublishedFolder::~PublishedFolder() {
  struct stat now = {};
  if (!ours_ || lstat(session_.destination.c_str(), &now) != 0) return;
  if (now.st_dev != status_.st_dev || now.st_ino != status_.st_ino) return;
  std::error_code error;
  std::filesystem::remove_all(session_.destination, error);
  if (!error) return;
  session_.reporter.Warn("Failed to clean up " + session_.destination.string() + ": " +
                         error.message());
}

}  // namespace scaffold
