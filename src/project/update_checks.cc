#include "project/update_checks.h"

#include "source/source_name.h"
#include "support/file.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

fs::path SourceBase(const Host& host, const std::string& source, const fs::path& destination) {
  const SourceName name = ParseSourceName(host, source);
  std::error_code error;
  if (name.kind != SourceKind::kPath || fs::path(source).is_absolute() || source.starts_with('~') ||
      fs::exists(name.path, error)) {
    return {};
  }
  for (fs::path base = destination; base.has_relative_path(); base = base.parent_path()) {
    Host there = host;
    there.working_directory = base;
    if (fs::exists(ParseSourceName(there, source).path, error)) return base;
  }
  return {};
}

}  // namespace

void ThrowNoReferences(std::string_view verb, const CopyOptions& options) {
  throw Error(ErrorKind::kUser, "Cannot " + std::string(verb) +
                                    " because cannot obtain old template references from `" +
                                    AnswersFileName(options) + "`.")
      .WithHelp("the answers file of a project records them as _src_path and _commit; is '" +
                options.destination + "' its folder, and --answers-file its file?");
}

RecordedTemplate ReadRecordedTemplate(const Host& host, const CopyOptions& options,
                                      std::string_view verb) {
  const fs::path destination = AbsolutePath(host.working_directory, options.destination);
  const Dict answers = ReadLastAnswers(destination, options);
  const Value source = answers.Get("_src_path");
  const Value commit = answers.Get("_commit");
  if (!source.IsString() || source.AsString().empty()) ThrowNoReferences(verb, options);
  const bool is_recorded = ReadFileIfExists(destination / AnswersFileName(options)).has_value();
  return {.source = source.AsString(),
          .source_base = SourceBase(host, source.AsString(), destination),
          .commit = commit.IsString() ? std::optional(commit.AsString()) : std::nullopt,
          .cruft = is_recorded || options.only_copier ? std::nullopt : ReadCruft(destination)};
}

std::unique_ptr<Session> FetchRecorded(const Host& host, const CopyOptions& project,
                                       std::string_view verb, CopyOptions* request,
                                       Reporter& reporter) {
  const RecordedTemplate recorded = ReadRecordedTemplate(host, project, verb);
  *request = project;
  request->source = recorded.source;
  request->source_base = recorded.source_base;
  request->ref = recorded.commit;
  return FetchSession(host, *request, reporter);
}

std::unique_ptr<Session> FetchRecordedIfAny(const Host& host, const CopyOptions& project,
                                            std::string_view verb, CopyOptions* request,
                                            Reporter& reporter) {
  const fs::path folder = AbsolutePath(host.working_directory, project.destination);
  if (!ReadLastAnswers(folder, project).Has("_src_path")) return nullptr;
  return FetchRecorded(host, project, verb, request, reporter);
}

void CheckWorkTree(const Host& host, const std::optional<WorkTree>& work_tree) {
  if (!work_tree) {
    throw Error(ErrorKind::kUser, "Updating is only supported in git-tracked subprojects.")
        .WithHelp("git init, add and commit the project first");
  }
  const std::string operation = work_tree->OperationInProgress();
  if (!operation.empty()) {
    throw Error(ErrorKind::kUser, "git is in the middle of a " + operation)
        .WithHelp("finish it, or abort it, then update");
  }
  if (work_tree->IsDirty(host)) {
    throw Error(ErrorKind::kUser,
                "Destination repository is dirty; cannot continue. Please commit or stash your "
                "local changes and retry.");
  }
}

void CheckVersions(const Session& after, const std::optional<Version>& before) {
  const Checkout& checkout = after.checkout;
  if (!checkout.commit) {
    throw Error(ErrorKind::kUser, "Updating is only supported in git-tracked templates.");
  }
  if (!before) {
    throw Error(ErrorKind::kUser, "Cannot update: version from last update not detected.");
  }
  if (!checkout.version) {
    throw Error(ErrorKind::kUser, "Cannot update: version from template not detected.");
  }
  if (*before > *checkout.version) {
    throw Error(ErrorKind::kUser, "You are downgrading from " + before->text() + " to " +
                                      checkout.version->text() + ". Downgrades are not supported.");
  }
}

VersionRules Pep440Rules() {
  return {.normalize = [](std::string_view text) -> std::optional<std::string> {
            const std::optional<Version> version = Version::Parse(text);
            if (!version) return std::nullopt;
            return version->text();
          },
          .compare =
              [](std::string_view a, std::string_view b) {
                const auto order = *Version::Parse(a) <=> *Version::Parse(b);
                return order < 0 ? -1 : order > 0 ? 1 : 0;
              }};
}

std::optional<State> ReadState(const fs::path& state_file) {
  const std::optional<std::string> text = ReadFileIfExists(state_file);
  if (!text) return std::nullopt;
  return ParseState(Source(state_file.string(), *text));
}

}  // namespace scaffold
