// Copy: a template rendered into a folder that may hold files already.

#include "project/session.h"
#include "scaffold/scaffold.h"
#include "tree/apply_tree.h"
#include "tree/compare.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

// Whether a path whose content differs is to be written; reports what happens to it.
bool ResolveConflict(const Session& session, const RenderResult& rendered, const std::string& path,
                     const std::string& answers_file, Prompter& prompter) {
  session.reporter.Path(PathAction::kConflict, path);
  if (rendered.skip_if_exists(path)) {
    session.reporter.Path(PathAction::kSkip, path);
    return false;
  }
  if (session.options.on_existing == OnExisting::kOverwrite || path == answers_file) {
    session.reporter.Path(PathAction::kOverwrite, path);
    return true;
  }
  const std::optional<bool> reply = prompter.ConfirmOverwrite(path);
  if (!reply) {
    throw Error(ErrorKind::kInteractive,
                "Interactive session required: Consider using `--overwrite`")
        .WithHelp("'" + path + "' exists and differs; --overwrite replaces it, --skip keeps it");
  }
  return *reply;
}

// Sorts every rendered entry into what is written and what stays; all questions are asked here,
// before the first byte is written.
TreeChanges SelectWrites(const Session& session, RenderResult* rendered, Prompter& prompter,
                         PathCounts* counts) {
  const std::string answers_file = session.context->AnswersFile(session.answers);
  TreeChanges changes;
  for (auto& [path, entry] : rendered->tree.entries()) {
    session.host.CheckCancelled();
    const bool counted = entry.kind != EntryKind::kDirectory;
    switch (CompareWithDisk(session.destination, path, entry)) {
      case DiskState::kAbsent:
        session.reporter.Path(PathAction::kCreate, path);
        counts->created += counted ? 1 : 0;
        changes.writes.Add(path, std::move(entry));
        break;
      case DiskState::kIdentical:
        session.reporter.Path(PathAction::kIdentical, path);
        counts->identical += counted ? 1 : 0;
        break;
      case DiskState::kDifferent:
        if (ResolveConflict(session, *rendered, path, answers_file, prompter)) {
          ++counts->overwritten;
          changes.writes.Add(path, std::move(entry));
        } else {
          ++counts->skipped;
        }
        break;
    }
  }
  return changes;
}

// Removes a destination that this run made, when it fails later on.
class NewDestinationGuard {
 public:
  explicit NewDestinationGuard(const Session& session)
      : session_(session), armed_(session.options.cleanup_on_error && !session.options.pretend) {
    std::error_code error;
    if (fs::exists(session.destination, error)) armed_ = false;
  }
  ~NewDestinationGuard() {
    if (!armed_) return;
    std::error_code error;
    fs::remove_all(session_.destination, error);
    if (error) {
      session_.reporter.Warn("Failed to clean up " + session_.destination.string() + ": " +
                             error.message());
    }
  }
  NewDestinationGuard(const NewDestinationGuard&) = delete;
  NewDestinationGuard& operator=(const NewDestinationGuard&) = delete;
  void Disarm() { armed_ = false; }

 private:
  const Session& session_;
  bool armed_;
};

}  // namespace

CopyResult Copy(const Host& host, const CopyOptions& options, Prompter& prompter,
                Reporter& reporter) {
  if (!options.pretend) RecoverDestination(host, options, reporter);
  const std::unique_ptr<Session> session = OpenSession(host, options, reporter);
  reporter.Message(session->context->Message("message_before_copy", session->answers));
  AskQuestions(session.get(), prompter);
  NewDestinationGuard guard(*session);
  reporter.Copying(session->checkout.version ? session->checkout.version->text() : "None");
  RenderResult rendered = RenderSession(*session);

  PathCounts counts;
  const TreeChanges changes = SelectWrites(*session, &rendered, prompter, &counts);
  if (!options.pretend) {
    const StageScope stage(reporter, Stage::kWrite, options.destination);
    ApplyTree(host, changes, session->destination);
  }
  reporter.PathsDone();
  RunTasks(*session);
  guard.Disarm();
  reporter.Message(session->context->Message("message_after_copy", session->answers));
  return SummarizeSession(*session, counts);
}

}  // namespace scaffold
