#include "cli/commands.h"

#include <iostream>

#include "cli/console_reporter.h"
#include "cli/error_json.h"
#include "cli/make_prompter.h"
#include "cli/result_json.h"
#include "cli/summary.h"
#include "cli/trust_prompt.h"
#include "scaffold/scaffold.h"
#include "support/utf8.h"

namespace scaffold::cli {
namespace {

constexpr std::string_view kBundledSource = "bundled:python";

void AddData(const std::string& text, Dict* data) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::kUsage, "'--data " + text + "' is not NAME=VALUE")
        .WithHelp("write it as --data NAME=VALUE");
  }
  if (FindInvalidUtf8(text) != std::string::npos) {
    throw Error(ErrorKind::kUsage, "'--data " + text + "' is not UTF-8")
        .WithHelp("is the terminal, or the script, set to another encoding?");
  }
  data->Set(std::string_view(text).substr(0, equals), Value(text.substr(equals + 1)));
}

// Copier's command line refuses it before anything else is looked at.
void CheckIsFile(const Host& host, const std::string& data_file) {
  std::error_code error;
  if (std::filesystem::is_regular_file(host.working_directory / data_file, error)) return;
  const bool exists = std::filesystem::exists(host.working_directory / data_file, error);
  // A pipe, such as a shell's <(...), may be read as well.
  if (exists && !std::filesystem::is_directory(host.working_directory / data_file, error)) return;
  throw Error(ErrorKind::kUsage, "'--data-file " + data_file + "': " +
                                     (exists ? "that is a folder" : "there is no such file"));
}

CopyOptions MakeCopyOptions(const Host& host, const Options& options) {
  CopyOptions copy;
  // An empty one is none, as to Copier.
  if (options.vcs_ref && !options.vcs_ref->empty()) copy.ref = options.vcs_ref;
  copy.answers_file = options.answers_file;
  copy.exclude = options.exclude;
  copy.skip_if_exists = options.skip;
  copy.ask = options.ask;
  // --data wins over --data-file, whatever their order.
  for (const std::string& text : options.data) AddData(text, &copy.data);
  if (options.data_file) {
    CheckIsFile(host, *options.data_file);
    const Dict file = LoadDataFile(host, *options.data_file);
    for (const Dict::Entry& entry : file) {
      if (copy.data.Find(entry.key) == nullptr) copy.data.Set(entry.key, entry.value);
    }
  }
  if (options.defaults || options.force) copy.asking = Asking::kDefaults;
  if (options.overwrite || options.force) copy.on_existing = OnExisting::kOverwrite;
  if (options.trust) copy.trust = Trust::kAlways;
  copy.prereleases = options.prereleases;
  copy.pretend = options.pretend;
  copy.quiet = options.quiet;
  copy.data_on_stdout = options.json;
  copy.skip_tasks = options.skip_tasks;
  copy.cleanup_on_error = !options.no_cleanup;
  return copy;
}

Verbosity VerbosityOf(const Options& options) {
  if (options.quiet) {
    return options.program == Program::kCopier ? Verbosity::kWarnings : Verbosity::kQuiet;
  }
  return options.verbose ? Verbosity::kVerbose : Verbosity::kNormal;
}

// Null when nobody can be asked.
TrustAsker MakeTrustAsker(const Host& host, const Streams& streams, const Options& options,
                          Prompter& prompter) {
  if (!CanAskTrust(host, streams, options)) return nullptr;
  return [&streams, &prompter](const TrustRequest& request) {
    return AskTrust(request, streams, prompter);
  };
}

// One argument that looks like a template is a mistake that would make a strange folder.
void CheckNewArguments(const Options& options) {
  if (options.arguments.back().empty()) {
    throw Error(ErrorKind::kUsage, "the name of the new folder is empty")
        .WithHelp("say where the project shall go: scaffold new myproj");
  }
  if (options.arguments.size() != 1) return;
  const std::string& only = options.arguments.front();
  if (only.find(':') == std::string::npos && !only.ends_with(".git")) return;
  throw Error(ErrorKind::kUsage, "'" + only + "' looks like a template, and no folder was named")
      .WithHelp("say where the project shall go: scaffold new " + only + " myproj");
}

// Questions go to stderr, as lines, when stdout is for the result.
Streams AskingStreams(const Streams& streams, const Options& options) {
  if (!options.json) return streams;
  return {.in = streams.in,
          .out = streams.err,
          .err = streams.err,
          .in_is_terminal = streams.in_is_terminal,
          .out_is_terminal = false,
          .err_is_terminal = streams.err_is_terminal};
}

// An error as the caller wants it: thrown on, or as JSON.
template <typename Operation>
ExitCode Perform(const Streams& streams, const Options& options, Operation operation) {
  try {
    operation();
  } catch (const Error& error) {
    if (!options.json) throw;
    streams.err << FormatErrorJson(error) << "\n";
    return ExitCodeOf(error.kind(), options.program);
  }
  return ExitCode::kDone;
}

void PerformNew(const Host& host, const Streams& streams, const Options& options) {
  CheckNewArguments(options);
  NewOptions request;
  request.copy = MakeCopyOptions(host, options);
  request.copy.source =
      options.arguments.size() == 2 ? options.arguments.front() : std::string(kBundledSource);
  request.copy.destination = options.arguments.back();
  request.copy.defaults_at_end_of_input = true;
  request.git = !options.no_git;
  if (options.commit_message) request.commit_message = *options.commit_message;

  const auto prompter = MakePrompter(host, AskingStreams(streams, options), PipedInput::kLines);
  request.copy.ask_trust = MakeTrustAsker(host, streams, options, *prompter);
  if (options.json) {
    JsonReporter reporter;
    const NewResult result = New(host, request, *prompter, reporter);
    streams.out << FormatResultJson(request, result, reporter.warnings()) << "\n";
    if (result.git == GitOutcome::kRefused) throw RefusedCommit(request, result);
    return;
  }
  const PathLines paths = options.pretend ? PathLines::kShown : PathLines::kHidden;
  ConsoleReporter reporter(host, streams, paths, VerbosityOf(options), options.program);
  const NewResult result = New(host, request, *prompter, reporter);
  if (result.copy.trusted_for_run) request.copy.trust = Trust::kAlways;  // "again" needs --trust
  if (!options.quiet) {
    streams.err << FormatSummary(options, request, result, ChooseBox(host, streams));
  }
  if (result.git == GitOutcome::kRefused) throw RefusedCommit(request, result);
}

void PerformCopy(const Host& host, const Streams& streams, const Options& options) {
  CopyOptions request = MakeCopyOptions(host, options);
  request.source = options.arguments.front();
  request.destination = options.arguments.back();
  const auto prompter = MakePrompter(host, AskingStreams(streams, options), PipedInput::kKeys);
  request.ask_trust = MakeTrustAsker(host, streams, options, *prompter);
  if (options.json) {
    JsonReporter reporter;
    const CopyResult result = Copy(host, request, *prompter, reporter);
    streams.out << FormatResultJson(request, result, reporter.warnings()) << "\n";
    return;
  }
  ConsoleReporter reporter(host, streams, PathLines::kShown, VerbosityOf(options), options.program);
  Copy(host, request, *prompter, reporter);
}

}  // namespace

ExitCode RunNew(const Host& host, const Streams& streams, const Options& options) {
  return Perform(streams, options, [&] { PerformNew(host, streams, options); });
}

ExitCode RunCopy(const Host& host, const Streams& streams, const Options& options) {
  return Perform(streams, options, [&] { PerformCopy(host, streams, options); });
}

}  // namespace scaffold::cli
