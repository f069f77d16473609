#include "tree/fingerprint.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string_view>

#include "tree/descriptor.h"

namespace scaffold {
namespace {

// FNV-1a with 64 bits.
class Hash {
 public:
  void Add(std::string_view bytes) {
    for (const char byte : bytes) {
      value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    }
    size_ += bytes.size();
  }
  std::string Text(char kind, unsigned mode) const {
    std::array<char, 80> text = {};
    std::snprintf(text.data(), text.size(), "%c%o %llu %016llx", kind, mode,
                  static_cast<unsigned long long>(size_), static_cast<unsigned long long>(value_));
    return text.data();
  }

 private:
  uint64_t value_ = 0xcbf29ce484222325U;
  uint64_t size_ = 0;
};

// What cannot be read is told apart by its times.
std::string ByTimes(const struct stat& status) {
  return "t" + std::to_string(status.st_mode) + " " + std::to_string(status.st_size) + " " +
         std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

}  // namespace

std::string Fingerprint(int directory, const char* name) {
  struct stat status = {};
  if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? kNothingThere : "?";
  }
  const unsigned mode = status.st_mode & 07777;
  Hash hash;
  if (S_ISDIR(status.st_mode)) return hash.Text('d', mode);
  if (S_ISLNK(status.st_mode)) {
    hash.Add(ReadLinkAt(directory, name, name));
    return hash.Text('l', 0);
  }
  if (!S_ISREG(status.st_mode)) return ByTimes(status);
  const Descriptor file(openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.valid()) return ByTimes(status);
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t got = read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ByTimes(status);
    if (got == 0) return hash.Text('f', mode);
    hash.Add({buffer.data(), static_cast<size_t>(got)});
  }
}

std::string Fingerprint(const TreeEntry& entry) {
  Hash hash;
  if (entry.kind == EntryKind::kDirectory) return hash.Text('d', entry.mode & 07777);
  hash.Add(entry.bytes);
  if (entry.kind == EntryKind::kSymlink) return hash.Text('l', 0);
  return hash.Text('f', entry.mode & 07777);
}

}  // namespace scaffold
