#include "update/merge_entry.h"

#include <algorithm>
#include <utility>

#include "support/text.h"
#include "vcs/carry_changes.h"

namespace scaffold {
namespace {

constexpr uint32_t kExecutable = 0111;

bool MergedExecutable(const TreeEntry* base, const TreeEntry& ours, const TreeEntry& theirs) {
  const bool changed = base != nullptr && base->executable() != ours.executable();
  return changed || base == nullptr ? ours.executable() : theirs.executable();
}

// The permission bits of `ours`, with the executable ones of the merge.
uint32_t MergedMode(const TreeEntry* base, const TreeEntry& ours, const TreeEntry& theirs) {
  const bool executable = MergedExecutable(base, ours, theirs);
  if (executable == ours.executable()) return ours.mode;
  return executable ? ours.mode | ((ours.mode >> 2) & kExecutable) : ours.mode & ~kExecutable;
}

// What the merge broke: both sides could be read, the result cannot.
std::optional<std::string> FindDamage(std::string_view path, const TreeEntry& ours,
                                      const TreeEntry& theirs, const std::string& merged,
                                      const StructureCheck& check) {
  if (!check) return std::nullopt;
  std::optional<std::string> problem = check(path, merged);
  if (!problem || check(path, ours.bytes) || check(path, theirs.bytes)) return std::nullopt;
  return problem;
}

}  // namespace

bool SameEntry(const TreeEntry& a, const TreeEntry& b, bool content_only) {
  if (a.kind != b.kind || a.bytes != b.bytes) return false;
  return content_only || a.kind != EntryKind::kFile || a.executable() == b.executable();
}

MergedEntry MergeEntry(std::string_view path, const TreeEntry* base, const TreeEntry& ours,
                       const TreeEntry& theirs, ConflictStyle style, const StructureCheck& check) {
  MergedEntry merged;
  merged.entry = ours;
  if (ours.kind != EntryKind::kFile || theirs.kind != EntryKind::kFile) {
    merged.conflict = ConflictReason::kKind;
    return merged;
  }
  const TreeEntry* text_base = base != nullptr && base->kind == EntryKind::kFile ? base : nullptr;
  merged.entry.mode = MergedMode(text_base, ours, theirs);
  if (ours.bytes == theirs.bytes) return merged;
  if (text_base != nullptr && text_base->bytes == theirs.bytes) return merged;
  if (text_base != nullptr && text_base->bytes == ours.bytes) {
    merged.entry.bytes = theirs.bytes;
    return merged;
  }
  const std::string_view base_text =
      text_base != nullptr ? std::string_view(text_base->bytes) : std::string_view();
  if (IsBinary(ours.bytes) || IsBinary(theirs.bytes) || IsBinary(base_text)) {
    merged.conflict = ConflictReason::kBinary;
    return merged;
  }
  MergedText text = MergeText(base_text, ours.bytes, theirs.bytes, style);
  if (text.conflicts > 0 && text_base != nullptr) {
    if (auto carried = CarryChanges(base_text, ours.bytes, theirs.bytes)) {
      text = {*std::move(carried), 0};
    }
  }
  if (text.conflicts > 0) {
    merged.conflict = text_base != nullptr ? ConflictReason::kContent : ConflictReason::kBothAdded;
  } else if (auto damage = FindDamage(path, ours, theirs, text.text, check)) {
    merged.conflict = ConflictReason::kStructure;
    merged.note = *std::move(damage);
  }
  merged.entry.bytes = std::move(text.text);
  return merged;
}

bool HasCrlfLines(std::string_view text) {
  bool any = false;
  for (size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', end + 1)) {
    if (end == 0 || text[end - 1] != '\r') return false;
    any = true;
  }
  return any;
}

std::string WithoutCr(std::string_view text) { return ReplaceAll(text, "\r\n", "\n"); }
std::string WithCr(std::string_view text) { return ReplaceAll(text, "\n", "\r\n"); }

}  // namespace scaffold
