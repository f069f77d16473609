#include "tree/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "support/file.h"
#include "support/text.h"
#include "tree/tree.h"

namespace scaffold {
namespace {

constexpr std::string_view kHeader = "scaffold journal 1";
constexpr std::string_view kName = "journal";

class StepRunner {
 public:
  StepRunner(int staging, RootFolder* root, mode_t mode)
      : staging_(staging), root_(root), mode_(mode) {}

  void Do(const Step& step) {
    const int parent = root_->OpenParent(step.path);
    if (parent < 0 && step.kind == Step::Kind::kDelete) return;
    if (parent < 0) throw Failure(step, ENOENT);
    switch (step.kind) {
      case Step::Kind::kMakeDirectory:
        return MakeDirectory(step, parent);
      case Step::Kind::kMove:
        return Move(step, parent);
      case Step::Kind::kDelete:
        return PutAside(step, parent);
    }
  }

  // The latest first. Failures are passed over: each step undone is one more in its old state.
  void UndoAll() noexcept {
    for (auto done = done_.rbegin(); done != done_.rend(); ++done) {
      try {
        Undo(*done);
      } catch (const Error&) {
      }
    }
  }

 private:
  struct Done {
    const Step* step;
    std::string backup;  // name in the staging folder; empty when there was nothing before
  };

  Error Failure(const Step& step, int error_number) const {
    const bool folder = step.kind == Step::Kind::kMakeDirectory;
    const bool removal = step.kind == Step::Kind::kDelete;
    return FileSystemError(folder    ? "create folder"
                           : removal ? "delete"
                                     : "write",
                           root_->path() / step.path, error_number);
  }

  void MakeDirectory(const Step& step, int parent) {
    if (mkdirat(parent, LastPart(step.path), mode_) != 0) {
      const int failure = errno;
      struct stat status = {};
      // Follows a link: a link to a folder inside serves as one.
      const bool there = fstatat(parent, LastPart(step.path), &status, 0) == 0;
      if (failure == EEXIST && there && S_ISDIR(status.st_mode)) return;
      throw Failure(step, failure);
    }
    fchmodat(parent, LastPart(step.path), mode_, 0);
    done_.push_back({&step, {}});
  }

  void Move(const Step& step, int parent) {
    if (faccessat(staging_, step.staged.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0) return;
    std::string backup = "old-" + std::to_string(done_.size());
    struct stat status = {};
    const char* name = LastPart(step.path);
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != ENOENT) throw Failure(step, errno);
      backup.clear();
    } else if (S_ISDIR(status.st_mode)) {
      throw Failure(step, EISDIR);
    } else if (linkat(parent, name, staging_, backup.c_str(), 0) != 0 &&
               renameat(parent, name, staging_, backup.c_str()) != 0) {
      throw Failure(step, errno);
    }
    done_.push_back({&step, std::move(backup)});
    if (renameat(staging_, step.staged.c_str(), parent, name) != 0) throw Failure(step, errno);
  }

  void PutAside(const Step& step, int parent) {
    std::string backup = "old-" + std::to_string(done_.size());
    if (renameat(parent, LastPart(step.path), staging_, backup.c_str()) != 0) {
      if (errno == ENOENT) return;
      throw Failure(step, errno);
    }
    done_.push_back({&step, std::move(backup)});
  }

  void Undo(const Done& done) {
    const int parent = root_->OpenParent(done.step->path);
    const char* name = LastPart(done.step->path);
    if (done.step->kind == Step::Kind::kMakeDirectory) {
      unlinkat(parent, name, AT_REMOVEDIR);
      return;
    }
    const bool moved =
        done.step->kind == Step::Kind::kMove &&
        faccessat(staging_, done.step->staged.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0;
    if (!done.backup.empty()) {
      renameat(staging_, done.backup.c_str(), parent, name);
    } else if (moved) {
      renameat(parent, name, staging_, done.step->staged.c_str());
    }
  }

  int staging_;
  RootFolder* root_;
  mode_t mode_;
  std::vector<Done> done_;
};

}  // namespace

void WriteJournal(const StagingFolder& staging, const std::vector<Step>& steps) {
  std::string text(kHeader);
  for (const Step& step : steps) {
    text += '\0';
    text += static_cast<char>(step.kind);
    text += step.path;
    text += '\0';
    text += step.staged;
  }
  WriteFileAtomically(staging.path() / kName, text);
}

std::optional<std::vector<Step>> ReadJournal(const std::filesystem::path& staging) {
  const std::optional<std::string> text = ReadFileIfExists(staging / kName);
  if (!text) return std::nullopt;
  const std::vector<std::string_view> fields = Split(*text, '\0');
  const Error malformed(ErrorKind::kIo, "cannot read '" + (staging / kName).string() +
                                            "': it is not a journal of this version");
  if (fields.front() != kHeader || fields.size() % 2 == 0) throw malformed;
  std::vector<Step> steps;
  for (size_t i = 1; i < fields.size(); i += 2) {
    const std::string_view path = fields[i].substr(std::min<size_t>(1, fields[i].size()));
    // The folder lies where others may write: its content is checked like any input.
    if (!IsSafeTreePath(path) || !(fields[i + 1].empty() || IsSafeTreePath(fields[i + 1]))) {
      throw malformed;
    }
    steps.push_back({.kind = static_cast<Step::Kind>(fields[i].front()),
                     .path = std::string(path),
                     .staged = std::string(fields[i + 1])});
  }
  return steps;
}

void RunSteps(const std::vector<Step>& steps, int staging, RootFolder* root, mode_t mode) {
  StepRunner runner(staging, root, mode);
  try {
    for (const Step& step : steps) runner.Do(step);
  } catch (const Error&) {
    runner.UndoAll();
    throw;
  }
}

}  // namespace scaffold
