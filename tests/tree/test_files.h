// What tests of trees share: a scratch folder, and a tree as text.

#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "support/file.h"
#include "support/host.h"
#include "tree/read_tree.h"

namespace scaffold::testing {

class Scratch {
 public:
  // In memory where the machine has a folder there: many small files take long on a busy disk.
  Scratch()
      : Scratch(std::filesystem::exists("/dev/shm") ? "/dev/shm"
                                                    : std::filesystem::temp_directory_path()) {}
  explicit Scratch(const std::filesystem::path& parent) : folder_(parent, "scaffold-test-") {
    host_ = Host::FromProcess();
    host_.working_directory = folder_.path();
  }
  std::filesystem::path operator/(std::string_view path) const { return folder_.path() / path; }
  Host& host() { return host_; }

  void Write(std::string_view path, std::string_view bytes, mode_t mode = 0644) const {
    const std::filesystem::path full = *this / path;
    std::filesystem::create_directories(full.parent_path());
    WriteFile(full, bytes);
    chmod(full.c_str(), mode);
  }
  // "MODE PATH: BYTES" lines, sorted by path; directories only when empty.
  std::string Text(std::string_view path) { return TreeText(ReadTree(host_, *this / path)); }

  static std::string TreeText(const Tree& tree) {
    std::string text;
    for (const auto& [path, entry] : tree) {
      switch (entry.kind) {
        case EntryKind::kFile:
          text += Octal(entry.mode) + " " + path + ": " + entry.bytes + "\n";
          break;
        case EntryKind::kSymlink:
          text += "link " + path + " -> " + entry.bytes + "\n";
          break;
        case EntryKind::kDirectory:
          text += "dir " + path + "\n";
          break;
      }
    }
    return text;
  }

 private:
  static std::string Octal(uint32_t mode) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%o", mode);
    return digits;
  }

  TempDir folder_;
  Host host_;
};

inline TreeEntry File(std::string bytes, uint32_t mode = 0644) {
  return {.kind = EntryKind::kFile, .bytes = std::move(bytes), .mode = mode, .origin = {}};
}
inline TreeEntry Link(std::string target) {
  return {.kind = EntryKind::kSymlink, .bytes = std::move(target), .mode = 0777, .origin = {}};
}
inline TreeEntry Folder() {
  return {.kind = EntryKind::kDirectory, .bytes = {}, .mode = 0755, .origin = {}};
}
inline Tree MakeTree(std::initializer_list<std::pair<std::string, TreeEntry>> entries) {
  Tree tree;
  for (const auto& [path, entry] : entries) tree.Add(path, entry);
  return tree;
}

}  // namespace scaffold::testing
