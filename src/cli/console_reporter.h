// ConsoleReporter: what an operation reports, as lines on stderr.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/program.h"
#include "cli/progress_line.h"
#include "cli/streams.h"
#include "scaffold/host.h"
#include "scaffold/scaffold.h"

namespace scaffold::cli {

// Which lines are wanted: `copy` prints a line a path as Copier does, `new` only what matters.
enum class PathLines : uint8_t { kShown, kHidden };
enum class Verbosity : uint8_t {
  kQuiet,
  kWarnings,  // Copier's --quiet does not silence warnings
  kNormal,
  kVerbose,
};

// NO_COLOR, FORCE_COLOR, else whether the stream is a terminal.
bool WantsColor(const Host& host, bool is_terminal);

class ConsoleReporter : public Reporter {
 public:
  ConsoleReporter(const Host& host, const Streams& streams, PathLines paths, Verbosity verbosity,
                  Program program);

  void Note(std::string_view text) override;
  void Warn(std::string_view text) override;
  void Message(std::string_view text) override;
  void Copying(std::string_view version) override;
  void Updating(std::string_view version, bool same) override;
  void Path(PathAction action, std::string_view path) override;
  void PathsDone() override;
  void Task(size_t number, size_t total, std::string_view command) override;
  void Begin(Stage stage, std::string_view subject) override;
  void End() override;
  void Log(std::string_view text) override;

 private:
  bool quiet() const { return verbosity_ <= Verbosity::kWarnings; }
  void Print(const std::string& text);
  std::string Paint(std::string_view color, std::string text) const;

  Streams streams_;
  PathLines paths_;
  Verbosity verbosity_;
  bool color_;
  std::optional<ProgressLine> progress_;  // only where a line can be taken away again
};

}  // namespace scaffold::cli
