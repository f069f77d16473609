// Update: a project is brought to another version of its template.

#include "scaffold/update.h"

#include <algorithm>
#include <map>
#include <utility>

#include "project/moved_defaults.h"
#include "project/project_files.h"
#include "project/renderings.h"
#include "project/session.h"
#include "project/structure_check.h"
#include "project/update_additions.h"
#include "project/update_checks.h"
#include "project/update_commit.h"
#include "project/update_folder.h"
#include "project/update_report.h"
#include "project/update_tasks.h"
#include "source/template_renames.h"
#include "support/file.h"
#include "support/text.h"
#include "tasks/tasks.h"
#include "tree/compare.h"
#include "update/make_plan.h"
#include "update/renames.h"
#include "value/operators.h"
#include "vcs/apply_patch.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

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

// Of the files that the update writes.
std::map<std::string, bool> ExecutableBits(const Plan& plan) {
  std::map<std::string, bool> bits;
  for (const auto& [path, entry] : plan.changes.writes) {
    if (entry.kind == EntryKind::kFile) bits[path] = entry.executable();
  }
  return bits;
}

// Whether something else than a folder is at `path`, seen without following a link on the way.
bool IsFileWithoutLinks(const fs::path& root, const std::string& path) {
  std::error_code error;
  for (size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (!fs::is_directory(fs::symlink_status(root / path.substr(0, slash), error))) return false;
  }
  const fs::file_status status = fs::symlink_status(root / path, error);
  return fs::exists(status) && !fs::is_directory(status);
}

// The entries of `tree` whose paths `other` does not have.
Tree OnlyIn(const Tree& tree, const Tree& other) {
  Tree only;
  for (const auto& [path, entry] : tree) {
    if (other.Find(path) == nullptr) only.Add(path, entry);
  }
  return only;
}

// A row for a file that is none of the template's.
void InsertRow(PlanRow row, Plan* plan) {
  const auto place =
      std::lower_bound(plan->rows.begin(), plan->rows.end(), row,
                       [](const PlanRow& a, const PlanRow& b) { return a.path < b.path; });
  plan->rows.insert(place, std::move(row));
}

// What a module brought is nobody's choice once it is removed.
void MarkModule(const ModuleMark& mark, std::set<std::string> fresh, State* state) {
  if (mark.is_added) {
    state->modules[mark.id] = std::move(fresh);
    return;
  }
  const auto added = state->modules.find(mark.id);
  if (added == state->modules.end()) return;
  for (const std::string& name : added->second) state->chosen.erase(name);
  state->modules.erase(added);
}

bool HasCommands(const Manifest& manifest) {
  return !manifest.tasks.empty() || !manifest.migrations.empty() ||
         !manifest.jinja_extensions.empty();
}

class UpdateRun {
 public:
  UpdateRun(const Host& host, const UpdateOptions& options, Prompter& prompter, Reporter& reporter)
      : host_(host), options_(options), prompter_(prompter), reporter_(reporter) {}

  UpdateResult Run() {
    OpenTemplates();
    CheckPlace();
    Tell("message_before_update");
    if (!options_.module) {
      reporter_.Updating(after_->checkout.version->text(),
                         *old_version_ == *after_->checkout.version);
    }
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
    FinishProject();
    Tell("message_after_update");
    result_.copy = SummarizeSession(*after_, {});
    result_.from_commit = old_commit_;
    result_.from_version = old_version_->text();
    return std::move(result_);
  }

 private:
  // What templates tell is about new versions, and a module is switched at the version that is
  // there.
  void Tell(const std::string& setting) {
    if (!options_.module) reporter_.Message(after_->context->Message(setting, after_->answers));
  }

