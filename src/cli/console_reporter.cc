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

bool CanShowProgress(const Host& host, const Streams& streams) {
  const std::string kind = host.Variable("TERM").value_or("");
  return streams.err_is_terminal && !kind.empty() && kind != "dumb" &&
         host.Variable("CI").value_or("").empty() &&
         host.Variable("ACCESSIBLE").value_or("").empty();
}

// Whether git may ask for a name or a password on the terminal while it fetches.
bool MayAsk(std::string_view source) {
  return source.find(':') != std::string_view::npos && !source.starts_with("file:") &&
         !source.starts_with("git+file:") && !source.starts_with("bundled:");
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
                                 Verbosity verbosity, Program program)
    : streams_(streams),
      paths_(paths),
      verbosity_(verbosity),
      color_(WantsColor(host, streams.err_is_terminal)) {
  // Scripts that drive Copier through a terminal expect its words only.
  if (program == Program::kScaffold && verbosity == Verbosity::kNormal &&
      CanShowProgress(host, streams)) {
    progress_.emplace(streams_.err);
  }
}

void ConsoleReporter::Print(const std::string& text) {
  if (progress_) {
    progress_->Write([&] { streams_.err << text << std::flush; });
  } else {
    streams_.err << text;
  }
}

std::string ConsoleReporter::Paint(std::string_view color, std::string text) const {
  if (!color_) return text;
  return std::string(color) + text + std::string(kReset);
}

void ConsoleReporter::Note(std::string_view text) { Print(EscapeForTerminal(text) + "\n"); }

void ConsoleReporter::Warn(std::string_view text) {
  if (verbosity_ == Verbosity::kQuiet) return;
  Print(Paint(kYellow, "warning:") + " " + EscapeForTerminal(text) + "\n");
}

void ConsoleReporter::Message(std::string_view text) {
  if (quiet() || text.empty()) return;
  Print(EscapeForTerminal(text) + "\n");
  streams_.err << std::flush;
}

void ConsoleReporter::Copying(std::string_view version) {
  if (quiet() || paths_ == PathLines::kHidden) return;
  Print("\nCopying from template version " + EscapeForTerminal(version) + "\n");
}

void ConsoleReporter::Updating(std::string_view version, bool same) {
  if (quiet()) return;
  Print((same ? "Keeping template version " : "Updating to template version ") +
        EscapeForTerminal(version) + "\n");
}

void ConsoleReporter::Path(PathAction action, std::string_view path) {
  if (quiet() || paths_ == PathLines::kHidden) return;
  const Verb verb = VerbOf(action);
  const std::string padded =
      std::string(kVerbWidth - verb.text.size(), ' ') + std::string(verb.text);
  Print(Paint(verb.color, padded) + "  " + EscapeForTerminal(path) + "\n");
}

void ConsoleReporter::PathsDone() { streams_.err << std::flush; }

void ConsoleReporter::Task(size_t number, size_t total, std::string_view command) {
  if (quiet()) return;
  Print(" > Running task " + std::to_string(number) + " of " + std::to_string(total) + ": " +
        EscapeForTerminal(command) + "\n");
  streams_.err << std::flush;
}

void ConsoleReporter::Begin(Stage stage, std::string_view subject) {
  if (!progress_) return;
  const std::string name(subject);
  switch (stage) {
    case Stage::kFetch:
      progress_->Begin("Fetching " + name, MayAsk(subject) ? ProgressLine::Style::kStays
                                                           : ProgressLine::Style::kRewritten);
      break;
    case Stage::kRender:
      progress_->Begin("Rendering " + name, ProgressLine::Style::kRewritten);
      break;
    case Stage::kWrite:
      progress_->Begin("Writing " + name, ProgressLine::Style::kRewritten);
      break;
  }
}

void ConsoleReporter::End() {
  if (progress_) progress_->End();
}

void ConsoleReporter::Log(std::string_view text) {
  if (verbosity_ == Verbosity::kVerbose) {
    MakeLogger(streams_.err)->debug("{}", EscapeForTerminal(text));
  }
}

}  // namespace scaffold::cli
