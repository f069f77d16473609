#include "cli/command_options.h"

#include <iostream>

#include "cli/trust_prompt.h"
#include "support/utf8.h"

namespace scaffold::cli {
namespace {

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

}  // namespace

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
  copy.skip_answered = options.skip_answered;
  copy.skip_tasks = options.skip_tasks;
  copy.cleanup_on_error = !options.no_cleanup;
  copy.only_copier = options.program == Program::kCopier;
  return copy;
}

std::string ProjectFolder(const Options& options) {
  return options.arguments.empty() ? "." : options.arguments.front();
}

Verbosity VerbosityOf(const Options& options) {
  if (options.quiet) {
    return options.program == Program::kCopier ? Verbosity::kWarnings : Verbosity::kQuiet;
  }
  return options.verbose ? Verbosity::kVerbose : Verbosity::kNormal;
}

TrustAsker MakeTrustAsker(const Host& host, const Streams& streams, const Options& options,
                          Prompter& prompter) {
  if (!CanAskTrust(host, streams, options)) return nullptr;
  return [&streams, &prompter](const TrustRequest& request) {
    return AskTrust(request, streams, prompter);
  };
}

Streams AskingStreams(const Streams& streams, const Options& options) {
  if (!options.json) return streams;
  return {.in = streams.in,
          .out = streams.err,
          .err = streams.err,
          .in_is_terminal = streams.in_is_terminal,
          .out_is_terminal = false,
          .err_is_terminal = streams.err_is_terminal};
}

}  // namespace scaffold::cli
