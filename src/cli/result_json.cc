#include "cli/result_json.h"

#include <utility>

#include "scaffold/value.h"
#include "value/json.h"
#include "value/operators.h"

namespace scaffold::cli {
namespace {

Value TextOrNull(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }

Value Count(size_t count) { return Value(static_cast<int64_t>(count)); }

Dict MakeResult(const CopyOptions& options, const CopyResult& result,
                const std::vector<std::string>& warnings) {
  Dict source, answers, files, fields;
  source.Set("source", Value(result.source));
  source.Set("version", TextOrNull(result.version));
  source.Set("commit", TextOrNull(result.commit));
  for (const Dict::Entry& entry : result.answers) {
    // _src_path and _commit are told above.
    if (!Str(entry.key).starts_with('_')) answers.Set(entry.key, entry.value);
  }
  files.Set("created", Count(result.counts.created));
  files.Set("overwritten", Count(result.counts.overwritten));
  files.Set("identical", Count(result.counts.identical));
  files.Set("skipped", Count(result.counts.skipped));
  List told;
  for (const std::string& warning : warnings) told.push_back(Value(warning));
  fields.Set("destination", Value(result.destination.string()));
  fields.Set("template", Value(std::move(source)));
  fields.Set("answers", Value(std::move(answers)));
  fields.Set("files", Value(std::move(files)));
  fields.Set("pretend", Value(options.pretend));
  fields.Set("warnings", Value(std::move(told)));
  return fields;
}

std::string FormatLine(Dict fields) {
  return FormatJson(Value(std::move(fields)), JsonFormat{.ensure_ascii = false});
}

}  // namespace

std::string FormatResultJson(const CopyOptions& options, const CopyResult& result,
                             const std::vector<std::string>& warnings) {
  return FormatLine(MakeResult(options, result, warnings));
}

std::string FormatResultJson(const NewOptions& options, const NewResult& result,
                             const std::vector<std::string>& warnings) {
  Dict fields = MakeResult(options.copy, result.copy, warnings);
  Value git;
  if (!result.branch.empty()) {
    Dict repository;
    repository.Set("branch", Value(result.branch));
    repository.Set("committed", Value(result.git == GitOutcome::kCommitted));
    git = Value(std::move(repository));
  }
  fields.Set("git", std::move(git));
  return FormatLine(std::move(fields));
}

}  // namespace scaffold::cli
