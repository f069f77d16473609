#include "cli/summary.h"

#include <algorithm>
#include <set>

#include "support/file.h"
#include "support/text.h"

namespace scaffold::cli {
namespace {

constexpr size_t kMaxWords = 20;  // lines of git and its hooks that are shown

std::string Count(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

// For a shell, without a character that drives the terminal: $'...' where there is one.
std::string Quote(std::string_view text) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
  };
  if (std::none_of(text.begin(), text.end(), is_control)) return ShellQuote(text);
  std::string quoted;
  for (const char c : text) {
    if (c == '\\' || c == '\'') quoted += '\\';
    quoted += c;
  }
  return "$'" + EscapeForTerminal(quoted) + "'";
}

// A file that is still there for the next run, unlike a shell's <(...).
bool HasLastingFile(const Options& options) {
  return options.data_file && !options.data_file->starts_with("/dev/");
}

// Where `cd` goes: never an option, nor through a folder that is not there.
std::string FolderToEnter(const NewOptions& request) {
  const std::string path = NormalizePath(request.copy.destination);
  return path.starts_with('-') ? "./" + path : path;
}

std::string CommitCommand(const NewOptions& request) {
  return "git commit -m " + ShellQuote(request.commit_message);
}

// Flags that change what is made; in the order of the help.
std::string RepeatFlags(const Options& options, const NewOptions& request) {
  std::string flags = " --defaults";
  const auto add = [&flags](std::string_view flag, const std::optional<std::string>& value) {
    if (value) flags += std::string(flag) + " " + Quote(*value);
  };
  if (options.vcs_ref && !options.vcs_ref->empty()) add(" --vcs-ref", options.vcs_ref);
  if (options.prereleases) flags += " --prereleases";
  add(" --answers-file", options.answers_file);
  for (const std::string& pattern : options.exclude) add(" --exclude", pattern);
  for (const std::string& pattern : options.skip) add(" --skip", pattern);
  if (request.copy.trust == Trust::kAlways) flags += " --trust";
  if (options.skip_tasks) flags += " --skip-tasks";
  if (options.no_git) flags += " --no-git";
  add(" --commit-message", options.commit_message);
  if (options.no_cleanup) flags += " --no-cleanup";
  if (HasLastingFile(options)) add(" --data-file", options.data_file);
  return flags;
}

// The answers as --data takes them. What the data file says need not be said again, unless a
// person was asked about it once more.
std::string RepeatData(const Options& options, const NewOptions& request, const NewResult& result) {
  std::vector<std::string> given;  // names of --data, in order
  for (const std::string& text : options.data) given.push_back(text.substr(0, text.find('=')));
  const auto in_file = [&](const std::string& name) {
    return HasLastingFile(options) && options.ask.empty() && request.copy.data.Has(name) &&
           std::find(given.begin(), given.end(), name) == given.end();
  };
  std::string flags;
  std::set<std::string, std::less<>> done;
  for (const auto& [name, text] : result.copy.chosen_texts) {
    if (!in_file(name)) flags += " --data " + Quote(name + "=" + text);
    done.insert(name);
  }
  for (const std::string& name : result.copy.chosen_secrets) {
    if (!in_file(name)) flags += " --data " + Quote(name + "=<secret>");
    done.insert(name);
  }
  // Data that answers no question is still a variable of the templates.
  for (const Dict::Entry& entry : request.copy.data) {
    const std::string name = Str(entry.key);
    if (in_file(name) || !done.insert(name).second) continue;
    flags += " --data " + Quote(name + "=" + Str(entry.value));
  }
  return flags;
}

struct SummaryLine {
  std::string label;
  std::string text;
};

std::string NestedText(const std::vector<std::string>& folders) {
  std::string text = "'" + folders.front() + "'";
  if (folders.size() > 1) text += " and " + std::to_string(folders.size() - 1) + " more";
  return text +
         (folders.size() > 1 ? " are git repositories themselves" : " is a git repository itself") +
         ": not in the commit";
}

std::vector<SummaryLine> GitLines(const NewOptions& request, const NewResult& result) {
  std::vector<SummaryLine> lines;
  switch (result.git) {
    case GitOutcome::kNotWanted:
      return lines;
    case GitOutcome::kCommitted:
      lines.push_back({"git:", "first commit on branch " + result.branch});
      break;
    case GitOutcome::kNothingLeft:
      lines.push_back({"git:", "the template has committed everything on branch " + result.branch});
      break;
    case GitOutcome::kRefused:
      lines.push_back({"git:", "staged, but git refused the commit"});
      break;
    case GitOutcome::kNoIdentity:
      return {{"git:", "initialised, but nothing is committed: git does not know who you are"},
              {"", "git config --global user.name \"Your Name\""},
              {"", "git config --global user.email you@example.com"},
              {"", "then, in the project: git add . && " + CommitCommand(request)}};
  }
  if (result.ignored_files == 1) lines.push_back({"", "1 file is ignored by git"});
  if (result.ignored_files > 1) {
    lines.push_back({"", Count(result.ignored_files, "file") + " are ignored by git"});
  }
  if (!result.nested_repositories.empty()) {
    lines.push_back({"", NestedText(result.nested_repositories)});
  }
  return lines;
}

std::string FormatLine(const SummaryLine& line) {
  constexpr size_t kLabelWidth = 9;
  return EscapeForTerminal(line.label + std::string(kLabelWidth - line.label.size(), ' ') +
                           line.text);
}

std::string Headline(const NewOptions& request, const NewResult& result) {
  const std::string version = result.copy.commit ? " " + *result.copy.commit : "";
  return EscapeForTerminal(
      (request.copy.pretend ? "Would create " : "Created ") + request.copy.destination + " (" +
      Count(result.copy.counts.created, "file") + ") from " + result.copy.source + version);
}

std::vector<std::string> WhatWasMade(const NewOptions& request, const NewResult& result) {
  std::vector<std::string> lines = {Headline(request, result)};
  for (const SummaryLine& line : GitLines(request, result)) lines.push_back(FormatLine(line));
  return lines;
}

std::vector<std::string> WhatIsNext(const NewOptions& request) {
  const std::string folder = FolderToEnter(request);
  if (request.copy.pretend || folder == ".") return {};
  return {FormatLine({"next:", "cd " + ShellQuote(folder)})};
}

std::vector<std::string> HowAgain(const Options& options, const NewOptions& request,
                                  const NewResult& result) {
  std::vector<std::string> lines = {
      FormatLine({"again:", FormatRepeatCommand(options, request, result)})};
  const std::vector<std::string>& secrets = result.copy.chosen_secrets;
  if (!secrets.empty()) {
    lines.push_back(
        FormatLine({"", "with the secret answers in their places: " + Join(secrets, ", ")}));
  }
  return lines;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  return lines.empty() ? "" : Join(lines, "\n") + "\n";
}

std::vector<std::string> MessageLines(const NewResult& result) {
  std::vector<std::string> lines;
  const std::string message = ReplaceAll(EscapeForTerminal(result.message), "\t", "    ");
  for (const std::string_view line : Split(message, '\n')) lines.emplace_back(line);
  while (!lines.empty() && StripBlanks(lines.back()).empty()) lines.pop_back();
  return lines;
}

// Nullopt: a word is too long, or one text has several lines.
std::optional<std::string> FormatBoxed(const BoxStyle& style, const std::vector<std::string>& text,
                                       const std::vector<std::string>& again) {
  std::vector<std::string> lines;
  for (const std::string& line : text) {
    for (std::string& part : WrapForBox(style, line)) lines.push_back(std::move(part));
  }
  const auto fits = [&](const std::string& line) {
    return line.find_first_of("\n\t") == std::string::npos && FitsBox(style, line);
  };
  if (!std::all_of(lines.begin(), lines.end(), fits)) return std::nullopt;
  // A long command is not cut into pieces: it is there to be copied.
  const bool together = std::all_of(again.begin(), again.end(), fits);
  if (together) lines.insert(lines.end(), again.begin(), again.end());
  return FormatBox(style, lines) + (together ? "" : JoinLines(again));
}

}  // namespace

