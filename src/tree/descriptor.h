// Descriptor: an owned file descriptor, and the system calls on it with Errors that name the path.

#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "scaffold/error.h"

namespace scaffold {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Reset(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    Reset(std::exchange(other.fd_, -1));
    return *this;
  }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int Release() { return std::exchange(fd_, -1); }
  // Closes; returns what close(2) returned.
  int Reset(int fd = -1);

 private:
  int fd_ = -1;
};

// "cannot VERB 'PATH': No such file or directory".
Error FileSystemError(std::string_view verb, const std::filesystem::path& path, int error_number);

Descriptor OpenDirectory(const std::filesystem::path& path);
// The whole of an open file whose size is `size` by fstat.
std::string ReadDescriptor(int fd, size_t size, const std::filesystem::path& path);
void WriteDescriptor(int fd, std::string_view bytes, const std::filesystem::path& path);
// The target of a symlink in the directory `fd`.
std::string ReadLinkAt(int fd, const char* name, const std::filesystem::path& path);

}  // namespace scaffold
