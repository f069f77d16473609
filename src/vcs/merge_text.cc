#include "vcs/merge_text.h"

#include <algorithm>
#include <limits>

#include "vcs/libgit2.h"

namespace scaffold {
namespace {

constexpr size_t kBinaryProbe = 8000;

// A result that frees itself.
class FileMerge {
 public:
  ~FileMerge() { git_merge_file_result_free(&result_); }
  git_merge_file_result* get() { return &result_; }
  std::string_view text() const { return {result_.ptr, result_.len}; }
  bool clean() const { return result_.automergeable != 0; }

 private:
  git_merge_file_result result_ = {};
};

git_merge_file_input InputOf(std::string_view bytes) {
  git_merge_file_input input = GIT_MERGE_FILE_INPUT_INIT;
  input.ptr = bytes.data() == nullptr ? "" : bytes.data();
  input.size = bytes.size();
  return input;
}

// The longest run of '<' that a line of `text` begins with.
size_t LongestOpening(std::string_view text) {
  size_t longest = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_not_of('<', begin), text.size());
    longest = std::max(longest, end - begin);
    const size_t newline = text.find('\n', begin);
    if (newline == std::string_view::npos) break;
    begin = newline + 1;
  }
  return longest;
}

size_t CountOpenings(std::string_view text, size_t marker_size) {
  const std::string opening = std::string(marker_size, '<') + " ";
  size_t count = 0;
  for (size_t begin = 0; begin < text.size();) {
    if (text.substr(begin).starts_with(opening)) ++count;
    const size_t newline = text.find('\n', begin);
    if (newline == std::string_view::npos) break;
    begin = newline + 1;
  }
  return count;
}

}  // namespace

MergedText MergeText(std::string_view base, std::string_view ours, std::string_view theirs,
                     ConflictStyle style, const MergeLabels& labels) {
  if (base == theirs || ours == theirs) return {std::string(ours), 0};
  if (base == ours) return {std::string(theirs), 0};
  git::Initialize();
  const git_merge_file_input ancestor = InputOf(base);
  const git_merge_file_input left = InputOf(ours);
  const git_merge_file_input right = InputOf(theirs);
  git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;
  options.ancestor_label = labels.base.c_str();
  options.our_label = labels.ours.c_str();
  options.their_label = labels.theirs.c_str();
  options.flags =
      GIT_MERGE_FILE_SIMPLIFY_ALNUM |
      (style == ConflictStyle::kDiff3 ? GIT_MERGE_FILE_STYLE_DIFF3 : GIT_MERGE_FILE_STYLE_MERGE);
  const auto merge = [&](FileMerge* result) {
    git::Check(git_merge_file(result->get(), &ancestor, &left, &right, &options), "merge a text");
  };
  FileMerge result;
  merge(&result);
  MergedText merged{std::string(result.text()), 0};
  if (result.clean()) return merged;
  // A text may hold lines that look like markers: then ours are made longer to be counted.
  const size_t longest = std::max(LongestOpening(ours), LongestOpening(theirs));
  if (longest < GIT_MERGE_CONFLICT_MARKER_SIZE && style == ConflictStyle::kMerge) {
    merged.conflicts = CountOpenings(merged.text, GIT_MERGE_CONFLICT_MARKER_SIZE);
  } else {
    const size_t size = std::max({longest, LongestOpening(base), size_t{7}}) + 1;
    options.marker_size = static_cast<unsigned short>(
        std::min<size_t>(size, std::numeric_limits<unsigned short>::max()));
    FileMerge again;
    merge(&again);
    merged.conflicts = CountOpenings(again.text(), options.marker_size);
  }
  // Never clean when the library says that it is not.
  merged.conflicts = std::max<size_t>(merged.conflicts, 1);
  return merged;
}

bool IsBinary(std::string_view bytes) {
  return bytes.substr(0, kBinaryProbe).find('\0') != std::string_view::npos;
}

}  // namespace scaffold
