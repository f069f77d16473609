#include "tree/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "support/file.h"
#include "support/text.h"
#include "tree/step_runner.h"
#include "tree/tree.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "scaffold journal 2";
constexpr char kForward[] = "journal";
constexpr char kBack[] = "journal-undo";
constexpr char kDone[] = "journal-done";
constexpr size_t kFields = 4;  // of a step

bool IsKind(char kind) {
  return kind == static_cast<char>(Step::Kind::kMakeDirectory) ||
         kind == static_cast<char>(Step::Kind::kMove) ||
         kind == static_cast<char>(Step::Kind::kDelete) ||
         kind == static_cast<char>(Step::Kind::kRemoveDirectory);
}

// False when the journal cannot be renamed for another reason than that there is none.
bool Rename(int folder, const char* from, const char* to) {
  return renameat(folder, from, folder, to) == 0 || errno == ENOENT;
}

}  // namespace

void WriteJournal(const StagingFolder& staging, const std::vector<Step>& steps) {
  std::string text(kHeader);
  for (const Step& step : steps) {
    text += '\0';
    text += static_cast<char>(step.kind);
    text += step.path;
    for (const std::string* field : {&step.staged, &step.before, &step.after}) {
      text += '\0';
      text += *field;
    }
  }
  WriteFileAtomically(staging.path() / kForward, text);
}

void EndJournal(const fs::path& staging) {
  const Descriptor folder = OpenDirectory(staging);
  for (const char* name : {kForward, kBack}) {
    // A second time, since what a failure here costs is the whole run.
    if (Rename(folder.get(), name, kDone) || Rename(folder.get(), name, kDone)) continue;
    throw FileSystemError("write", staging / kDone, errno);
  }
}

bool HasJournal(int staging) {
  return faccessat(staging, kForward, F_OK, 0) == 0 || faccessat(staging, kBack, F_OK, 0) == 0;
}

bool HasEnded(const fs::path& staging) {
  std::error_code error;
  return fs::exists(DoneMark(staging), error);
}

fs::path DoneMark(const fs::path& staging) { return staging / kDone; }

std::optional<Journal> ReadJournal(const fs::path& staging) {
  Journal journal;
  fs::path path = staging / kForward;
  std::optional<std::string> text = ReadFileIfExists(path);
  if (!text) {
    path = staging / kBack;
    text = ReadFileIfExists(path);
    journal.undoing = true;
  }
  if (!text) return std::nullopt;
  const std::vector<std::string_view> fields = Split(*text, '\0');
  const Error malformed(ErrorKind::kIo,
                        "cannot read '" + path.string() + "': it is not a journal of this version");
  if (fields.front() != kHeader || fields.size() % kFields != 1) throw malformed;
  for (size_t i = 1; i < fields.size(); i += kFields) {
    if (fields[i].empty() || !IsKind(fields[i].front())) throw malformed;
    const std::string_view step_path = fields[i].substr(1);
    // The folder lies where others may write: its content is checked like any input.
    if (!IsSafeTreePath(step_path) || !(fields[i + 1].empty() || IsSafeTreePath(fields[i + 1]))) {
      throw malformed;
    }
    journal.steps.push_back({.kind = static_cast<Step::Kind>(fields[i].front()),
                             .path = std::string(step_path),
                             .staged = std::string(fields[i + 1]),
                             .before = std::string(fields[i + 2]),
                             .after = std::string(fields[i + 3])});
  }
  return journal;
}

void RunSteps(const std::vector<Step>& steps, const StepPlace& place) {
  StepRunner runner(place);
  try {
    for (size_t number = 0; number < steps.size(); ++number) runner.Do(steps[number], number);
  } catch (const Error& cause) {
    Error error = cause;
    try {
      UndoSteps(steps, place);
      Rename(place.staging, kForward, kDone);
      Rename(place.staging, kBack, kDone);
    } catch (const Error& left) {
      error.AddNote("not everything could be put back (" + left.message() +
                    "); the next run tries again");
    }
    throw error;
  }
}

void UndoSteps(const std::vector<Step>& steps, const StepPlace& place) {
  // Whoever comes next must go this way as well, or it would take what is undone for done.
  Rename(place.staging, kForward, kBack);
  StepRunner runner(place);
  std::optional<Error> failure;
  for (size_t number = steps.size(); number-- > 0;) {
    try {
      runner.Undo(steps[number], number);
    } catch (const Error& error) {
      failure = error;
    }
  }
  if (failure) throw *failure;
}

}  // namespace scaffold
