// Comparable forms of template sources, for the trust list.
//
// The rules are those of Copier's settings, which lean on Python's urllib and posixpath: two
// sources are the same when their comparable forms are the same text.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace scaffold {

struct ComparableUrl {
  // A remote whose path holds anything but unreserved characters, or an empty segment, may mean
  // different things to different servers: it is only ever equal to itself, letter by letter.
  bool ambiguous = false;
  std::string text;  // "." and ".." and "//" resolved; a trailing slash is kept
};

ComparableUrl MakeComparable(std::string_view url, const std::filesystem::path& home);

}  // namespace scaffold
