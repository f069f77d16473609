// PublishedFolder: the way back from a destination that this very run has put in its place.

#pragma once

#include <sys/stat.h>

#include "project/session.h"

namespace scaffold {

// Removes the folder when the run fails later on, unless the user wants to keep it. Another run's
// folder of the same name is never touched.
class PublishedFolder {
 public:
  explicit PublishedFolder(const Session& session) : session_(session) {}
  ~PublishedFolder();
  PublishedFolder(const PublishedFolder&) = delete;
  PublishedFolder& operator=(const PublishedFolder&) = delete;

  // The destination was absent, and is now there: we moved it there.
  void Published();
  // The run has gone well.
  void Keep() { ours_ = false; }

 private:
  const Session& session_;
  bool ours_ = false;
  struct stat status_ = {};
};

}  // namespace scaffold
