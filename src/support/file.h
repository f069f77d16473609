// Files: reading and writing whole files, with Errors that name the path.

#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace scaffold {

// Throws Error(kIo, "cannot read 'PATH': No such file or directory").
std::string ReadFile(const std::filesystem::path& path);
// Nullopt when there is no such file; other failures throw.
std::optional<std::string> ReadFileIfExists(const std::filesystem::path& path);
// Creates or truncates, with this mode at creation (subject to the umask). Not atomic.
void WriteFile(const std::filesystem::path& path, std::string_view bytes, mode_t mode = 0666);
// Writes beside and renames over, so that no reader sees a part; fsync is not called.
void WriteFileAtomically(const std::filesystem::path& path, std::string_view bytes,
                         mode_t mode = 0666);

// Purely textual: "a/./b//c/../d" -> "a/b/d"; keeps leading ".." of relative paths
// (os.path.normpath).
std::string NormalizePath(std::string_view path);
// Absolute and normalised against `base`; links are not followed.
std::filesystem::path AbsolutePath(const std::filesystem::path& base,
                                   const std::filesystem::path& path);
// The same for a text that is shown: as it stands when no root is known.
std::string LocatePath(const std::string& root, std::string_view path);
// Whether `path` is `root` or lies below it, both absolute and normalised.
bool IsWithin(const std::filesystem::path& path, const std::filesystem::path& root);

// A directory with a random name that is removed with everything in it.
class TempDir {
 public:
  // Below `parent`; the name starts with `prefix`.
  TempDir(const std::filesystem::path& parent, std::string_view prefix);
  ~TempDir();
  TempDir(TempDir&& other) noexcept;
  TempDir& operator=(TempDir&&) = delete;
  const std::filesystem::path& path() const { return path_; }
  // Gives the directory to the caller, who then removes or keeps it.
  std::filesystem::path Release();

 private:
  std::filesystem::path path_;
};

}  // namespace scaffold