  void OpenTemplates();
  void FollowCruft(const CruftState& cruft);
  void OpenBase();
  void FetchBase(const std::string& ref);
  void CheckTrustOfBoth();
  void CheckPlace();
  void RenderBase();
  void AskNewAnswers();
  bool IsNothingToDo() const;
  std::vector<Rename> TemplateRenames() const;
  void MakeThePlan();
  void AddState(Plan* plan) const;
  void TakeOverCruft();
  void Report();
  void CheckUnchanged() const;
  void Apply();
  void FinishProject();
  void Commit();
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
  bool applied_ = false;       // the project's files are changed
  bool from_cruft_ = false;    // .cruft.json gives way to our own records
  std::optional<WorkTree> work_tree_;
  std::optional<UpdateFolder> folder_;  // the lock; none when pretending
  std::optional<State> state_;          // as recorded
  std::vector<Addition> additions_;     // after the update
  Tree base_;
  Tree known_, inputs_;  // of tasks: the paths of both renderings, and what they were made of
  Plan plan_;
  UpdateResult result_;
};

void UpdateRun::OpenTemplates() {
  const fs::path place = AbsolutePath(host_.working_directory, options_.copy.destination);
  const RecordedTemplate recorded = ReadRecordedTemplate(host_, options_.copy, "update");
  new_options_ = options_.copy;
  new_options_.source = recorded.source;
  new_options_.source_base = recorded.source_base;
  new_options_.on_existing = OnExisting::kOverwrite;
  if (recorded.cruft) FollowCruft(*recorded.cruft);
  after_ = FetchSession(host_, new_options_, reporter_, "update");
  state_ = ReadState(place / kStateFile);
  // It may speak of another template of the project.
  if (state_ && !state_->source.empty() && state_->source != recorded.source) state_.reset();

  old_commit_ = recorded.commit.value_or("");
  if (!old_commit_.empty()) OpenBase();
  CheckTrustOfBoth();
  PrepareSession(after_.get());
}

// What it says of the version and the files is said by options else.
void UpdateRun::FollowCruft(const CruftState& cruft) {
  from_cruft_ = true;
  if (!new_options_.ref) new_options_.ref = cruft.ref;
  for (const std::string& path : cruft.skip) new_options_.skip_if_exists.push_back("/" + path);
}

// Says whether it is the same version, and fetches it if not.
void UpdateRun::OpenBase() {
  const Checkout& now = after_->checkout;
  std::string ref = old_commit_;
  // The tag may have moved since; the commit has not.
  if (state_ && !state_->commit_hash.empty() && state_->commit == old_commit_) {
    ref = state_->commit_hash;
  }
  same_version_ = (now.commit == old_commit_ && (ref == old_commit_ || now.commit_hash == ref)) ||
                  now.commit_hash == old_commit_;
  old_version_ = now.version;
  if (!same_version_ || HasCommands(after_->manifest)) FetchBase(ref);
}

// Why it cannot be had is told when it is needed.
void UpdateRun::FetchBase(const std::string& ref) {
  old_options_ = new_options_;
  old_options_.ref = ref;
  old_options_.asking = Asking::kDefaults;
  old_options_.ask.clear();
  old_options_.ask_trust = nullptr;
  old_options_.trust = Trust::kAlways;  // it is decided for both at once
  // As answers, not as what a template of cookiecutter would render once more.
  const bool is_copier = after_->manifest.format == ManifestFormat::kCopier;
  old_options_.data = is_copier ? after_->last_answers : Dict();
  old_options_.exclude = ExcludePatterns(after_->manifest);
  for (const std::string& pattern : options_.copy.exclude) old_options_.exclude.push_back(pattern);
  try {
    before_ = FetchSession(host_, old_options_, silent_, "update");
    old_version_ = before_->checkout.version;
  } catch (const Error& error) {
    if (!options_.without_base) throw BaseError(old_commit_, error);
    result_.notes.push_back("without a base: " + old_commit_ + " cannot be had (" +
                            error.message() + ")");
    old_version_ = Version::Parse(old_commit_);
  }
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
  // Before the clean check: what it says must stay true till the end.
  if (work_tree_ && !options_.copy.pretend) folder_.emplace(host_, *work_tree_, destination());
  CheckWorkTree(host_, work_tree_);
  if (options_.branch && !options_.copy.pretend) {
    CheckNewBranch(host_, *work_tree_, *options_.branch);
  }
  if (old_commit_.empty()) ThrowNoReferences("update", options_.copy);
  CheckVersions(*after_, old_version_);
}

