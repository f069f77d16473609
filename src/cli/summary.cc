#include "cli/summary.h"

#include <algorithm>

#include "support/text.h"

namespace scaffold::cli {
namespace {

// An answer as --data takes it: YAML reads it back to the same value.
std::string FormatAnswer(const Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  if (value.IsNone()) return "null";
  return Repr(value);  // lists and dicts of plain values: Python's repr is YAML flow style
}

std::string Count(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string GitLine(const NewResult& result) {
  switch (result.git) {
    case GitOutcome::kNotWanted:
      return {};
    case GitOutcome::kCommitted:
      return "git:     first commit on branch " + result.branch + "\n";
    case GitOutcome::kNoIdentity:
      return "git:     initialised, but nothing is committed: git does not know who you are\n"
             "         git config --global user.name \"Your Name\"\n"
             "         git config --global user.email you@example.com\n"
             "         then, in the project: git add . && git commit\n";
  }
  return {};
}

}  // namespace

std::string FormatRepeatCommand(const NewOptions& options, const NewResult& result) {
  std::string command = "scaffold new";
  if (options.copy.source != "bundled:python") {
    command += " " + ShellQuote(options.copy.source);
  }
  command += " " + ShellQuote(options.copy.destination) + " --defaults";
  if (options.copy.ref) command += " --vcs-ref " + ShellQuote(*options.copy.ref);
  if (options.copy.answers_file) {
    command += " --answers-file " + ShellQuote(*options.copy.answers_file);
  }
  for (const std::string& pattern : options.copy.exclude) {
    command += " --exclude " + ShellQuote(pattern);
  }
  if (options.copy.trust == Trust::kAlways) command += " --trust";
  if (options.copy.skip_tasks) command += " --skip-tasks";
  if (!options.git) command += " --no-git";
  for (const Dict::Entry& entry : result.copy.chosen_answers) {
    command += " --data " + ShellQuote(Str(entry.key) + "=" + FormatAnswer(entry.value));
  }
  return command;
}

std::string FormatSummary(const Host&, const NewOptions& options, const NewResult& result) {
  const std::string destination = EscapeForTerminal(options.copy.destination);
  std::string version = result.copy.commit.value_or("");
  if (!version.empty()) version = " " + version;
  const std::string verb = options.copy.pretend ? "Would create " : "Created ";
  std::string out = "\n" + verb + destination + " (" + Count(result.copy.counts.created, "file") +
                    ") from " + EscapeForTerminal(result.copy.source) + EscapeForTerminal(version) +
                    "\n";
  out += GitLine(result);
  if (!options.copy.pretend)
    out += "next:    cd " + EscapeForTerminal(ShellQuote(options.copy.destination)) + "\n";
  out += "again:   " + EscapeForTerminal(FormatRepeatCommand(options, result)) + "\n";
  return out;
}

}  // namespace scaffold::cli
