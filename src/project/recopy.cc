// Recopy and CheckUpdate: the operations on a project that need no merge.

#include "project/session.h"
#include "project/update_checks.h"
#include "scaffold/update.h"
#include "support/file.h"

namespace scaffold {
namespace {

namespace fs = std::filesystem;

std::string RecordedSource(const Dict& answers) {
  const Value source = answers.Get("_src_path");
  return source.IsString() ? source.AsString() : "";
}

}  // namespace

CopyResult Recopy(const Host& host, const CopyOptions& options, Prompter& prompter,
                  Reporter& reporter) {
  const fs::path destination = AbsolutePath(host.working_directory, options.destination);
  CopyOptions copy = options;
  copy.source = RecordedSource(ReadLastAnswers(destination, options));
  if (copy.source.empty()) ThrowNoReferences("recopy", options);
  copy.source_base = SourceBase(host, copy.source, destination);
  return Copy(host, copy, prompter, reporter);
}

UpdateCheck CheckUpdate(const Host& host, const CopyOptions& options, Reporter& reporter) {
  const fs::path destination = AbsolutePath(host.working_directory, options.destination);
  const Dict answers = ReadLastAnswers(destination, options);
  CopyOptions request = options;
  request.source = RecordedSource(answers);
  const Value commit = answers.Get("_commit");
  if (request.source.empty() || !commit.IsString()) ThrowNoReferences("check", options);
  request.source_base = SourceBase(host, request.source, destination);
  const std::unique_ptr<Session> latest = FetchSession(host, request, reporter);
  if (!latest->checkout.commit) {
    throw Error(ErrorKind::kUser, "Checking is only supported in git-tracked templates.");
  }
  request.ref = commit.AsString();
  Reporter silent;
  const std::unique_ptr<Session> current = FetchSession(host, request, silent);
  if (!current->checkout.version) {
    throw Error(ErrorKind::kUser, "Cannot check: version from last update not detected.");
  }
  if (!latest->checkout.version) {
    throw Error(ErrorKind::kUser, "Cannot check: version from template not detected.");
  }
  return {.available = *latest->checkout.version > *current->checkout.version,
          .current_version = current->checkout.version->text(),
          .latest_version = latest->checkout.version->text()};
}

}  // namespace scaffold
