// add, remove and list: the modules of a project, and what generators make.

#include <algorithm>
#include <utility>

#include "cli/command_options.h"
#include "cli/commands.h"
#include "cli/console_reporter.h"
#include "cli/make_prompter.h"
#include "cli/updating.h"
#include "scaffold/parts.h"
#include "support/text.h"
#include "support/utf8.h"
#include "value/json.h"

namespace scaffold::cli {
namespace {

constexpr std::string_view kModule = "module";

std::string ProjectOf(const Options& options) {
  return options.arguments.size() > 2 ? options.arguments.at(2) : ".";
}

// What changed besides files, and how it is tested.
std::string DescribeModule(const ModuleResult& result) {
  std::string text;
  for (const ChangedAnswer& answer : result.answers) {
    text += "answer:  " + answer.question + ": " +
            (answer.before.empty() ? "(none)" : answer.before) + " -> " +
            (answer.after.empty() ? "(none)" : answer.after) + "\n";
  }
  if (!result.module.tests.empty()) text += "test:    " + result.module.tests + "\n";
  return EscapeForTerminal(text);
}

Dict ModuleFields(const ModuleResult& result) {
  List answers;
  for (const ChangedAnswer& answer : result.answers) {
    Dict row;
    row.Set("question", Value(answer.question));
    row.Set("before", answer.before.empty() ? Value() : Value(answer.before));
    row.Set("after", answer.after.empty() ? Value() : Value(answer.after));
    answers.push_back(Value(std::move(row)));
  }
  Dict fields;
  fields.Set("module", Value(result.module.id));
  fields.Set("answers_changed", Value(std::move(answers)));
  fields.Set("tests", result.module.tests.empty() ? Value() : Value(result.module.tests));
  return fields;
}

using ModuleOperation = ModuleResult (*)(const Host& host, const UpdateOptions& options,
                                         const std::string& id, Prompter& prompter,
                                         Reporter& reporter);

ExitCode PerformModule(const Host& host, const Streams& streams, const Options& options,
                       ModuleOperation operate) {
  const std::string& id = options.arguments.at(1);
  ModuleResult result;
  const UpdateReport report = {.text = [&] { return DescribeModule(result); },
                               .fields = [&] { return ModuleFields(result); }};
  return PerformUpdating(
      host, streams, options, MakeUpdateOptions(host, options, ProjectOf(options)),
      [&](const UpdateOptions& request, Prompter& prompter, Reporter& reporter) {
        result = operate(host, request, id, prompter, reporter);
        return result.update;
      },
      report);
}

// --- generators

void PrintPaths(const Streams& streams, std::string_view verb,
                const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    streams.err << verb << "  " << EscapeForTerminal(path) << "\n";
  }
}

Value TextList(const std::vector<std::string>& texts) {
  return Value(List(texts.begin(), texts.end()));
}

ExitCode ReportGenerated(const Streams& streams, const Options& options,
                         const GenerateResult& result) {
  if (options.json) {
    Dict fields;
    fields.Set("created", TextList(result.created));
    fields.Set("changed", TextList(result.changed));
    fields.Set("deleted", TextList(result.deleted));
    fields.Set("patches", Value(result.patches));
    if (options.diff) fields.Set("diff", Value(result.diff));
    streams.out << FormatJson(Value(std::move(fields)), JsonFormat{.ensure_ascii = false}) << "\n";
  } else {
    if (options.diff) streams.out << result.diff;
    streams.out << result.patches;
    if (!options.quiet && !options.diff) {
      PrintPaths(streams, "create", result.created);
      PrintPaths(streams, "change", result.changed);
      PrintPaths(streams, "delete", result.deleted);
    }
  }
  if (result.patches.empty()) return ExitCode::kDone;
  if (!options.json) {
    streams.err << "warning: a marked region is missing: the patch on standard output says what to "
                   "add\nhelp: see where it puts the lines, then give it to 'git apply'\n";
  }
  return ExitCode::kConflicts;
}

ExitCode PerformGenerator(const Host& host, const Streams& streams, const Options& options,
                          bool is_added) {
  GenerateOptions request;
  request.copy = MakeCopyOptions(host, options);
  request.copy.destination = ProjectOf(options);
  request.copy.pretend = options.pretend || options.plan || options.diff;
  request.copy.data_on_stdout = true;
  request.want_diff = options.diff;
  request.generator = options.arguments.front();
  request.name = options.arguments.at(1);
  if (!is_added) return ReportGenerated(streams, options, RemoveGenerated(host, request));
  Options asking = options;
  asking.json = true;  // standard output is for patches
  const auto prompter = MakePrompter(host, AskingStreams(streams, asking), PipedInput::kLines);
  request.copy.defaults_at_end_of_input = true;
  ConsoleReporter reporter(host, streams, PathLines::kHidden, VerbosityOf(options),
                           options.program);
  return ReportGenerated(streams, options, AddGenerated(host, request, *prompter, reporter));
}

ExitCode PerformAdding(const Host& host, const Streams& streams, const Options& options,
                       bool is_added) {
  if (options.arguments.size() < 2) {
    throw Error(ErrorKind::kUsage, "what is to be added, and what is it called?")
        .WithHelp(
            "write 'scaffold add module NAME' or 'scaffold add GENERATOR NAME'; 'scaffold "
            "list' shows both");
  }
  if (options.arguments.front() == kModule) {
    return PerformModule(host, streams, options, is_added ? AddModule : RemoveModule);
  }
  return PerformGenerator(host, streams, options, is_added);
}

// --- list

Value JsonOf(const ModuleInfo& module) {
  Dict fields;
  fields.Set("name", Value(module.id));
  fields.Set("title", Value(module.title));
  fields.Set("on", Value(module.is_on));
  fields.Set("maturity", module.maturity.empty() ? Value() : Value(module.maturity));
  fields.Set("requires", Value(List(module.needs.begin(), module.needs.end())));
  fields.Set("conflicts", Value(List(module.conflicts.begin(), module.conflicts.end())));
  return Value(std::move(fields));
}

Value JsonOf(const GeneratorInfo& generator) {
  Dict fields;
  fields.Set("name", Value(generator.name));
  fields.Set("title", Value(generator.title));
  fields.Set("source", Value(GeneratorOriginName(generator.origin)));
  return Value(std::move(fields));
}

Value JsonOf(const AdditionInfo& addition) {
  Dict fields;
  fields.Set("generator", Value(addition.generator));
  fields.Set("name", Value(addition.name));
  fields.Set("files", TextList(addition.files));
  return Value(std::move(fields));
}

template <typename Info>
Value JsonList(const std::vector<Info>& infos) {
  List rows;
  for (const Info& info : infos) rows.push_back(JsonOf(info));
  return Value(std::move(rows));
}

std::string FormatList(const ProjectParts& parts) {
  size_t width = 0;
  for (const ModuleInfo& module : parts.modules) width = std::max(width, DisplayWidth(module.id));
  for (const GeneratorInfo& generator : parts.generators) {
    width = std::max(width, DisplayWidth(generator.name));
  }
  std::string text;
  for (const ModuleInfo& module : parts.modules) {
    const std::string maturity =
        module.maturity.empty() || module.maturity == "stable" ? "" : " (" + module.maturity + ")";
    text += "module     " + PadToWidth(module.id, width) +
            (module.is_on ? "  on        " : "  off       ") + module.title + maturity + "\n";
  }
  for (const GeneratorInfo& generator : parts.generators) {
    text += "generator  " + PadToWidth(generator.name, width) + "  " +
            PadToWidth(GeneratorOriginName(generator.origin), 8) + "  " + generator.title + "\n";
  }
  for (const AdditionInfo& addition : parts.additions) {
    text += "added      " + addition.generator + " " + addition.name + "\n";
  }
  return EscapeForTerminal(text);
}

ExitCode PerformList(const Host& host, const Streams& streams, const Options& options,
                     const std::string& project, bool only_generators) {
  CopyOptions request = MakeCopyOptions(host, options);
  request.destination = project;
  Reporter silent;
  ProjectParts parts = ListParts(host, request, silent);
  if (only_generators) {
    parts.modules.clear();
    parts.additions.clear();
  }
  if (options.json) {
    Dict fields;
    if (!only_generators) fields.Set("modules", JsonList(parts.modules));
    fields.Set("generators", JsonList(parts.generators));
    if (!only_generators) fields.Set("added", JsonList(parts.additions));
    streams.out << FormatJson(Value(std::move(fields)), JsonFormat{.ensure_ascii = false}) << "\n";
    return ExitCode::kDone;
  }
  const std::string text = FormatList(parts);
  streams.out << text;
  if (text.empty()) streams.err << "note: neither the project nor its template has any\n";
  return ExitCode::kDone;
}

}  // namespace

ExitCode RunAdd(const Host& host, const Streams& streams, const Options& options) {
  return Perform(streams, options, [&] {
    return options.list ? PerformList(host, streams, options, ProjectFolder(options), true)
                        : PerformAdding(host, streams, options, true);
  });
}

ExitCode RunRemove(const Host& host, const Streams& streams, const Options& options) {
  return Perform(streams, options, [&] { return PerformAdding(host, streams, options, false); });
}

ExitCode RunList(const Host& host, const Streams& streams, const Options& options) {
  return Perform(streams, options, [&] {
    return PerformList(host, streams, options, ProjectFolder(options), false);
  });
}

}  // namespace scaffold::cli
