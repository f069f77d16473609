// scaffold: the operations on projects, as functions over plain structs.
//
// `New` and `Copy` render a template into a folder. They ask through a Prompter and report through
// a Reporter, the only interfaces that a caller implements; everything else of the process comes in
// a Host. Failures are Errors.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scaffold/error.h"
#include "scaffold/host.h"
#include "scaffold/prompt.h"
#include "scaffold/trust.h"
#include "scaffold/value.h"

namespace scaffold {

// The version of Copier whose templates we render: `_min_copier_version` is held against it.
inline constexpr std::string_view kCopierVersion = "9.19.1";

// What happened, or would happen, to one path of the destination.
enum class PathAction : uint8_t { kCreate, kIdentical, kConflict, kSkip, kOverwrite };

// What may take long.
enum class Stage : uint8_t { kFetch, kRender, kWrite };

// Where messages go while an operation runs. Every default does nothing.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void Note(std::string_view) {}     // "No git tags found in template; using HEAD as ref"
  virtual void Warn(std::string_view) {}     // something worth mending
  virtual void Message(std::string_view) {}  // the template's own words
  virtual void Copying(std::string_view /*version*/) {}  // before the first path
  virtual void Updating(std::string_view /*version*/, bool /*same*/) {}
  virtual void Path(PathAction, std::string_view /*path*/) {}
  virtual void PathsDone() {}
  // `command` is what will run, as Python prints it; 1-based.
  virtual void Task(size_t /*number*/, size_t /*total*/, std::string_view /*command*/) {}
  // Between these nothing is asked. Other messages may come.
  virtual void Begin(Stage, std::string_view /*subject*/) {}
  virtual void End() {}
  virtual void Log(std::string_view) {}  // steps, for people who look for a fault
};

// How questions come to be answered.
enum class Asking : uint8_t {
  kAsk,       // put each question to the prompter
  kDefaults,  // take every default; a question without one is an error
};
enum class OnExisting : uint8_t { kAsk, kOverwrite };
enum class Trust : uint8_t { kBySettings, kAlways };

// What `New` and `Copy` have in common.
struct CopyOptions {
  std::string source;  // path, URL or shortcut; "bundled:python" is the built-in template
  std::filesystem::path source_base;        // of a relative source; empty: the working directory
  std::string destination;                  // as typed; relative to the host's working directory
  std::optional<std::string> ref;           // tag, branch, commit, "HEAD" or ":current:"
  std::optional<std::string> answers_file;  // relative to the destination
  std::vector<std::string> exclude;         // patterns beside the template's
  std::vector<std::string> skip_if_exists;
  std::vector<std::string> ask;  // patterns of question names that are asked in any case
  Dict data;                     // given answers; wins over every other source
  Dict user_defaults;            // defaults of the caller
  Asking asking = Asking::kAsk;
  OnExisting on_existing = OnExisting::kAsk;
  Trust trust = Trust::kBySettings;
  TrustAsker ask_trust;  // asked about a template without trust; null: it is refused
  bool prereleases = false;
  bool pretend = false;  // change nothing
  bool quiet = false;    // only told to the template, as _copier_conf.quiet
  bool skip_answered = false;
  bool skip_tasks = false;
  bool data_on_stdout = false;  // the caller prints data there: tasks print to stderr
  bool cleanup_on_error = true;
  bool only_copier = false;  // as Copier: neither cookiecutter.json nor .cruft.json means anything
  // Called by `new`: at the end of input take defaults and list what has none.
  bool defaults_at_end_of_input = false;
};

struct NewOptions {
  CopyOptions copy;
  bool git = true;
  std::string commit_message = "Initial commit";
};

struct PathCounts {
  size_t created = 0;
  size_t identical = 0;
  size_t overwritten = 0;
  size_t skipped = 0;
};

struct CopyResult {
  std::filesystem::path destination;  // absolute
  std::string source;                 // as recorded
  std::optional<std::string> commit;  // of the template, as `git describe` names it
  std::optional<std::string> version;
  PathCounts counts;    // of files and links
  Dict answers;         // every recorded answer
  Dict chosen_answers;  // those that a person or --data gave; enough to repeat the run
  // The same as texts that CopyOptions::data takes back, in order: name and text.
  std::vector<std::pair<std::string, std::string>> chosen_texts;
  std::vector<std::string> chosen_secrets;  // names of the chosen answers that are not recorded
  bool trusted_for_run = false;  // a person trusted the template, and nothing remembers it
};

enum class GitOutcome : uint8_t {
  kNotWanted,
  kCommitted,
  kNoIdentity,   // the repository is there, the commit is not: user.name or user.email is missing
  kNothingLeft,  // the template's tasks have made a repository and committed everything
  kRefused,      // a hook, the signing or a filter refused the commit; the project is staged
};

struct NewResult {
  CopyResult copy;
  GitOutcome git = GitOutcome::kNotWanted;
  std::string branch;
  std::string git_words;                         // of kRefused: what git said
  size_t ignored_files = 0;                      // rendered files that git's rules keep out
  std::vector<std::string> nested_repositories;  // folders that are not in the commit
  std::string message;  // `_message_after_copy`, which the caller shows at the end
};

// A YAML mapping of answers, as `--data-file` takes it. Throws Error with the place in the file.
Dict LoadDataFile(const Host& host, const std::filesystem::path& path);

// Renders into a new project. The destination must be absent or an empty folder; it appears at once
// and whole, or not at all.
NewResult New(const Host& host, const NewOptions& options, Prompter& prompter, Reporter& reporter);

// Renders into a folder that may hold files already; no git.
CopyResult Copy(const Host& host, const CopyOptions& options, Prompter& prompter,
                Reporter& reporter);

}  // namespace scaffold
