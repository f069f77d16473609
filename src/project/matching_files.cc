#include "project/matching_files.h"

#include <map>
#include <string_view>

#include "scaffold/error.h"
#include "support/file.h"
#include "support/name_pattern.h"
#include "support/utf8.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxBytes = uintmax_t{1} << 20;
constexpr size_t kMaxEntries = 100'000;

class Search {
 public:
  explicit Search(fs::path project) : project_(std::move(project)) {}

  // Looks for the rest of a pattern in a folder ("" is the project).
  void Find(const std::string& folder, std::string_view pattern) {
    const size_t slash = pattern.find('/');
    const std::string_view part = pattern.substr(0, slash);
    std::error_code error;
    for (fs::directory_iterator entry(project_ / folder, error), end; !error && entry != end;
         entry.increment(error)) {
      if (++entries_ > kMaxEntries) throw TooMany();
      const std::string name = entry->path().filename().string();
      if (name.starts_with('.') != part.starts_with('.')) continue;
      if (!MatchesNamePattern(name, part)) continue;
      const std::string path = folder.empty() ? name : folder + "/" + name;
      const fs::file_status status = entry->symlink_status(error);
      if (slash == std::string_view::npos) {
        if (fs::is_regular_file(status)) Take(path);
      } else if (fs::is_directory(status) && !fs::exists(entry->path() / "pyvenv.cfg", error)) {
        Find(path, pattern.substr(slash + 1));
      }
    }
  }

  Value Result() const {
    List files;
    for (const auto& [path, text] : texts_) {
      Dict file;
      file.Set("path", Value(path));
      file.Set("text", Value(text));
      files.push_back(Value(std::move(file)));
    }
    return Value(std::move(files));
  }

 private:
  static Error TooMany() {
    return Error(ErrorKind::kUser, "the project has more than " + std::to_string(kMaxEntries) +
                                       " files where the generator looks");
  }

  void Take(const std::string& path) {
    if (texts_.contains(path)) return;
    std::error_code error;
    std::string text;
    if (fs::file_size(project_ / path, error) <= kMaxBytes && !error) {
      text = ReadFile(project_ / path);
      total_ += text.size();
      if (total_ > kMaxTotal) throw TooMany();
    }
    if (FindInvalidUtf8(text) != std::string::npos) text.clear();
    texts_[path] = std::move(text);
  }

  static constexpr size_t kMaxTotal = size_t{64} << 20;

  fs::path project_;
  std::map<std::string, std::string> texts_;
  size_t entries_ = 0;
  size_t total_ = 0;
};

}  // namespace

Value ReadMatchingFiles(const fs::path& project, const std::vector<std::string>& patterns) {
  Search search(project);
  for (const std::string& pattern : patterns) search.Find("", pattern);
  return search.Result();
}

}  // namespace scaffold
