// MergeEntry: one file, changed by the template and by the user.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "tree/tree.h"
#include "update/plan.h"
#include "vcs/merge_text.h"

namespace scaffold {

// Why `text` is not what the name of `path` says it is (JSON, TOML, YAML): "line 3: ..."; nullopt
// when it is, or when nobody knows.
using StructureCheck =
    std::function<std::optional<std::string>(std::string_view path, std::string_view text)>;

struct MergedEntry {
  TreeEntry entry;
  ConflictReason conflict = ConflictReason::kNone;
  std::string note;
};

// Same kind and content; for files also the executable bit, unless `content_only`.
bool SameEntry(const TreeEntry& a, const TreeEntry& b, bool content_only = false);

// `base` is null when both sides added the file. For conflicts other than of text the result is
// `ours`.
MergedEntry MergeEntry(std::string_view path, const TreeEntry* base, const TreeEntry& ours,
                       const TreeEntry& theirs, ConflictStyle style, const StructureCheck& check);

// Whether every line ends with CR LF, and there is one.
bool HasCrlfLines(std::string_view text);
std::string WithoutCr(std::string_view text);
std::string WithCr(std::string_view text);

}  // namespace scaffold
