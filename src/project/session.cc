#include "project/session.h"

#include "project/cookiecutter_config.h"
#include "project/cookiecutter_session.h"
#include "project/cruft.h"
#include "project/data_text.h"
#include "project/deprecated_functions.h"
#include "project/trust_store.h"
#include "questionnaire/questionnaire.h"
#include "render/cookiecutter_loader.h"
#include "render/file_loader.h"
#include "render/template_files.h"
#include "source/outside_links.h"
#include "source/source_name.h"
#include "source/version.h"
#include "support/file.h"
#include "support/spawn.h"
#include "support/text.h"
#include "tasks/tasks.h"
#include "tasks/trust.h"
#include "tree/apply_tree.h"
#include "value/operators.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefaultAnswersFile = ".copier-answers.yml";

// The interpreter that `_copier_python` names; templates call it in their tasks.
std::string FindPython(const Host& host) {
  if (const auto python = host.Variable("SCAFFOLD_PYTHON")) return *python;
  const std::string found = FindProgram(host, "python3");
  return found.empty() ? "python3" : found;
}

void CheckCopierVersion(const Manifest& manifest, Reporter& reporter) {
  if (!manifest.min_copier_version) return;
  const std::optional<Version> ours = Version::Parse(kCopierVersion);
  const std::optional<Version> needed = Version::Parse(*manifest.min_copier_version);
  if (!needed) {
    throw Error(ErrorKind::kConfig, "Invalid version: '" + *manifest.min_copier_version + "'")
        .At(manifest.PlaceOfSetting("min_copier_version").Locate())
        .WithHelp("write a version such as \"9.4.0\"");
  }
  if (*needed > *ours) {
    throw Error(ErrorKind::kUser,
                "This template requires Copier version >= " + needed->public_text() +
                    ", while your version of Copier is " + std::string(kCopierVersion) + ".")
        .At(manifest.PlaceOfSetting("min_copier_version").Locate())
        .WithHelp("use a newer scaffold, or an older version of the template with --vcs-ref");
  }
  if (ours->major() > needed->major()) {
    reporter.Warn("This template was designed for Copier " + needed->public_text() +
                  ", but your version of Copier is " + std::string(kCopierVersion) +
                  ". You could find some incompatibilities.");
  }
}

std::string WithoutPassword(const std::string& source) {
  return source.find("://") == std::string::npos ? source : StripCredentials(source);
}

// What a task is, as the template writes it.
std::string DescribeTask(const Task& task) {
  std::string text = task.command.IsString() ? task.command.AsString() : Repr(task.command);
  if (task.working_directory != ".") text += "\n(in " + task.working_directory + ")";
  if (!task.when.IsBool() || !task.when.AsBool()) text += "\n(when " + Str(task.when) + ")";
  return text;
}

TrustRequest MakeTrustRequest(const Session& session, const std::vector<Task>& commands) {
  TrustRequest request;
  request.source = WithoutPassword(session.checkout.source);
  request.commit = session.checkout.commit;
  request.commit_hash = session.checkout.commit_hash;
  if (!session.options.skip_tasks) {
    const Manifest& manifest = session.manifest;
    for (const auto* stage :
         {&manifest.cookiecutter.scripts_first, &manifest.tasks_before, &manifest.tasks}) {
      for (const Task& task : *stage) request.commands.push_back(DescribeTask(task));
    }
  }
  for (const Task& task : commands) request.commands.push_back(DescribeTask(task));
  request.extensions = session.manifest.jinja_extensions;
  request.can_trust_commit = session.checkout.commit_hash.has_value();
  request.can_trust_source = CanTrustSource(session.host, session.checkout.source);
  return request;
}

// What cannot be remembered counts for this run, and is told.
void RememberTrust(Session* session, TrustReply reply) {
  session->trusted_for_run = true;
  try {
    if (reply == TrustReply::kThisCommit) TrustCommit(session->host, session->checkout);
    if (reply == TrustReply::kThisSource) TrustSource(session->host, session->checkout.source);
    session->trusted_for_run = reply == TrustReply::kThisRun;
  } catch (const Error& error) {
    session->reporter.Warn("trust is given for this run only: " + error.message() +
                           (error.help().empty() ? "" : "; " + error.help()));
  }
}

