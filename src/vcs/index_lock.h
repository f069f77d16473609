// IndexLock: git's index.lock, held in a way that a killed run can be told from another git
// process.
//
// The lock is a second name of a file in a folder of ours, with a text that git never writes there.
// The new index grows in that folder too and is renamed into place.

#pragma once

#include <filesystem>

namespace scaffold {

class IndexLock {
 public:
  // Takes the lock and copies the index to new_index(). Throws Error(kGit) while another git
  // process holds it. `folder` lies on the file system of `git_directory`.
  IndexLock(const std::filesystem::path& git_directory, const std::filesystem::path& folder);
  ~IndexLock();
  IndexLock(const IndexLock&) = delete;
  IndexLock& operator=(const IndexLock&) = delete;

  const std::filesystem::path& new_index() const { return new_index_; }
  // Puts new_index() in the index's place.
  void Commit();

 private:
  std::filesystem::path lock_, own_, index_, new_index_;
};

// Removes a lock that a killed run of ours has left; another's stays.
void RemoveStaleIndexLock(const std::filesystem::path& git_directory);

}  // namespace scaffold