std::string FormatRepeatCommand(const Options& options, const NewOptions& request,
                                const NewResult& result) {
  std::string arguments;
  bool like_flags = false;
  for (const std::string& argument : options.arguments) {
    arguments += " " + ShellQuote(argument);
    like_flags = like_flags || argument.starts_with('-');
  }
  const std::string flags = RepeatFlags(options, request) + RepeatData(options, request, result);
  return "scaffold new" + (like_flags ? flags + " --" + arguments : arguments + flags);
}

std::string FormatSummary(const Options& options, const NewOptions& request,
                          const NewResult& result, const std::optional<BoxStyle>& box) {
  const std::vector<std::string> made = WhatWasMade(request, result);
  const std::vector<std::string> next = WhatIsNext(request);
  const std::vector<std::string> again = HowAgain(options, request, result);
  if (box) {
    std::vector<std::string> lines = made;
    const std::vector<std::string> message = MessageLines(result);
    if (!message.empty()) {
      lines.emplace_back();
      lines.insert(lines.end(), message.begin(), message.end());
      lines.emplace_back();
    }
    lines.insert(lines.end(), next.begin(), next.end());
    if (auto text = FormatBoxed(*box, lines, again)) return "\n" + *text;
  }
  const std::string message =
      result.message.empty() ? "" : EscapeForTerminal(result.message) + "\n";
  return message + "\n" + JoinLines(made) + JoinLines(next) + JoinLines(again);
}

Error RefusedCommit(const NewOptions& request, const NewResult& result) {
  Error error(ErrorKind::kGit, "git refused the first commit; the project is there, not committed");
  error.WithHelp("when the cause is mended: cd " + ShellQuote(FolderToEnter(request)) +
                 " && git add . && " + CommitCommand(request));
  size_t lines = 0;
  for (const std::string_view line : Split(result.git_words, '\n')) {
    if (++lines > kMaxWords) break;
    error.AddNote("git: " + std::string(line));
  }
  return error;
}

}  // namespace scaffold::cli
