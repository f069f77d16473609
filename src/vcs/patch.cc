#include "vcs/patch.h"

#include <algorithm>
#include <cstdio>

#include "vcs/libgit2.h"
#include "vcs/merge_text.h"
#include "vcs/similarity.h"

namespace scaffold {
namespace {

constexpr size_t kShortId = 7;
constexpr size_t kFullId = 40;
constexpr char kNoFile[] = "/dev/null";

std::string ModeOf(const TreeEntry& entry) {
  if (entry.kind == EntryKind::kSymlink) return "120000";
  return entry.executable() ? "100755" : "100644";
}

std::string_view BytesOf(const TreeEntry* entry) {
  return entry == nullptr ? std::string_view() : std::string_view(entry->bytes);
}

std::string IdOf(const TreeEntry* entry, size_t digits) {
  if (entry == nullptr) return std::string(digits, '0');
  git_oid id;
  git::Check(git_odb_hash(&id, entry->bytes.data(), entry->bytes.size(), GIT_OBJECT_BLOB),
             "hash a file");
  return git::Hex(id).substr(0, digits);
}

// Of the name behind "---" or "+++": a tab ends one with blanks.
std::string WithEnd(const std::string& name) {
  return name.find(' ') == std::string::npos ? name : name + "\t";
}

// Adds what libgit2 prints, but for the lines above the first hunk.
int AddLine(const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line, void* text) {
  auto* out = static_cast<std::string*>(text);
  if (line->origin == GIT_DIFF_LINE_FILE_HDR) return 0;
  if (line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == GIT_DIFF_LINE_ADDITION ||
      line->origin == GIT_DIFF_LINE_DELETION) {
    *out += line->origin;
  }
  out->append(line->content, line->content_len);
  return 0;
}

std::string PrintChange(std::string_view before, std::string_view after,
                        const git_diff_options& options) {
  git_patch* made = nullptr;
  git::Check(git_patch_from_buffers(&made, before.data(), before.size(), nullptr, after.data(),
                                    after.size(), nullptr, &options),
             "compare two files");
  const git::PatchHandle patch(made);
  std::string text;
  git::Check(git_patch_print(patch.get(), AddLine, &text), "compare two files");
  return text;
}

std::string FormatHunks(std::string_view before, std::string_view after, int context) {
  git::Initialize();
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  options.context_lines = static_cast<uint32_t>(std::max(context, 0));
  return PrintChange(before, after, options);
}

// Both contents, packed and in letters: the patch can be undone as well.
std::string FormatBinary(std::string_view before, std::string_view after) {
  git::Initialize();
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_FORCE_BINARY | GIT_DIFF_SHOW_BINARY;
  return PrintChange(before, after, options);
}

// The change of one file, which has the same kind on both sides or is on one side only.
class PatchWriter {
 public:
  PatchWriter(const std::string& from, const TreeEntry* before, const std::string& to,
              const TreeEntry* after, BinaryPatch binary)
      : from_(from),
        before_(before),
        to_(to),
        after_(after),
        whole_(binary == BinaryPatch::kWhole &&
               (IsBinary(BytesOf(before)) || IsBinary(BytesOf(after)))) {}

  std::string Write(int context) {
    const bool both = before_ != nullptr && after_ != nullptr;
    const bool renamed = both && from_ != to_;
    const bool edited = !both || before_->bytes != after_->bytes;
    const bool same_mode = both && ModeOf(*before_) == ModeOf(*after_);
    if (both && !renamed && !edited && same_mode) return {};
    text_ = "diff --git " + QuotePath("a/" + from_) + " " + QuotePath("b/" + to_) + "\n";
    if (before_ == nullptr) {
      AddField("new file mode", ModeOf(*after_));
    } else if (after_ == nullptr) {
      AddField("deleted file mode", ModeOf(*before_));
    } else if (!same_mode) {
      AddField("old mode", ModeOf(*before_));
      AddField("new mode", ModeOf(*after_));
    }
    if (renamed) AddRename();
    if (!edited) return std::move(text_);
    const size_t digits = whole_ ? kFullId : kShortId;
    text_ += "index " + IdOf(before_, digits) + ".." + IdOf(after_, digits) +
             (same_mode ? " " + ModeOf(*before_) : "") + "\n";
    AddContent(context);
    return std::move(text_);
  }

 private:
  void AddField(const char* name, const std::string& value) {
    text_ += std::string(name) + " " + value + "\n";
  }

  void AddRename() {
    const bool equal = before_->bytes == after_->bytes;
    const double percent = equal ? 100 : Similarity(before_->bytes, after_->bytes);
    AddField("similarity index", std::to_string(static_cast<int>(percent)) + "%");
    AddField("rename from", QuotePath(from_));
    AddField("rename to", QuotePath(to_));
  }

  void AddContent(int context) {
    const std::string old_name = before_ == nullptr ? kNoFile : QuotePath("a/" + from_);
    const std::string new_name = after_ == nullptr ? kNoFile : QuotePath("b/" + to_);
    const std::string_view before = BytesOf(before_);
    const std::string_view after = BytesOf(after_);
    if (before == after) return;  // an empty file that comes or goes
    if (whole_) {
      text_ += FormatBinary(before, after);
      return;
    }
    if (IsBinary(before) || IsBinary(after)) {
      text_ += "Binary files " + old_name + " and " + new_name + " differ\n";
      return;
    }
    text_ += "--- " + WithEnd(old_name) + "\n+++ " + WithEnd(new_name) + "\n" +
             FormatHunks(before, after, context);
  }

  const std::string& from_;
  const TreeEntry* before_;
  const std::string& to_;
  const TreeEntry* after_;
  const bool whole_;  // a binary file, with its bytes
  std::string text_;
};

const TreeEntry* WithoutFolder(const TreeEntry* entry) {
  return entry != nullptr && entry->kind == EntryKind::kDirectory ? nullptr : entry;
}

}  // namespace

std::string FormatPatch(const FileSides& sides, int context, BinaryPatch binary) {
  const TreeEntry* before = WithoutFolder(sides.before);
  const TreeEntry* after = WithoutFolder(sides.after);
  const std::string& from = sides.path;
  const std::string& to = sides.new_path.empty() ? sides.path : sides.new_path;
  if (before == nullptr && after == nullptr) return {};
  if (before == nullptr) return PatchWriter(to, nullptr, to, after, binary).Write(context);
  if (after == nullptr) return PatchWriter(from, before, from, nullptr, binary).Write(context);
  if (before->kind == after->kind)
    return PatchWriter(from, before, to, after, binary).Write(context);
  return PatchWriter(from, before, from, nullptr, binary).Write(context) +
         PatchWriter(to, nullptr, to, after, binary).Write(context);
}

std::string QuotePath(std::string_view path) {
  constexpr std::string_view kLetters = "abtnvfr";  // of the characters 7 to 13
  std::string quoted;
  bool odd = false;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
      odd = true;
    } else if (byte >= 7 && byte < 7 + kLetters.size()) {
      quoted += '\\';
      quoted += kLetters[byte - 7u];
      odd = true;
    } else if (byte < ' ' || byte >= 0x7f) {
      char digits[8];
      std::snprintf(digits, sizeof digits, "\\%03o", byte);
      quoted += digits;
      odd = true;
    } else {
      quoted += c;
    }
  }
  return odd ? "\"" + quoted + "\"" : quoted;
}

}  // namespace scaffold
