#include "vcs/carry_changes.h"

#include <algorithm>
#include <map>
#include <vector>

#include "vcs/libgit2.h"

namespace scaffold {
namespace {

constexpr uint32_t kContext = 3;

using Lines = std::vector<std::string_view>;

struct Hunk {
  Lines before;  // with the lines around the change
  Lines after;
  bool at_start = false;
  bool at_end = false;
};

Lines SplitLines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

Hunk ReadHunk(git_patch* patch, size_t index) {
  const git_diff_hunk* header = nullptr;
  size_t count = 0;
  git::Check(git_patch_get_hunk(&header, &count, patch, index), "compare two texts");
  Hunk hunk;
  hunk.at_start = header->old_start <= 1;
  for (size_t i = 0; i < count; ++i) {
    const git_diff_line* line = nullptr;
    git::Check(git_patch_get_line_in_hunk(&line, patch, index, i), "compare two texts");
    const std::string_view text(line->content, line->content_len);
    const bool is_context = line->origin == GIT_DIFF_LINE_CONTEXT;
    if (is_context || line->origin == GIT_DIFF_LINE_DELETION) hunk.before.push_back(text);
    if (is_context || line->origin == GIT_DIFF_LINE_ADDITION) hunk.after.push_back(text);
    if (is_context || line->origin == GIT_DIFF_LINE_DELETION ||
        line->origin == GIT_DIFF_LINE_ADDITION) {
      hunk.at_end = !is_context;
    }
  }
  return hunk;
}

// Where `wanted` stands; nullopt when that is nowhere, or in several places.
std::optional<size_t> FindOnce(const Lines& lines, const Lines& wanted) {
  if (wanted.empty()) return std::nullopt;
  const auto found = std::search(lines.begin(), lines.end(), wanted.begin(), wanted.end());
  if (found == lines.end()) return std::nullopt;
  if (std::search(found + 1, lines.end(), wanted.begin(), wanted.end()) != lines.end()) {
    return std::nullopt;
  }
  return static_cast<size_t>(found - lines.begin());
}

}  // namespace

std::optional<std::string> CarryChanges(std::string_view base, std::string_view ours,
                                        std::string_view theirs) {
  git::Initialize();
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_FORCE_TEXT;
  options.context_lines = kContext;
  git_patch* made = nullptr;
  git::Check(git_patch_from_buffers(&made, base.data(), base.size(), nullptr, ours.data(),
                                    ours.size(), nullptr, &options),
             "compare two texts");
  const git::PatchHandle patch(made);
  const Lines old_lines = SplitLines(base);
  const Lines lines = SplitLines(theirs);
  std::map<size_t, Hunk> places;  // in `theirs`
  for (size_t i = 0; i < git_patch_num_hunks(patch.get()); ++i) {
    Hunk hunk = ReadHunk(patch.get(), i);
    const std::optional<size_t> place = FindOnce(lines, hunk.before);
    if (!place || !FindOnce(old_lines, hunk.before)) return std::nullopt;
    if (hunk.at_start && *place != 0) return std::nullopt;
    if (hunk.at_end && *place + hunk.before.size() != lines.size()) return std::nullopt;
    if (!places.emplace(*place, std::move(hunk)).second) return std::nullopt;
  }
  std::string text;
  size_t done = 0;
  for (const auto& [place, hunk] : places) {
    if (place < done) return std::nullopt;
    for (; done < place; ++done) text += lines[done];
    for (const std::string_view line : hunk.after) text += line;
    done += hunk.before.size();
  }
  for (; done < lines.size(); ++done) text += lines[done];
  return text;
}

}  // namespace scaffold
