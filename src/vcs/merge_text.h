// MergeText: three versions of a text become one, line by line.
//
// The same merge as that of the git program, byte for byte, so that people meet what they know:
// text that both sides changed stands between conflict markers, and nothing else is touched.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scaffold {

// What stands behind the conflict markers.
struct MergeLabels {
  std::string ours = "before updating";
  std::string base = "last update";
  std::string theirs = "after updating";
};

enum class ConflictStyle : uint8_t {
  kMerge,
  kDiff3,  // with the base between the two sides
};

struct MergedText {
  std::string text;
  size_t conflicts = 0;  // the number of places between markers
};

// Three-way merge by lines, as `git merge-file` does it. Byte-exact: line ends stay as they are, a
// missing one at the end too. Any bytes are taken; of binary ones (see IsBinary) the result is of
// little use.
MergedText MergeText(std::string_view base, std::string_view ours, std::string_view theirs,
                     ConflictStyle style, const MergeLabels& labels = {});

// git's rule: a NUL in the first 8000 bytes.
bool IsBinary(std::string_view bytes);

}  // namespace scaffold
