#include "tree/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace scaffold {

int Descriptor::Reset(int fd) {
  const int old = std::exchange(fd_, fd);
  return old >= 0 ? close(old) : 0;
}

Error FileSystemError(std::string_view verb, const std::filesystem::path& path, int error_number) {
  return Error(ErrorKind::kIo, "cannot " + std::string(verb) + " '" + path.string() +
                                   "': " + std::strerror(error_number));
}

Descriptor OpenDirectory(const std::filesystem::path& path) {
  Descriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) throw FileSystemError("open", path, errno);
  return directory;
}

std::string ReadDescriptor(int fd, size_t size, const std::filesystem::path& path) {
  std::string bytes(size, '\0');
  size_t used = 0;
  while (used < size) {
    const ssize_t got = read(fd, bytes.data() + used, size - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw FileSystemError("read", path, errno);
    if (got == 0) break;  // the file has shrunk meanwhile
    used += static_cast<size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

void WriteDescriptor(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw FileSystemError("write", path, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

std::string ReadLinkAt(int fd, const char* name, const std::filesystem::path& path) {
  std::string target(256, '\0');
  while (true) {
    const ssize_t got = readlinkat(fd, name, target.data(), target.size());
    if (got < 0) throw FileSystemError("read", path, errno);
    if (static_cast<size_t>(got) < target.size()) {
      target.resize(static_cast<size_t>(got));
      return target;
    }
    target.resize(target.size() * 4);
  }
}

}  // namespace scaffold