Value ReadExternalData(const Session& session, const std::string& path) {
  const fs::path root = fs::weakly_canonical(session.destination);
  const fs::path file = fs::weakly_canonical(session.destination / path);
  if (!IsWithin(file, root) && session.options.trust != Trust::kAlways) {
    throw Error(ErrorKind::kForbiddenPath, "\"" + path + "\" is forbidden")
        .WithHelp("if you trust this path, run again with --trust");
  }
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    session.reporter.Warn("File not found; returning empty dict: " + path);
    return Value(Dict());
  }
  Value value = yaml::Load(ReadYamlSource(file));
  return value.IsNone() ? Value(Dict()) : value;
}

// `destination` is what templates see as `_copier_conf.dst_path`.
ContextInputs MakeContextInputs(const Session& session, const std::string& destination) {
  const CopyOptions& options = session.options;
  ContextInputs inputs;
  inputs.manifest = &session.manifest;
  inputs.renderer = session.renderer.get();
  inputs.src_url = session.checkout.source;
  inputs.commit = session.checkout.commit;
  inputs.src_path = session.checkout.path.string();
  inputs.dst_path = destination;
  inputs.folder_name = session.destination.filename().string();
  inputs.python = FindPython(session.host);
  if (IsCookiecutter(session)) inputs.cookiecutter = FindCookiecutterPlaces(session);
  inputs.answers_file = options.answers_file;
  inputs.vcs_ref = session.ref;
  inputs.vcs_ref_hash = session.checkout.commit_hash;
  inputs.data = options.data;
  inputs.settings_defaults = session.settings.defaults;
  inputs.settings_trust = session.settings.trust;
  inputs.user_defaults = options.user_defaults;
  inputs.exclude = options.exclude;
  inputs.skip_if_exists = options.skip_if_exists;
  inputs.use_prereleases = options.prereleases;
  inputs.cleanup_on_error = options.cleanup_on_error;
  inputs.defaults = options.asking == Asking::kDefaults;
  inputs.overwrite = options.on_existing == OnExisting::kOverwrite;
  inputs.pretend = options.pretend;
  inputs.quiet = options.quiet;
  inputs.unsafe = options.trust == Trust::kAlways;
  inputs.skip_answered = options.skip_answered;
  inputs.skip_tasks = options.skip_tasks;
  AddDeprecatedFunctions(session.host, session.reporter, &inputs);
  inputs.read_external = [&session](const std::string& path) {
    return ReadExternalData(session, path);
  };
  return inputs;
}

// The folder of a template that lies on this machine as a folder; empty for all others.
std::string TemplateRoot(const Checkout& checkout) {
  std::error_code error;
  return fs::is_directory(checkout.path, error) ? checkout.path.string() : std::string();
}

// What `include`, `import` and `extends` read: files of the template, links followed inside of it.
std::optional<std::string> ReadTemplateText(const TemplateFiles& files, const std::string& root,
                                            std::string_view name) {
  const TemplateFiles::Target target = files.Resolve(files.root(), name);
  if (target.found == TemplateFiles::Found::kOutside) {
    throw Error(ErrorKind::kForbiddenPath,
                "\"" + LocatePath(root, target.outside) + "\" is forbidden")
        .WithHelp("File path is outside the template root");
  }
  if (target.found != TemplateFiles::Found::kNode || target.node->IsFolder()) return std::nullopt;
  return target.node->entry->bytes;
}

