// StagingFolder: a locked folder in which a result grows before it is moved to its place.
//
// Its name follows from the place, so that the next run finds what a killed one left; the lock
// (flock, which dies with its process) tells a leftover from a folder that another run is using.

#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "support/host.h"
#include "tree/descriptor.h"
#include "tree/entry_writer.h"

namespace scaffold {

enum class Sharing : uint8_t {
  kExclusive,  // an Error when another run is using the name
  kBeside,     // `name`-1, -2 ... beside other runs
};

class StagingFolder {
 public:
  // Creates `parent`/`name`; a leftover of that name is removed first. `shown` is the place that
  // errors name.
  StagingFolder(const Host& host, const std::filesystem::path& parent, const std::string& name,
                const std::filesystem::path& shown, Sharing sharing);
  // Removes the folder; one with a journal that waits stays for the next run.
  ~StagingFolder();
  StagingFolder(StagingFolder&& other) noexcept;
  StagingFolder& operator=(StagingFolder&&) = delete;

  const std::filesystem::path& path() const { return path_; }
  const Descriptor& directory() const { return directory_; }
  const ModeMask& mask() const { return mask_; }
  // The folder is no longer ours to remove: it has been moved, or stays for the next run.
  void Release() { owned_ = false; }

 private:
  std::filesystem::path path_;
  Descriptor directory_;
  ModeMask mask_;
  bool owned_ = true;
};

// Removes such a folder; what tells that its run has ended goes last.
void RemoveStagingFolder(const std::filesystem::path& path, std::error_code* error);

// Opens and locks a leftover; invalid when there is none or another process is using it.
Descriptor LockLeftover(const std::filesystem::path& path);

}  // namespace scaffold
