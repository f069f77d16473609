// Update: a project is brought to another version of its template.

#include "scaffold/update.h"

#include <algorithm>
#include <set>
#include <utility>

#include "answers/state.h"
#include "project/moved_defaults.h"
#include "project/project_files.h"
#include "project/renderings.h"
#include "project/session.h"
#include "project/structure_check.h"
#include "project/update_checks.h"
#include "project/update_commit.h"
#include "project/update_folder.h"
#include "project/update_report.h"
#include "support/file.h"
#include "support/text.h"
#include "tasks/tasks.h"
#include "update/make_plan.h"
#include "update/renames.h"
#include "value/operators.h"
#include "vcs/apply_patch.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStateFile = ".scaffold/state.yml";

Error BaseError(const std::string& commit, const Error& cause) {
  Error error(cause.kind() == ErrorKind::kInterrupted ? ErrorKind::kInterrupted : ErrorKind::kUser,
              "the version that this project was made from, " + commit +
                  ", cannot be rendered: " + cause.message());
  if (cause.has_location()) error.At(cause.location());
  for (const std::string& note : cause.notes()) error.AddNote(note);
  error.AddNote("nothing was changed; without that version it is unknown what you have changed");
  error.WithHelp(
      "make that version available again; or update with --without-base, which turns every "
      "difference into a conflict");
  return error;
}

class UpdateRun {
 public:
  UpdateRun(const Host& host, const UpdateOptions& options, Prompter& prompter, Reporter& reporter)
      : host_(host), options_(options), prompter_(prompter), reporter_(reporter) {}

  UpdateResult Run() {
    OpenTemplates();
    CheckPlace();
    reporter_.Message(after_->context->Message("message_before_update", after_->answers));
    reporter_.Updating(after_->checkout.version->text(),
                       *old_version_ == *after_->checkout.version);
    if (!same_version_) RenderBase();
    RunMigrations("before");
    AskNewAnswers();
    if (IsNothingToDo()) {
      result_.up_to_date = true;
    } else {
      MakeThePlan();
      Report();
      if (!options_.copy.pretend) Apply();
    }
    RunMigrations("after");
    reporter_.Message(after_->context->Message("message_after_update", after_->answers));
    result_.copy = SummarizeSession(*after_, {});
    result_.from_commit = old_commit_;
    result_.from_version = old_version_->text();
    return std::move(result_);
  }

 private:
  void OpenTemplates();
  void OpenBase();
  void CheckTrustOfBoth();
  void CheckPlace();
  void RenderBase();
  void AskNewAnswers();
  bool IsNothingToDo() const;
  void MakeThePlan();
  void AddState(Plan* plan) const;
  void Report();
  void Apply();
  void RunMigrations(std::string_view stage);
  MigrationVersions Versions() const;
  fs::path destination() const { return after_->destination; }

  const Host& host_;
  const UpdateOptions& options_;
  Prompter& prompter_;
  Reporter& reporter_;
  Reporter silent_;  // of the base

  CopyOptions new_options_, old_options_;
  std::unique_ptr<Session> after_;
  std::unique_ptr<Session> before_;  // null without a base
  std::string old_commit_;           // as recorded
  std::optional<Version> old_version_;
  bool same_version_ = false;  // both are the same commit
  std::optional<WorkTree> work_tree_;
  std::optional<std::set<std::string>> chosen_;  // as recorded
  Tree base_;
  Plan plan_;
  UpdateResult result_;
};

void UpdateRun::OpenTemplates() {
  const fs::path place = AbsolutePath(host_.working_directory, options_.copy.destination);
  const Dict last = ReadLastAnswers(place, options_.copy);
  const Value source = last.Get("_src_path");
  const Value commit = last.Get("_commit");
  if (!source.IsString() || source.AsString().empty()) {
    ThrowNoReferences("update", options_.copy);
  }
  new_options_ = options_.copy;
  new_options_.source = source.AsString();
  new_options_.on_existing = OnExisting::kOverwrite;
  new_options_.source_base = SourceBase(host_, new_options_.source, place);
  after_ = FetchSession(host_, new_options_, reporter_, "update");

  old_commit_ = commit.IsString() ? commit.AsString() : "";
  if (!old_commit_.empty()) OpenBase();
  CheckTrustOfBoth();
  PrepareSession(after_.get());
}

// What is known of the recorded version; why it cannot be had is told by RenderBase.
void UpdateRun::OpenBase() {
  old_options_ = new_options_;
  old_options_.ref = old_commit_;
  old_options_.asking = Asking::kDefaults;
  old_options_.ask.clear();
  old_options_.ask_trust = nullptr;
  old_options_.trust = Trust::kAlways;  // it is decided for both at once
  old_options_.data = after_->last_answers;
  for (std::string& pattern : AllExcludes(*after_)) old_options_.exclude.push_back(pattern);
  for (const std::string& pattern : options_.copy.exclude) old_options_.exclude.push_back(pattern);
  try {
    before_ = FetchSession(host_, old_options_, silent_, "update");
  } catch (const Error& error) {
    if (!options_.without_base) throw BaseError(old_commit_, error);
    result_.notes.push_back("without a base: " + old_commit_ + " cannot be had (" +
                            error.message() + ")");
    old_version_ = Version::Parse(old_commit_);
    return;
  }
  old_version_ = before_->checkout.version;
  same_version_ = before_->checkout.commit_hash.has_value() &&
                  before_->checkout.commit_hash == after_->checkout.commit_hash;
}