RendererOptions MakeRendererOptions(Session* owner) {
  const Session& session = *owner;
  RendererOptions options;
  options.host = &session.host;
  options.root = [owner] {
    owner->checkout.Materialize(owner->host);
    return owner->checkout.path;
  };
  options.extensions_place =
      session.manifest.PlaceOfSetting(IsCookiecutter(session) ? "_extensions" : "jinja_extensions")
          .Locate();
  options.envops = Value(session.manifest.envops);
  options.extensions = session.manifest.jinja_extensions;
  if (IsCookiecutter(session)) {
    options.flavor = RendererFlavor::kCookiecutter;
    options.loader = MakeCookiecutterLoader(session.checkout.tree, session.manifest);
    options.template_folders = {session.manifest.cookiecutter.root, "templates"};
    return options;
  }
  options.loader = [files = std::make_shared<TemplateFiles>(session.checkout.tree),
                    root = TemplateRoot(session.checkout)](std::string_view name) {
    return LoadTemplateText(
        name, root, [&](std::string_view file) { return ReadTemplateText(*files, root, file); });
  };
  return options;
}

// ":current:" is the version that the project was made from.
std::optional<std::string> ResolveCurrent(const std::optional<std::string>& ref,
                                          const Dict& last_answers) {
  if (!ref || *ref != ":current:") return ref;
  const Value commit = last_answers.Get("_commit");
  if (commit.IsString()) return commit.AsString();
  throw Error(ErrorKind::kType, "Template not found")
      .WithHelp("':current:' is the version that an answers file records, and there is none");
}

TaskOutput OutputOf(const Session& session) {
  return session.options.data_on_stdout ? TaskOutput::kErrors : TaskOutput::kStandard;
}

std::string FormatMissing(const std::vector<MissingAnswer>& missing) {
  std::vector<std::string> flags;
  for (const MissingAnswer& answer : missing) flags.push_back(answer.flag);
  return Join(flags, " ");
}

[[noreturn]] void ThrowMissing(const Session& session, const std::vector<MissingAnswer>& missing) {
  Error error(ErrorKind::kInteractive,
              "Interactive session required: Use `--defaults` and/or `--data`/`--data-file`");
  if (session.options.defaults_at_end_of_input) {
    error = Error(ErrorKind::kInteractive,
                  missing.size() == 1 ? "input ended, and a question has no default"
                                      : "input ended, and " + std::to_string(missing.size()) +
                                            " questions have no default");
  }
  if (!missing.empty()) error.At(missing.front().place.Locate());
  error.WithHelp(missing.empty() ? "every question has a default: add --defaults"
                                 : "answer on the command line: " + FormatMissing(missing));
  for (const MissingAnswer& answer : missing) {
    error.AddNote("question '" + answer.name + "' (" + answer.type + ") has no default");
  }
  throw error;
}

// At the end of input `new` goes on with the defaults; the others stop, as Copier does.
void HandleEndOfInput(const Session& session, Questionnaire* questionnaire) {
  const std::vector<MissingAnswer> missing = questionnaire->ResolveWithDefaults();
  if (missing.empty() && session.options.defaults_at_end_of_input) return;
  ThrowMissing(session, missing);
}

// False: the input has ended, and defaults took the rest.
bool PutQuestions(const Session& session, Questionnaire* questionnaire, Prompter& prompter) {
  std::string refusal;
  while (std::optional<Prompt> prompt = questionnaire->Next()) {
    session.host.CheckCancelled();
    const PromptReply reply = prompter.Ask(
        *prompt, [&](std::string_view text) { return questionnaire->Validate(text); }, refusal);
    refusal.clear();
    switch (reply.action) {
      case PromptReply::Action::kText:
        refusal = questionnaire->AnswerText(reply.text).value_or("");
        break;
      case PromptReply::Action::kValue:
        refusal = questionnaire->AnswerValue(reply.value).value_or("");
        break;
      case PromptReply::Action::kBack:
        questionnaire->Back();
        break;
      case PromptReply::Action::kEndOfInput:
        HandleEndOfInput(session, questionnaire);
        return false;
    }
  }
  return true;
}

