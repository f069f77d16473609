#include "extensions/python_path.h"

#include <algorithm>

#include "support/text.h"

namespace scaffold {
namespace {

std::string_view StripEnd(std::string_view text, std::string_view characters) {
  const size_t last = text.find_last_not_of(characters);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

// Everything before and after the last separator; the head without separators at its end, unless it
// is nothing else.
std::pair<std::string, std::string> SplitPath(std::string_view path, std::string_view separators) {
  const size_t last = path.find_last_of(separators);
  const size_t cut = last == std::string_view::npos ? 0 : last + 1;
  const std::string_view head = path.substr(0, cut);
  const std::string_view stripped = StripEnd(head, separators);
  return {std::string(stripped.empty() ? head : stripped), std::string(path.substr(cut))};
}

}  // namespace

std::string PosixBasename(std::string_view path) { return SplitPath(path, "/").second; }
std::string PosixDirname(std::string_view path) { return SplitPath(path, "/").first; }

std::pair<std::string, std::string> PosixSplitExtension(std::string_view path) {
  const size_t slash = path.rfind('/');
  const size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  const size_t dot = path.rfind('.');
  // Dots that begin the name belong to it.
  const size_t first = path.find_first_not_of('.', name);
  if (dot == std::string_view::npos || first == std::string_view::npos || dot < first) {
    return {std::string(path), ""};
  }
  return {std::string(path.substr(0, dot)), std::string(path.substr(dot))};
}

std::string PosixNormalize(std::string_view path) {
  if (path.empty()) return ".";
  std::string root;
  if (path.starts_with('/')) root = path.starts_with("//") && !path.starts_with("///") ? "//" : "/";
  std::vector<std::string> parts;
  for (const std::string_view part : Split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != ".." || (root.empty() && parts.empty()) ||
        (!parts.empty() && parts.back() == "..")) {
      parts.emplace_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  const std::string normal = root + Join(parts, "/");
  return normal.empty() ? "." : normal;
}

std::string PosixRelative(const std::string& path, const std::string& start,
                          const std::string& working_directory) {
  const auto parts_of = [&](const std::string& relative) {
    const std::string absolute =
        PosixNormalize(relative.starts_with('/') ? relative : working_directory + "/" + relative);
    std::vector<std::string> parts;
    for (const std::string_view part : Split(absolute, '/')) {
      if (!part.empty()) parts.emplace_back(part);
    }
    return parts;
  };
  const std::vector<std::string> from = parts_of(start);
  const std::vector<std::string> to = parts_of(path);
  const auto [end_from, end_to] = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  std::vector<std::string> parts(static_cast<size_t>(from.end() - end_from), "..");
  parts.insert(parts.end(), end_to, to.end());
  return parts.empty() ? "." : Join(parts, "/");
}

std::pair<std::string, std::string> WindowsSplitDrive(std::string_view path) {
  std::string normal(path);
  std::replace(normal.begin(), normal.end(), '/', '\\');
  const auto cut = [&](size_t at) {
    return std::make_pair(std::string(path.substr(0, at)), std::string(path.substr(at)));
  };
  if (normal.starts_with("\\\\")) {
    const size_t start = ToLowerAscii(normal.substr(0, 8)) == "\\\\?\\unc\\" ? 8 : 2;
    const size_t host_end = normal.find('\\', start);
    if (host_end == std::string::npos) return cut(path.size());
    const size_t share_end = normal.find('\\', host_end + 1);
    return cut(share_end == std::string::npos ? path.size() : share_end);
  }
  // The drive is one character, whatever its size in UTF-8.
  size_t first = normal.empty() ? 0 : 1;
  while (first < normal.size() && (static_cast<unsigned char>(normal[first]) & 0xC0) == 0x80) {
    ++first;
  }
  return first < normal.size() && normal[first] == ':' ? cut(first + 1) : cut(0);
}

std::string WindowsBasename(std::string_view path) {
  return SplitPath(WindowsSplitDrive(path).second, "\\/").second;
}

std::string WindowsDirname(std::string_view path) {
  const auto [drive, rest] = WindowsSplitDrive(path);
  return drive + SplitPath(rest, "\\/").first;
}

std::string JoinPosixPath(const std::vector<std::string>& parts) {
  size_t first = parts.size();
  while (first > 0 && !(first < parts.size() && parts[first].starts_with('/'))) --first;
  std::string root;
  std::vector<std::string> names;
  for (size_t i = first; i < parts.size(); ++i) {
    if (parts[i].starts_with('/')) {
      root = parts[i].starts_with("//") && !parts[i].starts_with("///") ? "//" : "/";
    }
    for (const std::string_view name : Split(parts[i], '/')) {
      if (!name.empty() && name != ".") names.emplace_back(name);
    }
  }
  const std::string path = root + Join(names, "/");
  return path.empty() ? "." : path;
}

namespace {

struct WindowsRoot {
  std::string drive;
  std::string root;
  std::string rest;
};

// pathlib 3.11's splitroot; `part` has backslashes only.
WindowsRoot SplitWindowsRoot(std::string part) {
  std::string prefix;
  if (part.starts_with("\\\\?\\")) {
    // An extended path: \\?\C:\ or \\?\UNC\host\share
    prefix = part.substr(0, 4);
    part.erase(0, 4);
    if (part.starts_with("UNC\\")) {
      prefix += part.substr(0, 3);
      part = "\\" + part.substr(3);
    }
  }
  if (part.starts_with("\\\\") && !part.starts_with("\\\\\\")) {
    const size_t host_end = part.find('\\', 2);
    if (host_end != std::string::npos) {
      size_t share_end = part.find('\\', host_end + 1);
      if (share_end != host_end + 1) {
        share_end = std::min(share_end, part.size());
        const std::string rest = share_end < part.size() ? part.substr(share_end + 1) : "";
        const size_t begin = prefix.empty() ? 0 : 1;
        return {prefix + part.substr(begin, share_end - begin), "\\", rest};
      }
    }
  }
  WindowsRoot result;
  const bool letter =
      !part.empty() && ((part[0] >= 'a' && part[0] <= 'z') || (part[0] >= 'A' && part[0] <= 'Z'));
  if (letter && part.size() >= 2 && part[1] == ':') {
    result.drive = part.substr(0, 2);
    part.erase(0, 2);
  }
  if (part.starts_with('\\')) {
    result.root = "\\";
    const size_t name = part.find_first_not_of('\\');
    part = name == std::string::npos ? "" : part.substr(name);
  }
  result.drive = prefix + result.drive;
  result.rest = std::move(part);
  return result;
}

std::string WithBackslashes(std::string part) {
  std::replace(part.begin(), part.end(), '/', '\\');
  return part;
}

}  // namespace

std::string JoinWindowsPath(const std::vector<std::string>& parts) {
  std::vector<std::string> names;  // the last one first
  WindowsRoot anchor;
  for (size_t i = parts.size(); i-- > 0;) {
    if (parts[i].empty()) continue;
    anchor = SplitWindowsRoot(WithBackslashes(parts[i]));
    const std::vector<std::string_view> pieces = Split(anchor.rest, '\\');
    for (size_t j = pieces.size(); j-- > 0;) {
      if (!pieces[j].empty() && pieces[j] != ".") names.emplace_back(pieces[j]);
    }
    if (anchor.drive.empty() && anchor.root.empty()) continue;
    // A rooted part without a drive is on the drive of the parts before it.
    for (size_t j = i; anchor.drive.empty() && j-- > 0;) {
      anchor.drive = SplitWindowsRoot(WithBackslashes(parts[j])).drive;
    }
    break;
  }
  std::reverse(names.begin(), names.end());
  const std::string path = anchor.drive + anchor.root + Join(names, "\\");
  return path.empty() ? "." : path;
}

}  // namespace scaffold