void UpdateRun::CheckTrustOfBoth() {
  UnsafeUse use = {.manifest = &after_->manifest, .skip_tasks = options_.copy.skip_tasks};
  std::vector<Task> commands;
  if (before_ != nullptr) {
    use.old_manifest = &before_->manifest;
    commands = before_->manifest.tasks;
    if (old_version_ && after_->checkout.version) {
      use.migrations = HasMigrations(after_->manifest, Versions(), Pep440Rules());
    }
  }
  if (use.migrations) {
    const std::vector<Task>& migrations = after_->manifest.migrations;
    commands.insert(commands.end(), migrations.begin(), migrations.end());
  }
  CheckTrust(after_.get(), use, commands);
}

void UpdateRun::CheckPlace() {
  work_tree_ = WorkTree::Find(host_, destination());
  CheckWorkTree(host_, work_tree_);
  if (old_commit_.empty()) ThrowNoReferences("update", options_.copy);
  CheckVersions(*after_, old_version_);
}

void UpdateRun::RenderBase() {
  if (before_ == nullptr) return;
  if (options_.without_base) {
    result_.notes.push_back("without a base: every difference is a conflict");
    return;
  }
  try {
    PrepareSession(before_.get());
    AskQuestions(before_.get(), prompter_);
    base_ = RenderWithTasks(*before_, work_tree_->prefix()).tree;
  } catch (const Error& error) {
    throw BaseError(old_commit_, error);
  }
}

void UpdateRun::AskNewAnswers() {
  // A migration may have changed them.
  if (!options_.copy.skip_answered && !after_->manifest.migrations.empty()) {
    after_->last_answers = ReadLastAnswers(destination(), options_.copy);
  }
  chosen_ = ReadChosenAnswers(destination() / kStateFile);
  if (before_ != nullptr && !same_version_ && before_->context != nullptr) {
    result_.moved_defaults = FindMovedDefaults(*before_, *after_, chosen_);
  }
  for (MovedDefault& moved : result_.moved_defaults) {
    if (!options_.follow_defaults || moved.chosen == MovedDefault::Chosen::kYes) continue;
    after_->last_answers.Erase(Value(moved.question));
    moved.followed = true;
  }
  AskQuestions(after_.get(), prompter_);
}

// The same commit and the same answers render to the same files.
bool UpdateRun::IsNothingToDo() const {
  const Manifest& manifest = after_->manifest;
  if (!same_version_ || options_.without_base || HasTasks(*after_) ||
      !manifest.migrations.empty() || !manifest.external_data.empty() ||
      !manifest.secret_questions.empty() || manifest.skip_if_exists.size() > 0 ||
      !options_.copy.skip_if_exists.empty() || !options_.copy.data.empty()) {
    return false;
  }
  const Dict recorded = SummarizeSession(*after_, {}).answers;
  return Equal(Value(recorded), Value(after_->last_answers));
}

void UpdateRun::MakeThePlan() {
  if (same_version_) RenderBase();
  RenderResult rendered = RenderWithTasks(*after_, work_tree_->prefix());
  const Tree ours = ReadProjectFiles(host_, destination(), base_, rendered.tree);
  std::vector<Rename> template_renames;
  if (before_ != nullptr && !same_version_) {
    template_renames = FindRenames(before_->checkout.tree, after_->checkout.tree);
  }
  const auto is_edited = [&](const std::string& path) {
    const TreeEntry* mine = ours.Find(path);
    const TreeEntry* old = base_.Find(path);
    return mine != nullptr && old != nullptr && !SameEntry(*mine, *old, /*content_only=*/true);
  };

  MergeInput input;
  input.renames = MatchRenames(base_, rendered.tree, template_renames, is_edited);
  input.base = std::move(base_);
  input.theirs = std::move(rendered.tree);
  input.ours = ours;
  input.answers_file = after_->context->AnswersFile(after_->answers);
  input.style = options_.diff3 ? ConflictStyle::kDiff3 : ConflictStyle::kMerge;
  input.skip_if_exists = rendered.skip_if_exists;
  input.is_ignored = [this](const std::string& path) {
    return !work_tree_->IsTracked(path) && work_tree_->Ignores(path);
  };
  input.exists = [this](const std::string& path) {
    std::error_code error;
    return fs::exists(fs::symlink_status(destination() / path, error));
  };
  input.is_empty = [this](const std::string& path) {
    std::error_code error;
    const fs::path folder = destination() / path;
    return fs::is_directory(fs::symlink_status(folder, error)) && fs::is_empty(folder, error);
  };
  input.check = FindStructureProblem;
  if (options_.conflicts == ConflictForm::kRejects) {
    input.apply_changes = [this](const std::string& path, const std::string& base,
                                 const std::string& mine, const std::string& theirs) {
      PatchedText patched =
          ApplyPatch(host_, {.path = path, .before = base, .after = mine, .target = theirs},
                     options_.context_lines);
      return AppliedChanges{std::move(patched.text), std::move(patched.rejected)};
    };
  }
  plan_ = MakePlan(std::move(input));
  AddState(&plan_);
}