// The review of what a person answered; true: a question is open again.
bool WantsChange(Questionnaire* questionnaire, Prompter& prompter) {
  const std::vector<ReviewedAnswer> answers = questionnaire->AskedAnswers();
  if (answers.empty()) return false;
  const std::optional<size_t> change = prompter.Review(answers);
  return change && questionnaire->Revise(answers.at(*change).name);
}

bool IsTrustedSource(const Session& session) {
  return session.options.trust == Trust::kAlways ||
         IsTrusted(session.settings.trust, session.checkout.source, session.host.HomeDirectory());
}

// cookiecutter follows links out of a template. Where that may run any code it may read any file.
bool MayFollowLinks(const Session& session) {
  return IsCookiecutterTree(session.checkout.tree) && !session.checkout.commit_hash &&
         !TemplateRoot(session.checkout).empty() && IsTrustedSource(session);
}

// cookiecutter takes the newest commit where Copier takes the newest tag.
void FetchCheckout(const Host& host, const std::optional<std::string>& ref, Session* session) {
  SourceRequest request = {.source = ExpandAbbreviation(host, session->options.source),
                           .ref = ref,
                           .prereleases = session->options.prereleases};
  const StageScope stage(session->reporter, Stage::kFetch, WithoutPassword(request.source));
  const auto fetch = [&] {
    session->checkout = FetchTemplate(host, request);
    if (session->options.only_copier) {
      session->manifest =
          LoadCopierManifest(session->checkout.tree, TemplateRoot(session->checkout));
      return;
    }
    if (MayFollowLinks(*session)) {
      AdoptOutsideLinks(ReadBeside(host, session->checkout.path), &session->checkout.tree);
    }
    if (session->preferred_format == ManifestFormat::kCopier && IsMeantForCookiecutter(*session)) {
      session->preferred_format = ManifestFormat::kCookiecutter;
    }
    session->manifest = LoadManifest(session->checkout.tree, TemplateRoot(session->checkout),
                                     session->preferred_format);
    RecordFormat(session);
  };
  fetch();
  if (IsCookiecutter(*session) && !ref && session->checkout.commit_hash) {
    request.ref = "HEAD";
    fetch();
  }
  EnterKnownTemplate(session);
}

AnswerSources MakeSources(const Session& session) {
  if (IsCookiecutter(session)) return CookiecutterSources(session);
  AnswerSources sources;
  sources.init = session.options.data;
  sources.last = session.last_answers;
  sources.user_defaults = session.options.user_defaults;
  sources.settings_defaults = session.settings.defaults;
  return sources;
}

}  // namespace

void RecoverDestination(const Host& host, const CopyOptions& options, Reporter& reporter) {
  const fs::path destination = AbsolutePath(host.working_directory, options.destination);
  std::error_code error;
  if (!fs::is_directory(destination, error)) return;
  if (RecoverTree(host, destination) == Recovery::kFinished) {
    reporter.Warn("an earlier run on '" + options.destination +
                  "' was killed while it wrote; its changes were finished first");
  }
}

std::string AnswersFileName(const CopyOptions& options) {
  return options.answers_file.value_or(std::string(kDefaultAnswersFile));
}

Dict ReadLastAnswers(const fs::path& destination, const CopyOptions& options) {
  const fs::path path = destination / AnswersFileName(options);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    const bool may_be_cruft = !options.answers_file.has_value() && !options.only_copier;
    const auto cruft = may_be_cruft ? ReadCruft(destination) : std::nullopt;
    return cruft ? cruft->answers : Dict();
  }
  Dict answers;
  for (const Dict::Entry& entry : ParseAnswersFile(ReadYamlSource(path))) {
    const std::string key = Str(entry.key);
    if (!key.starts_with("_") || key == "_src_path" || key == "_commit") {
      answers.Set(entry.key, entry.value);
    }
  }
  return answers;
}

