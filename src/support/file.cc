#include "support/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

#include "scaffold/error.h"
#include "support/text.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }
  int Close() {
    const int fd = fd_;
    fd_ = -1;
    return close(fd);
  }

 private:
  int fd_;
};

Error IoError(std::string_view verb, const fs::path& path, int error_number) {
  return Error(ErrorKind::kIo, "cannot " + std::string(verb) + " '" + path.string() +
                                   "': " + std::strerror(error_number));
}

std::string ReadAll(int fd, const fs::path& path) {
  struct stat status = {};
  if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) throw IoError("read", path, EISDIR);
  std::string bytes;
  bytes.resize(status.st_size > 0 ? static_cast<size_t>(status.st_size) : 4096);
  size_t used = 0;
  while (true) {
    if (used == bytes.size()) bytes.resize(bytes.size() + bytes.size() / 2 + 1);
    const ssize_t got = read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw IoError("read", path, errno);
    if (got == 0) break;
    used += static_cast<size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

void WriteAll(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw IoError("write", path, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

std::string ReadFile(const fs::path& path) {
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) throw IoError("read", path, errno);
  return ReadAll(file.get(), path);
}

std::optional<std::string> ReadFileIfExists(const fs::path& path) {
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw IoError("read", path, errno);
  }
  return ReadAll(file.get(), path);
}

void WriteFile(const fs::path& path, std::string_view bytes, mode_t mode) {
  FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (file.get() < 0) throw IoError("write", path, errno);
  WriteAll(file.get(), bytes, path);
  if (file.Close() != 0) throw IoError("write", path, errno);
}

void WriteFileAtomically(const fs::path& path, std::string_view bytes, mode_t mode) {
  static std::atomic<unsigned> counter{0};
  const std::string temporary = path.string() + ".tmp" + std::to_string(getpid()) + "-" +
                                std::to_string(counter.fetch_add(1));
  FileDescriptor file(
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (file.get() < 0) throw IoError("write", path, errno);
  try {
    WriteAll(file.get(), bytes, path);
    if (file.Close() != 0) throw IoError("write", path, errno);
    if (rename(temporary.c_str(), path.c_str()) != 0) throw IoError("write", path, errno);
  } catch (const Error&) {
    unlink(temporary.c_str());
    throw;
  }
}

std::string NormalizePath(std::string_view path) {
  if (path.empty()) return ".";
  const bool absolute = path.front() == '/';
  std::vector<std::string> parts;
  for (std::string_view part : Split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !absolute) {
      parts.emplace_back(part);
    }
  }
  std::string joined = Join(parts, "/");
  if (absolute) return "/" + joined;
  return joined.empty() ? "." : joined;
}

fs::path AbsolutePath(const fs::path& base, const fs::path& path) {
  return NormalizePath((path.is_absolute() ? path : base / path).string());
}

std::string LocatePath(const std::string& root, std::string_view path) {
  return root.empty() ? std::string(path) : AbsolutePath(root, path).string();
}

bool IsWithin(const fs::path& path, const fs::path& root) {
  const std::string& inner = path.native();
  const std::string& outer = root.native();
  if (outer == "/") return !inner.empty() && inner.front() == '/';
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

TempDir::TempDir(const fs::path& parent, std::string_view prefix) {
  std::string pattern = (parent / (std::string(prefix) + "XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw IoError("create a temporary folder in", parent, errno);
  }
  path_ = pattern;
}

TempDir::~TempDir() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

TempDir::TempDir(TempDir&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }

fs::path TempDir::Release() {
  fs::path path = std::move(path_);
  path_.clear();
  return path;
}

}  // namespace scaffold
