#include "cli/console_reporter.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "support/text.h"

namespace scaffold::cli {
namespace {

constexpr std::string_view kGreen = "\x1b[92m";
constexpr std::string_view kCyan = "\x1b[36m";
constexpr std::string_view kRed = "\x1b[91m";
constexpr std::string_view kYellow = "\x1b[93m";
constexpr std::string_view kReset = "\x1b[0m";
constexpr size_t kVerbWidth = 10;  // Copier right-aligns its verbs in ten columns

struct Verb {
  std::string_view text;
  std::string_view color;
};

Verb VerbOf(PathAction action) {
  switch (action) {
    case PathAction::kCreate:
      return {"create", kGreen};
    case PathAction::kIdentical:
      return {"identical", kCyan};
    case PathAction::kConflict:
      return {"conflict", kRed};
    case PathAction::kSkip:
      return {"skip", kGreen};
    case PathAction::kOverwrite:
      return {"overwrite", kYellow};
  }
  return {};
}

std::shared_ptr<spdlog::logger> MakeLogger(std::ostream& out) {
  auto logger = std::make_shared<spdlog::logger>(
      "scaffold", std::make_shared<spdlog::sinks::ostream_sink_st>(out, /*force_flush=*/true));
  logger->set_level(spdlog::level::debug);
  logger->set_pattern("[%H:%M:%S.%e] %v");
  return logger;
}

}  // namespace

bool WantsColor(const Host& host, bool is_terminal) {
  if (!host.Variable("NO_COLOR").value_or("").empty()) return false;
  if (!host.Variable("FORCE_COLOR").value_or("").empty()) return true;
  return is_terminal && host.Variable("TERM").value_or("") != "dumb";
}

ConsoleReporter::ConsoleReporter(const Host& host, const Streams& streams, PathLines paths,
                                 Verbosity verbosity)
    : streams_(streams),
      paths_(paths),
      verbosity_(verbosity),
      color_(WantsColor(host, streams.err_is_terminal)) {}

std::string ConsoleReporter::Paint(std::string_view color, std::string text) const {
  if (!color_) return text;
  return std::string(color) + text + std::string(kReset);
}

void ConsoleReporter::Note(std::string_view text) {
  streams_.err << EscapeForTerminal(text) << "\n";
}

void ConsoleReporter::Warn(std::string_view text) {
  if (verbosity_ == Verbosity::kQuiet) return;
  streams_.err << Paint(kYellow, "warning:") << " " << EscapeForTerminal(text) << "\n";
}

void ConsoleReporter::Message(std::string_view text) {
  if (quiet() || text.empty()) return;
  streams_.err << EscapeForTerminal(text) << "\n" << std::flush;
}

void ConsoleReporter::Copying(std::string_view version) {
  if (quiet() || paths_ == PathLines::kHidden) return;
  streams_.err << "\nCopying from template version " << EscapeForTerminal(version) << "\n";
}

void ConsoleReporter::Path(PathAction action, std::string_view path) {
  if (quiet() || paths_ == PathLines::kHidden) return;
  const Verb verb = VerbOf(action);
  const std::string padded =
      std::string(kVerbWidth - verb.text.size(), ' ') + std::string(verb.text);
  streams_.err << Paint(verb.color, padded) << "  " << EscapeForTerminal(path) << "\n";
}

void ConsoleReporter::PathsDone() { streams_.err << std::flush; }

void ConsoleReporter::Task(size_t number, size_t total, std::string_view command) {
  if (quiet()) return;
  streams_.err << " > Running task " << number << " of " << total << ": "
               << EscapeForTerminal(command) << "\n"
               << std::flush;
}

void ConsoleReporter::Log(std::string_view text) {
  if (verbosity_ == Verbosity::kVerbose) {
    MakeLogger(streams_.err)->debug("{}", EscapeForTerminal(text));
  }
}

}  // namespace scaffold::cli