std::unique_ptr<Session> FetchSession(const Host& host, const CopyOptions& options,
                                      Reporter& reporter, std::string_view operation) {
  auto session =
      std::unique_ptr<Session>(new Session{.host = host, .options = options, .reporter = reporter});
  session->operation = operation;
  session->destination = AbsolutePath(host.working_directory, options.destination);
  session->settings = ReadSettings(host, reporter);
  session->last_answers = ReadLastAnswers(session->destination, options);
  session->ref = ResolveCurrent(options.ref, session->last_answers);
  Host fetching = host;
  if (!options.source_base.empty()) fetching.working_directory = options.source_base;
  FetchCheckout(fetching, session->ref, session.get());
  for (const std::string& note : session->checkout.notes) reporter.Note(note);
  for (const std::string& warning : session->checkout.warnings) reporter.Warn(warning);
  reporter.Log("template " + options.source + " at " + session->checkout.commit.value_or("-") +
               ": " + std::to_string(session->checkout.tree.size()) + " entries");

  for (const std::string& warning : session->manifest.warnings) reporter.Warn(warning);
  CheckCopierVersion(session->manifest, reporter);
  return session;
}

void CheckTrust(Session* session, const UnsafeUse& use, const std::vector<Task>& commands) {
  if (session->options.trust == Trust::kAlways) return;
  const std::vector<std::string> features = UnsafeFeatures(use);
  if (features.empty() || IsTrustedSource(*session) ||
      IsCommitTrusted(session->host, session->checkout)) {
    return;
  }
  if (!session->options.ask_trust) ThrowUnsafe(features);
  const TrustReply reply = session->options.ask_trust(MakeTrustRequest(*session, commands));
  if (reply == TrustReply::kNo) ThrowUnsafe(features);
  RememberTrust(session, reply);
}

void PrepareSession(Session* session) {
  if (IsCookiecutter(*session)) PrepareCookiecutter(session);
  session->renderer = MakeRenderer(MakeRendererOptions(session));
  session->context =
      std::make_unique<ContextBuilder>(MakeContextInputs(*session, session->options.destination));
}

std::unique_ptr<Session> OpenSession(const Host& host, const CopyOptions& options,
                                     Reporter& reporter) {
  auto session = FetchSession(host, options, reporter);
  CheckTrust(session.get(),
             {.manifest = &session->manifest, .skip_tasks = session->options.skip_tasks});
  PrepareSession(session.get());
  return session;
}

void AskQuestions(Session* session, Prompter& prompter) {
  const CopyOptions& options = session->options;
  if (IsCookiecutter(*session)) ChooseNestedTemplate(session, prompter);
  AnswerSources sources = MakeSources(*session);

  QuestionnaireOptions rules;
  rules.defaults = options.asking == Asking::kDefaults;
  rules.skip_answered = options.skip_answered;
  rules.ask = options.ask;
  rules.context = [session](const Answers& answers) {
    return session->context->Build(answers, Phase::kPrompt);
  };

  session->renderer->Prepare();
  Questionnaire questionnaire(session->manifest, std::move(sources), *session->renderer,
                              std::move(rules));
  bool input_ended = false;
  do {
    input_ended = !PutQuestions(*session, &questionnaire, prompter);
  } while (!input_ended && WantsChange(&questionnaire, prompter));
  session->answers = std::move(questionnaire).Result();
  session->context->ReloadExternalData();
  if (!HasTasks(*session)) return;
  session->commands_before = PlanScripts(session->manifest.tasks_before, *session->renderer,
                                         session->context->Build(session->answers, Phase::kTasks));
}