void UpdateRun::RenderBase() {
  if (options_.without_base) {
    if (result_.notes.empty()) {
      result_.notes.emplace_back("without a base: every difference is a conflict");
    }
    return;
  }
  if (before_ == nullptr) FetchBase(after_->checkout.commit_hash.value_or(old_commit_));
  try {
    PrepareSession(before_.get());
    AskQuestions(before_.get(), prompter_);
    base_ = RenderWithTasks(*before_, work_tree_->prefix()).result.tree;
  } catch (const Error& error) {
    throw BaseError(old_commit_, error);
  }
}

void UpdateRun::AskNewAnswers() {
  // A migration may have changed them.
  if (!options_.copy.skip_answered && !after_->manifest.migrations.empty()) {
    after_->last_answers = ReadLastAnswers(destination(), options_.copy);
  }
  if (before_ != nullptr && !same_version_ && before_->context != nullptr) {
    result_.moved_defaults =
        FindMovedDefaults(*before_, *after_, state_ ? std::optional(state_->chosen) : std::nullopt);
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
  if (!same_version_ || from_cruft_ || options_.without_base || HasTasks(*after_) ||
      !manifest.migrations.empty() || !manifest.external_data.empty() ||
      !manifest.secret_questions.empty() || !manifest.skip_if_exists.empty() ||
      !options_.copy.skip_if_exists.empty() || !options_.copy.data.empty()) {
    return false;
  }
  const Dict recorded = SummarizeSession(*after_, {}).answers;
  return Equal(Value(recorded), Value(after_->last_answers));
}

// What the template's history says, and similarity for what it does not say.
std::vector<Rename> UpdateRun::TemplateRenames() const {
  if (before_ == nullptr || same_version_) return {};
  Tree gone = OnlyIn(before_->checkout.tree, after_->checkout.tree);
  if (gone.empty()) return {};
  Tree fresh = OnlyIn(after_->checkout.tree, before_->checkout.tree);
  Host there = host_;
  if (!new_options_.source_base.empty()) there.working_directory = new_options_.source_base;
  std::vector<Rename> renames;
  for (Rename& rename :
       ReadTemplateRenames(there, new_options_.source, before_->checkout.commit_hash.value_or(""),
                           after_->checkout.commit_hash.value_or(""))) {
    // Both ends must be what is rendered.
    if (gone.Find(rename.from) == nullptr || fresh.Find(rename.to) == nullptr) continue;
    gone.Erase(rename.from);
    fresh.Erase(rename.to);
    renames.push_back(std::move(rename));
  }
  for (Rename& rename : FindRenames(gone, fresh)) renames.push_back(std::move(rename));
  return renames;
}

void UpdateRun::MakeThePlan() {
  if (same_version_) RenderBase();
  Rendering rendering = RenderWithTasks(*after_, work_tree_->prefix());
  RenderResult& rendered = rendering.result;
  if (state_) additions_ = state_->additions;
  if (before_ != nullptr && !additions_.empty()) {
    UpdateAdditions additions =
        OverlayAdditions(additions_, *before_, *after_, prompter_, &base_, &rendered.tree);
    additions_ = std::move(additions.records);
    for (std::string& note : additions.notes) result_.notes.push_back(std::move(note));
  }
  ProjectFiles project = ReadProjectFiles(host_, destination(), base_, rendered.tree);
  const Tree& ours = project.files;
  if (RunsTasksInProject(*after_)) {
    known_ = base_;
    for (const auto& [path, entry] : rendered.tree) known_.Add(path, entry);
    inputs_ = std::move(rendering.before_tasks);
  }
  const auto is_edited = [&](const std::string& path) {
    const TreeEntry* mine = ours.Find(path);
    const TreeEntry* old = base_.Find(path);
    return mine != nullptr && old != nullptr && !SameEntry(*mine, *old, /*content_only=*/true);
  };

  MergeInput input;
  input.renames = MatchRenames(base_, rendered.tree, TemplateRenames(), is_edited);
  input.base = std::move(base_);
  input.theirs = std::move(rendered.tree);
  input.ours = ours;
  input.repositories = std::move(project.repositories);
  input.answers_file = after_->context->AnswersFile(after_->answers);
  input.style = options_.diff3 ? ConflictStyle::kDiff3 : ConflictStyle::kMerge;
  input.skip_if_exists = rendered.skip_if_exists;
  const std::vector<std::string> tracked = work_tree_->TrackedPaths();  // sorted
  const auto is_tracked = [&tracked](const std::string& path) {
    return std::binary_search(tracked.begin(), tracked.end(), path);
  };
  input.is_ignored = [&](const std::string& path) {
    return !is_tracked(path) && work_tree_->Ignores(path);
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
  input.is_hidden = is_tracked;
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
  if (from_cruft_) TakeOverCruft();
}

void UpdateRun::TakeOverCruft() {
  const std::optional<std::string> text = ReadFileIfExists(destination() / kCruftFile);
  if (!text || plan_.changes.writes.Find(kCruftFile) != nullptr) return;
  PlanRow row;
  row.action = UpdateAction::kDelete;
  row.path = kCruftFile;
  row.before = TreeEntry{.bytes = *text, .origin = {}};
  row.note = "its records are in the answers file now";
  plan_.changes.deletions.emplace_back(kCruftFile);
  InsertRow(std::move(row), &plan_);
  result_.notes.push_back("the project was made by cruft; '" + AnswersFileName(options_.copy) +
                          "' takes the place of '" + kCruftFile + "'");
}

// Which answers were chosen: what was, and what this run has changed.
void UpdateRun::AddState(Plan* plan) const {
  if (!state_) return;
  State state = MakeState(*after_, {});
  state.modules = state_->modules;
  state.additions = additions_;
  state.only_additions = state_->only_additions;
  std::set<std::string> fresh;  // chosen by this run
  for (const Question& question : after_->manifest.questions) {
    const std::string& name = question.name;
    const Value* last = after_->last_answers.Find(name);
    const Value* now = after_->answers.user.Find(name);
    const bool changed = after_->answers.chosen.contains(name) &&
                         (last == nullptr || now == nullptr || !Equal(*last, *now));
    if (state_->chosen.contains(name) || changed) state.chosen.insert(name);
    if (changed && !state_->chosen.contains(name)) fresh.insert(name);
  }
  if (options_.module) MarkModule(*options_.module, std::move(fresh), &state);
  if (FormatState(state) == FormatState(*state_)) return;
  PlanRow row;
  row.action = UpdateAction::kUpdate;
  row.path = kStateFile;
  row.before = TreeEntry{.bytes = ReadFile(destination() / kStateFile), .origin = {}};
  row.after = TreeEntry{.bytes = FormatState(state), .origin = {}};
  plan->changes.writes.Add(row.path, *row.after);
  InsertRow(std::move(row), plan);
}

void UpdateRun::Report() {
  FillPaths(plan_, &result_);
  if (options_.want_diff) result_.diff = FormatPlanDiff(plan_);
  if (!options_.copy.pretend || !RunsTasksInProject(*after_)) return;
  for (const PlannedCommand& command :
       PlanSessionTasks(*after_, after_->context->Build(after_->answers, Phase::kTasks))) {
    result_.commands.push_back(command.Display());
  }
}

// Somebody may have saved a file while the plan was made.
void UpdateRun::CheckUnchanged() const {
  for (const PlanRow& row : plan_.rows) {
    const std::string& path = row.from.empty() ? row.path : row.from;
    if (row.action == UpdateAction::kKeep ||
        (!row.before && plan_.changes.writes.Find(path) == nullptr)) {
      continue;
    }
    const bool unchanged =
        row.before ? CompareWithDisk(destination(), path, *row.before) == DiskState::kIdentical
                   : !IsFileWithoutLinks(destination(), path);
    if (unchanged) continue;
    throw Error(ErrorKind::kUser, "'" + path + "' was changed while the update was prepared")
        .WithHelp("commit it, then update again; nothing was changed");
  }
}

void UpdateRun::Apply() {
  CheckUnchanged();
  {
    const StageScope stage(reporter_, Stage::kWrite, options_.copy.destination);
    result_.backup = folder_->Apply(plan_, options_.branch);
    for (const auto& [path, entry] : plan_.backups) result_.backed_up.push_back(path);
  }
  applied_ = true;
  try {
    work_tree_->SyncExecutableBits(ExecutableBits(plan_));
  } catch (const Error& error) {
    // The files are in their places: neither a failure nor Ctrl-C may hide what was done.
    reporter_.Warn("git's index lacks the executable bits of this update: " + error.message());
  }
}

// What can fail when the files are in their places already.
void UpdateRun::FinishProject() {
  try {
    if (applied_ && RunsTasksInProject(*after_)) RunTasksInProject(*after_, known_, inputs_);
    RunMigrations("after");
    Commit();
  } catch (Error& error) {
    if (applied_) {
      error.AddNote("the update itself is done; git restore --staged --worktree . takes it back");
      for (const PlanRow& row : plan_.rows) {
        if (row.action == UpdateAction::kConflict) error.AddNote("in conflict: " + row.path);
      }
      for (const std::string& path : result_.backed_up) {
        error.AddNote("backup: " + (result_.backup / path).string());
      }
    }
    throw;
  }
}

void UpdateRun::Commit() {
  if (!options_.commit || options_.copy.pretend || plan_.HasConflicts()) return;
  result_.committed = CommitUpdate(
      host_, *work_tree_, "Update from template version " + after_->checkout.version->text());
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
  RunCommands(*after_, commands);
  if (!options_.copy.pretend) return;
  for (const PlannedCommand& command : commands) result_.commands.push_back(command.Display());
}

RecoveredUpdate Recover(const Host& host, const std::string& destination, RecoveryWay way) {
  const auto work_tree = WorkTree::Find(host, AbsolutePath(host.working_directory, destination));
  return work_tree ? RecoverUpdate(host, *work_tree, way) : RecoveredUpdate{};
}

}  // namespace

UpdateResult Update(const Host& host, const UpdateOptions& options, Prompter& prompter,
                    Reporter& reporter) {
  if (!options.copy.pretend) {
    const RecoveredUpdate earlier = ContinueUpdate(host, options.copy.destination);
    if (earlier.what != UpdateRecovery::kNothing) {
      reporter.Warn(
          std::string("an earlier update in this repository was killed while it wrote; it was ") +
          (earlier.what == UpdateRecovery::kFinished ? "finished" : "put back") + " first");
    }
    for (const UpdateBackup& backup : earlier.backups) {
      // A note: it is told with --quiet as well.
      reporter.Note("what is in no file any more is in '" + backup.folder.string() +
                    "': " + Join(backup.paths, ", "));
    }
  }
  return UpdateRun(host, options, prompter, reporter).Run();
}

RecoveredUpdate ContinueUpdate(const Host& host, const std::string& destination) {
  return Recover(host, destination, RecoveryWay::kFinish);
}

RecoveredUpdate AbortUpdate(const Host& host, const std::string& destination) {
  return Recover(host, destination, RecoveryWay::kUndo);
}

}  // namespace scaffold
