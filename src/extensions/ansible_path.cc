// Ansible's filters on paths.

#include <dirent.h>
#include <fnmatch.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "extensions/ansible_filters.h"
#include "extensions/python_path.h"
#include "jinja/filters_support.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;
using jinja::State;

// os.fspath, bytes decoded. The paths of `_copier_conf` are objects of Python's pathlib.
std::string PathText(const Value& value) {
  if (value.IsString() || value.kind() == Kind::kBytes) return value.AsString();
  if (value.IsObject() && TypeName(value).ends_with("Path")) return Str(value);
  throw Error(ErrorKind::kType,
              "expected str, bytes or os.PathLike object, not " + std::string(TypeName(value)));
}

Value Pair(std::pair<std::string, std::string> parts) {
  return Value::Tuple({Value(std::move(parts.first)), Value(std::move(parts.second))});
}

Value Basename(State&, const Value& input, const BoundArgs&) {
  return Value(PosixBasename(PathText(input)));
}

Value Dirname(State&, const Value& input, const BoundArgs&) {
  return Value(PosixDirname(PathText(input)));
}

Value SplitExtension(State&, const Value& input, const BoundArgs&) {
  return Pair(PosixSplitExtension(PathText(input)));
}

Value WinBasename(State&, const Value& input, const BoundArgs&) {
  return Value(WindowsBasename(PathText(input)));
}

Value WinDirname(State&, const Value& input, const BoundArgs&) {
  return Value(WindowsDirname(PathText(input)));
}

Value WinSplitDrive(State&, const Value& input, const BoundArgs&) {
  return Pair(WindowsSplitDrive(PathText(input)));
}

std::string WorkingDirectory() {
  std::error_code failed;
  return fs::current_path(failed).string();
}

Value RelativePath(State&, const Value& input, const BoundArgs& args) {
  const std::string& path = PathText(input);
  if (path.empty()) throw Error(ErrorKind::kValue, "no path specified");
  const Value start = args.Or(1, Value());
  return Value(PosixRelative(path, start.IsNone() ? "." : PathText(start), WorkingDirectory()));
}

Value RealPath(State&, const Value& input, const BoundArgs&) {
  const std::string& path = PathText(input);
  const fs::path absolute = fs::path(WorkingDirectory()) / path;
  std::error_code failed;
  const fs::path real = fs::weakly_canonical(absolute, failed);
  return Value(PosixNormalize(failed ? absolute.string() : real.string()));
}

Value ExpandUser(State&, const Value& input, const BoundArgs&) {
  const std::string& path = PathText(input);
  if (!path.starts_with('~')) return Value(path);
  const size_t slash = std::min(path.find('/'), path.size());
  const std::string user = path.substr(1, slash - 1);
  std::string home;
  if (const char* variable = std::getenv("HOME"); user.empty() && variable != nullptr) {
    home = variable;
  } else {
    const passwd* entry = user.empty() ? getpwuid(getuid()) : getpwnam(user.c_str());
    if (entry == nullptr) return Value(path);
    home = entry->pw_dir;
  }
  while (home.ends_with('/')) home.pop_back();
  const std::string expanded = home + path.substr(slash);
  return Value(expanded.empty() ? "/" : expanded);
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

Value ExpandVariables(State&, const Value& input, const BoundArgs&) {
  const std::string& path = PathText(input);
  std::string out;
  for (size_t pos = 0; pos < path.size();) {
    size_t end = pos + 1;
    std::string name;
    if (path[pos] == '$' && end < path.size() && path[end] == '{') {
      const size_t close = path.find('}', end);
      if (close != std::string::npos) {
        name = path.substr(end + 1, close - end - 1);
        end = close + 1;
      }
    } else if (path[pos] == '$') {
      while (end < path.size() && IsNameCharacter(path[end])) name += path[end++];
    }
    const char* value = name.empty() ? nullptr : std::getenv(name.c_str());
    if (value != nullptr) {
      out += value;
      pos = end;
    } else {
      out += path[pos++];
    }
  }
  return Value(std::move(out));
}

bool HasWildcard(std::string_view name) {
  return name.find_first_of("*?[") != std::string_view::npos;
}

// The names in `folder` that match, in the order of the directory, as Python's glob gives them.
std::vector<std::string> MatchNames(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> names;
  DIR* directory = opendir(folder.empty() ? "." : folder.c_str());
  if (directory == nullptr) return names;
  while (const dirent* entry = readdir(directory)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (name.starts_with('.') && !pattern.starts_with('.')) continue;
    if (fnmatch(pattern.c_str(), name.c_str(), FNM_NOESCAPE) == 0) names.push_back(name);
  }
  closedir(directory);
  return names;
}

std::vector<std::string> Glob(const std::string& pattern) {
  if (!HasWildcard(pattern)) return {pattern};
  const std::string folder = PosixDirname(pattern);
  const std::string name = PosixBasename(pattern);
  std::vector<std::string> folders{folder};
  if (folder != pattern && HasWildcard(folder)) folders = Glob(folder);
  std::vector<std::string> paths;
  for (const std::string& parent : folders) {
    const std::string prefix = parent.empty() || parent.ends_with('/') ? parent : parent + "/";
    if (!HasWildcard(name)) {
      paths.push_back(prefix + name);
      continue;
    }
    for (const std::string& match : MatchNames(parent, name)) paths.push_back(prefix + match);
  }
  return paths;
}

Value FileGlob(State&, const Value& input, const BoundArgs&) {
  List files;
  for (const std::string& path : Glob(PathText(input))) {
    std::error_code failed;
    if (fs::is_regular_file(path, failed)) files.emplace_back(path);
  }
  return Value(std::move(files));
}

constexpr jinja::FilterRow kFilters[] = {
    {"basename", Basename, "basename(p)"},
    {"dirname", Dirname, "dirname(p)"},
    {"expanduser", ExpandUser, "expanduser(path)"},
    {"expandvars", ExpandVariables, "expandvars(path)"},
    {"fileglob", FileGlob, "fileglob(pathname)"},
    {"realpath", RealPath, "realpath(filename, *, strict=False)"},
    {"relpath", RelativePath, "relpath(path, start=None)"},
    {"splitext", SplitExtension, "splitext(p)"},
    {"win_basename", WinBasename, "basename(p)"},
    {"win_dirname", WinDirname, "dirname(p)"},
    {"win_splitdrive", WinSplitDrive, "splitdrive(p)"},
};

}  // namespace

std::span<const jinja::FilterRow> AnsiblePathFilters() { return kFilters; }

}  // namespace scaffold