RenderResult RenderSession(const Session& session) {
  const StageScope stage(session.reporter, Stage::kRender, session.options.destination);
  RenderRequest request;
  request.template_tree = &session.checkout.tree;
  request.manifest = &session.manifest;
  request.renderer = session.renderer.get();
  request.context = session.context->Build(session.answers, Phase::kRender);
  request.answers_file = session.context->AnswersFile(session.answers);
  request.exclude = session.options.exclude;
  request.skip_if_exists = session.options.skip_if_exists;
  request.operation = session.operation;
  request.overwrite = session.options.on_existing == OnExisting::kOverwrite;
  const fs::path root = fs::weakly_canonical(session.destination);
  std::error_code error;
  // An update looks at what stands in the project later, and writes through no link at all.
  if (session.operation == "copy" && fs::exists(session.destination, error)) {
    request.leaves_destination = [root](std::string_view path) {
      // The last component may itself be a link: it is replaced, not followed.
      const fs::path whole = root / path;
      return !IsWithin(fs::weakly_canonical(whole.parent_path()), root);
    };
  }
  RenderResult result = RenderTemplate(request);
  for (const std::string& warning : result.warnings) session.reporter.Warn(warning);
  for (const std::string& path : result.collisions) {
    session.reporter.Warn("more than one template file renders to '" + path +
                          "'; the last one was taken");
  }
  if (IsCookiecutter(session)) {
    result.tree.Add(request.answers_file, {.bytes = FormatAnswersFile(session), .origin = {}});
  }
  return result;
}

bool HasTasks(const Session& session) {
  const Manifest& manifest = session.manifest;
  return !session.options.skip_tasks && !(manifest.tasks.empty() && manifest.tasks_before.empty());
}

bool RunsTasksInProject(const Session& session) {
  return HasTasks(session) && !IsCookiecutter(session);
}

std::vector<PlannedCommand> PlanSessionTasks(const Session& session, const Dict& context) {
  if (IsCookiecutter(session)) {
    return PlanScripts(session.manifest.tasks, *session.renderer, context);
  }
  return PlanTasks(session.manifest, *session.renderer, context, session.operation);
}

void RunTasks(Session& session) {
  if (!HasTasks(session)) return;
  RunCommands(session,
              PlanSessionTasks(session, session.context->Build(session.answers, Phase::kTasks)));
}

void RunCommands(Session& session, const std::vector<PlannedCommand>& commands) {
  if (!session.options.pretend && !commands.empty()) session.checkout.Materialize(session.host);
  for (const PlannedCommand& command : commands) {
    session.reporter.Task(command.number, command.total, command.Display());
    if (!session.options.pretend) {
      RunTask(session.host, command, session.destination, OutputOf(session));
    }
  }
}

void RunCommandsIn(Session& session, const std::vector<PlannedCommand>& commands,
                   const fs::path& folder) {
  session.checkout.Materialize(session.host);
  for (const PlannedCommand& command : commands) {
    RunTask(session.host, command, folder, OutputOf(session));
  }
}

void RunTasksIn(Session& session, const fs::path& folder) {
  // Hooks see what the files have seen; tasks see the folder as their destination.
  const ContextBuilder there(MakeContextInputs(session, folder.string()));
  const ContextBuilder& context = IsCookiecutter(session) ? *session.context : there;
  RunCommandsIn(session, PlanSessionTasks(session, context.Build(session.answers, Phase::kTasks)),
                folder);
}

State MakeState(const Session& session, std::set<std::string> chosen) {
  return {.chosen = std::move(chosen),
          .modules = {},
          .additions = {},
          .only_additions = false,
          .source = session.checkout.source,
          .commit = session.checkout.commit.value_or(""),
          .commit_hash = session.checkout.commit_hash.value_or("")};
}

CopyResult SummarizeSession(const Session& session, const PathCounts& counts) {
  CopyResult result;
  result.destination = session.destination;
  result.source = session.checkout.source;
  result.commit = session.checkout.commit;
  if (session.checkout.version) result.version = session.checkout.version->text();
  result.counts = counts;
  result.trusted_for_run = session.trusted_for_run;
  result.answers = SessionAnswers(session);
  for (const Dict::Entry& entry : result.answers) {
    if (session.answers.chosen.contains(Str(entry.key))) {
      result.chosen_answers.Set(entry.key, entry.value);
    }
  }
  if (!session.nested_folder.empty()) {
    result.chosen_answers.Set("template", Value(session.nested_folder));
    result.chosen_texts.emplace_back("template", session.nested_folder);
  }
  AddChosenTexts(session, &result);
  return result;
}

}  // namespace scaffold
