// What was made, as JSON, for programs: the result of `new` and `copy` with --json.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scaffold/scaffold.h"

namespace scaffold::cli {

// Keeps what a program may want to know, and prints nothing.
class JsonReporter : public Reporter {
 public:
  void Warn(std::string_view text) override { warnings_.emplace_back(text); }

  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::vector<std::string> warnings_;
};

// One line: {"destination", "template": {"source", "version", "commit"}, "answers", "files":
// {"created", "overwritten", "identical", "skipped"}, "pretend", "warnings"}. What is unknown is
// null; answers are those that are recorded, so no secrets.
std::string FormatResultJson(const CopyOptions& options, const CopyResult& result,
                             const std::vector<std::string>& warnings);
// The same with "git": {"branch", "committed"}, null without a repository.
std::string FormatResultJson(const NewOptions& options, const NewResult& result,
                             const std::vector<std::string>& warnings);

}  // namespace scaffold::cli