// Which answers were chosen: what was, and what this run has changed.
void UpdateRun::AddState(Plan* plan) const {
  if (!chosen_) return;
  std::set<std::string> chosen;
  for (const Question& question : after_->manifest.questions) {
    const std::string& name = question.name;
    const Value* last = after_->last_answers.Find(name);
    const Value* now = after_->answers.user.Find(name);
    const bool changed = after_->answers.chosen.contains(name) &&
                         (last == nullptr || now == nullptr || !Equal(*last, *now));
    if (chosen_->contains(name) || changed) chosen.insert(name);
  }
  if (chosen == *chosen_) return;
  const std::string path(kStateFile);
  const TreeEntry before = {.bytes = ReadFile(destination() / path), .origin = {}};
  const TreeEntry after = {.bytes = FormatState(chosen), .origin = {}};
  PlanRow row = {.action = PlanAction::kUpdate,
                 .path = path,
                 .from = {},
                 .note = {},
                 .beside = {},
                 .before = before,
                 .after = after};
  const auto place = std::find_if(plan->rows.begin(), plan->rows.end(),
                                  [&](const PlanRow& other) { return other.path > path; });
  plan->rows.insert(place, std::move(row));
  plan->changes.writes.Add(path, after);
}

void UpdateRun::Report() {
  FillPaths(plan_, &result_);
  if (options_.want_diff) result_.diff = FormatPlanDiff(plan_);
  if (!options_.copy.pretend || !HasTasks(*after_)) return;
  for (const PlannedCommand& command :
       PlanTasks(after_->manifest, *after_->renderer,
                 after_->context->Build(after_->answers, Phase::kTasks), "update")) {
    result_.commands.push_back(command.Display());
  }
}

void UpdateRun::Apply() {
  if (options_.branch) SwitchToNewBranch(host_, *work_tree_, *options_.branch);
  {
    const StageScope stage(reporter_, Stage::kWrite, options_.copy.destination);
    const UpdateFolder folder(host_, *work_tree_, destination());
    if (!plan_.backups.empty()) {
      result_.backup = folder.Backup(plan_.backups);
      for (const auto& [path, entry] : plan_.backups) result_.backed_up.push_back(path);
    }
    folder.Apply(plan_);
  }
  if (HasTasks(*after_)) RunTasksIn(*after_, destination());
  if (options_.commit && !plan_.HasConflicts()) {
    result_.committed =
        CommitUpdate(host_, *work_tree_, plan_,
                     "Update from template version " + after_->checkout.version->text());
  }
}

MigrationVersions UpdateRun::Versions() const {
  return {.from = before_ != nullptr ? before_->checkout.commit.value_or("") : old_commit_,
          .to = after_->checkout.commit.value_or(""),
          .pep440_from = old_version_->text(),
          .pep440_to = after_->checkout.version->text()};
}

void UpdateRun::RunMigrations(std::string_view stage) {
  if (after_->manifest.migrations.empty()) return;
  if (stage == "before" && after_->answers.sources.last.empty()) {
    after_->answers.sources.last = after_->last_answers;
    after_->answers.sources.init = options_.copy.data;
  }
  const std::vector<PlannedCommand> commands = PlanMigrations(
      after_->manifest, *after_->renderer, after_->context->Build(after_->answers, Phase::kMigrate),
      stage, Versions(), Pep440Rules());
  if (!options_.copy.pretend && !commands.empty()) after_->checkout.Materialize(host_);
  for (const PlannedCommand& command : commands) {
    reporter_.Task(command.number, command.total, command.Display());
    if (options_.copy.pretend) {
      result_.commands.push_back(command.Display());
    } else {
      RunTask(host_, command, destination(),
              options_.copy.data_on_stdout ? TaskOutput::kErrors : TaskOutput::kStandard);
    }
  }
}

UpdateRecovery Recover(const Host& host, const std::string& destination, RecoveryWay way) {
  const auto work_tree = WorkTree::Find(host, AbsolutePath(host.working_directory, destination));
  return work_tree ? RecoverUpdate(host, *work_tree, way) : UpdateRecovery::kNothing;
}

}  // namespace

UpdateResult Update(const Host& host, const UpdateOptions& options, Prompter& prompter,
                    Reporter& reporter) {
  if (!options.copy.pretend &&
      ContinueUpdate(host, options.copy.destination) == UpdateRecovery::kFinished) {
    reporter.Warn(
        "an earlier update of this project was killed while it wrote; it was finished first");
  }
  return UpdateRun(host, options, prompter, reporter).Run();
}

UpdateRecovery ContinueUpdate(const Host& host, const std::string& destination) {
  return Recover(host, destination, RecoveryWay::kFinish);
}

UpdateRecovery AbortUpdate(const Host& host, const std::string& destination) {
  return Recover(host, destination, RecoveryWay::kUndo);
}

}  // namespace scaffold
