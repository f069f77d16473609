#include "tasks/trust_url.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "support/text.h"
#include "support/utf8.h"

namespace scaffold {
namespace {

struct UrlParts {
  std::string scheme, netloc, path, query, fragment;
};

bool IsAsciiAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAsciiAlnum(char c) { return IsAsciiAlpha(c) || (c >= '0' && c <= '9'); }

// Python's str.isspace for one code point, as `\s` of its `re` sees it.
bool IsPythonSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool HasSpace(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    if (IsPythonSpace(DecodeUtf8(text, &pos))) return true;
  }
  return false;
}

bool IsUrlStyle(std::string_view url) {
  return url.find("://") != std::string_view::npos || url.starts_with("gh:") ||
         url.starts_with("gl:");
}

// PureWindowsPath(url).is_absolute(): "C:\x", "C:/x" or "\\server\share".
bool IsWindowsAbsolute(std::string_view url) {
  const auto separates = [](char c) { return c == '/' || c == '\\'; };
  if (url.size() >= 3 && IsAsciiAlpha(url[0]) && url[1] == ':' && separates(url[2])) return true;
  if (url.size() < 5 || !separates(url[0]) || !separates(url[1]) || separates(url[2])) return false;
  const size_t share = url.find_first_of("/\\", 2);
  return share != std::string_view::npos && share + 1 < url.size() && !separates(url[share + 1]);
}

// The `[user@]host:path` form of git: `^(?:[^/@:\s]+@)?[^/:\s]+:.+$`.
bool IsScpStyle(std::string_view url) {
  if (IsWindowsAbsolute(url)) return false;
  const size_t colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == url.size()) return false;
  const std::string_view host = url.substr(0, colon);
  if (host.find('/') != std::string_view::npos || HasSpace(host)) return false;
  return url.find('\n', colon) == std::string_view::npos;
}

// urllib.parse.urlsplit; nullopt where it raises ValueError.
std::optional<UrlParts> SplitUrl(std::string_view url) {
  const auto first = std::find_if(url.begin(), url.end(),
                                  [](char c) { return static_cast<unsigned char>(c) > 0x20; });
  std::string rest(first, url.end());
  std::erase_if(rest, [](char c) { return c == '\t' || c == '\r' || c == '\n'; });
  UrlParts parts;
  const size_t colon = rest.find(':');
  if (colon != std::string::npos && colon > 0 && IsAsciiAlpha(rest[0]) &&
      std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(colon),
                  [](char c) { return IsAsciiAlnum(c) || c == '+' || c == '-' || c == '.'; })) {
    parts.scheme = ToLowerAscii(rest.substr(0, colon));
    rest.erase(0, colon + 1);
  }
  if (rest.starts_with("//")) {
    const size_t end = std::min(rest.find_first_of("/?#", 2), rest.size());
    parts.netloc = rest.substr(2, end - 2);
    rest.erase(0, end);
    // Python checks what stands in brackets; a host that needs them is never matched loosely here.
    if (parts.netloc.find_first_of("[]") != std::string::npos) return std::nullopt;
  }
  if (const size_t hash = rest.find('#'); hash != std::string::npos) {
    parts.fragment = rest.substr(hash + 1);
    rest.resize(hash);
  }
  if (const size_t mark = rest.find('?'); mark != std::string::npos) {
    parts.query = rest.substr(mark + 1);
    rest.resize(mark);
  }
  parts.path = std::move(rest);
  return parts;
}

bool UsesNetloc(std::string_view scheme) {
  static constexpr std::array<std::string_view, 25> kSchemes = {
      "ftp",   "http",  "gopher", "nntp",     "telnet", "imap",  "wais",  "file", "mms",
      "https", "shttp", "snews",  "prospero", "rtsp",   "rtspu", "rsync", "svn",  "svn+ssh",
      "sftp",  "nfs",   "git",    "git+ssh",  "ws",     "wss",   ""};
  return std::find(kSchemes.begin(), kSchemes.end(), scheme) != kSchemes.end();
}

// urllib.parse.urlunsplit.
std::string JoinUrl(const UrlParts& parts) {
  std::string url = parts.path;
  if (!parts.netloc.empty() ||
      (!parts.scheme.empty() && UsesNetloc(parts.scheme) && !url.starts_with("//"))) {
    if (!url.empty() && url.front() != '/') url.insert(0, "/");
    url = "//" + parts.netloc + url;
  }
  if (!parts.scheme.empty()) url = parts.scheme + ":" + url;
  if (!parts.query.empty()) url += "?" + parts.query;
  if (!parts.fragment.empty()) url += "#" + parts.fragment;
  return url;
}

// posixpath.normpath: unlike support's, it keeps exactly two leading slashes.
std::string NormalizePosix(std::string_view path) {
  if (path.empty()) return ".";
  size_t slashes = path.front() == '/' ? 1 : 0;
  if (path.starts_with("//") && !path.starts_with("///")) slashes = 2;
  std::vector<std::string> parts;
  for (std::string_view part : Split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != ".." || (slashes == 0 && (parts.empty() || parts.back() == ".."))) {
      parts.emplace_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string result = std::string(slashes, '/') + Join(parts, "/");
  return result.empty() ? "." : result;
}

std::string NormalizeKeepingSlash(std::string_view path) {
  std::string result = NormalizePosix(path);
  if (path.ends_with('/') && !result.ends_with('/')) result += '/';
  return result;
}

std::string NormalizeUrlPath(std::string_view path) {
  return path.empty() ? std::string() : NormalizeKeepingSlash(path);
}

bool IsSafeSegment(std::string_view segment) {
  return !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) {
    return IsAsciiAlnum(c) || c == '.' || c == '_' || c == '~' || c == '-';
  });
}

// All segments are plain; one slash at either end is no segment.
bool IsSafePath(std::string_view path) {
  std::vector<std::string_view> segments = Split(path, '/');
  if (!segments.empty() && segments.front().empty()) segments.erase(segments.begin());
  if (!segments.empty() && segments.back().empty()) segments.pop_back();
  return std::all_of(segments.begin(), segments.end(), IsSafeSegment);
}

std::string ExpandHome(std::string_view path, const std::filesystem::path& home) {
  if (path != "~" && !path.starts_with("~/")) return std::string(path);
  std::string base = home.string();
  while (base.ends_with('/')) base.pop_back();
  base += path.substr(1);
  return base.empty() ? "/" : base;
}

}  // namespace

ComparableUrl MakeComparable(std::string_view url, const std::filesystem::path& home) {
  if (IsUrlStyle(url)) {
    std::optional<UrlParts> parts = SplitUrl(url);
    if (!parts) return {.ambiguous = true, .text = std::string(url)};
    const bool safe = IsSafePath(parts->path);
    parts->path = NormalizeUrlPath(parts->path);
    return {.ambiguous = !safe, .text = JoinUrl(*parts)};
  }
  if (IsScpStyle(url)) {
    const size_t colon = url.find(':');
    const std::string_view path = url.substr(colon + 1);
    return {.ambiguous = !IsSafePath(path),
            .text = std::string(url.substr(0, colon + 1)) + NormalizeUrlPath(path)};
  }
  return {.ambiguous = false, .text = NormalizeKeepingSlash(ExpandHome(url, home))};
}

}  // namespace scaffold
