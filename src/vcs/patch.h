// FormatPatch: one file's change as text, as `git diff` prints it and `git apply` takes it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tree/tree.h"

namespace scaffold {

// A file before and after. Null: absent. Folders count as absent: git knows none.
struct FileSides {
  std::string path;
  const TreeEntry* before = nullptr;
  std::string new_path;  // empty: the same
  const TreeEntry* after = nullptr;
};

enum class BinaryPatch : uint8_t {
  kNamed,  // only that they differ
  kWhole,  // what git needs to apply it, as of `git diff --binary`
};

// What `git diff` would print of it: modes, renames, shortened ids, and hunks with `context` lines
// around each change; binary files as `binary` says. A file that becomes a link, or a link
// that becomes a file, is deleted and made anew. Ends with a newline; empty when nothing changed.
std::string FormatPatch(const FileSides& sides, int context = 3,
                        BinaryPatch binary = BinaryPatch::kNamed);

// As git shows a path: one with control characters, quotes, backslashes or bytes beyond ASCII
// stands in quotes, as in C.
std::string QuotePath(std::string_view path);

}  // namespace scaffold
