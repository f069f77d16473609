#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "scaffold/error.h"
#include "support/text.h"

namespace scaffold::cli {
namespace {

Error UsageError(std::string message, Program called, const CommandRow* command) {
  std::string program(ProgramName(called));
  if (command != nullptr) program += " " + std::string(command->name);
  return Error(ErrorKind::kUsage, std::move(message))
      .WithHelp("run '" + program + " --help' for its flags");
}

Error UnknownCommand(std::string_view name, Program program) {
  std::vector<std::string_view> names;
  for (const CommandRow& row : Commands()) {
    if (HasCommand(program, row)) names.push_back(row.name);
  }
  const std::string_view near = ClosestMatch(name, names);
  // Copier ends with 1 here, not with the code of other usage errors.
  Error error(program == Program::kCopier ? ErrorKind::kUser : ErrorKind::kUsage,
              "unknown command '" + std::string(name) + "'");
  error.WithHelp("run '" + std::string(ProgramName(program)) + " --help' for the commands");
  if (!near.empty()) error.WithHelp("did you mean '" + std::string(near) + "'?");
  return error;
}

Error UnknownFlag(std::string_view flag, Program program, const CommandRow& command) {
  const std::string_view name = flag.substr(0, flag.find('='));
  if (name == "-") {  // what is left of "-q=1"
    return UsageError("a flag takes no value, but '" + std::string(flag.substr(1)) + "' was given",
                      program, &command);
  }
  std::vector<std::string_view> known;
  for (const FlagRow* row : FlagsOf(command.id)) {
    for (std::string_view long_name : LongNames(*row)) known.push_back(long_name);
  }
  const std::string_view near = ClosestMatch(name, known);
  Error error = UsageError("unknown flag '" + std::string(name) + "'", program, &command);
  if (!near.empty()) error.WithHelp("did you mean '" + std::string(near) + "'?");
  return error;
}

void AddFlag(CLI::App* app, const FlagRow& row, Options* options) {
  const std::string names(row.names);
  if (row.on != nullptr) {
    app->add_flag(names, options->*row.on)
        ->disable_flag_override()
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    return;
  }
  if (row.text != nullptr) {
    app->add_option(names, options->*row.text)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    return;
  }
  // A list takes one value a time, so that it does not eat the positional arguments.
  app->add_option(names, options->*row.list)
      ->allow_extra_args(false)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void CheckArgumentCount(const CommandRow& command, const Options& options) {
  if (options.help || options.help_all || options.version) return;
  const size_t count = options.arguments.size();
  if (count >= command.min_arguments && count <= command.max_arguments) return;
  std::string expected = std::to_string(command.min_arguments);
  if (command.max_arguments != command.min_arguments) {
    expected += " or " + std::to_string(command.max_arguments);
  }
  Error error = UsageError("'" + std::string(command.name) + "' takes " + expected +
                               (command.max_arguments == 1 ? " argument" : " arguments") + ", " +
                               std::to_string(count) + (count == 1 ? " was" : " were") + " given",
                           options.program, &command);
  error.AddNote("usage: " + std::string(ProgramName(options.program)) + " " +
                std::string(command.name) + " " + std::string(command.arguments));
  throw error;
}

Options ParseFlags(const CommandRow& command, std::vector<std::string> arguments, Program program) {
  Options options;
  options.program = program;
  CLI::App app;
  app.set_help_flag();
  for (const FlagRow* row : FlagsOf(command.id)) AddFlag(&app, *row, &options);
  app.add_option("arguments", options.arguments);

  // What follows `--` is positional even when it looks like a flag, which CLI11 does not do after a
  // subcommand's positionals.
  auto separator = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> rest;
  if (separator != arguments.end()) {
    rest.assign(separator + 1, arguments.end());
    arguments.erase(separator, arguments.end());
  }
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ExtrasError& error) {
    const std::string text = error.what();
    const std::string flag = text.substr(text.rfind(": ") + 2);
    throw UnknownFlag(Split(flag, ' ').front(), program, command);
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string text = error.what();
    if (const size_t end = text.find(" was given a disallowed flag override");
        end != std::string::npos) {
      throw UsageError("'--" + text.substr(0, end) + "' takes no value", program, &command);
    }
    const std::string name = text.substr(0, text.find(':'));
    if (text.find("At Most 1 required") != std::string::npos) {
      throw UsageError("'" + name + "' was given more than once", program, &command);
    }
    throw UsageError("'" + name + "' needs a value", program, &command);
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what(), program, &command);
  }
  options.arguments.insert(options.arguments.end(), rest.begin(), rest.end());
  CheckArgumentCount(command, options);
  return options;
}

}  // namespace

Invocation ParseArguments(const std::vector<std::string>& arguments, Program program) {
  auto word = std::find_if(arguments.begin(), arguments.end(),
                           [](const std::string& text) { return !text.starts_with("-"); });
  if (word == arguments.end()) {
    static constexpr CommandRow kTop = {CommandId::kNone, "", "", "", "", "", 0, 0};
    return {CommandId::kNone, ParseFlags(kTop, arguments, program)};
  }
  const CommandRow* command = FindCommand(*word);
  if (command == nullptr || !HasCommand(program, *command)) throw UnknownCommand(*word, program);
  std::vector<std::string> rest(arguments.begin(), word);
  rest.insert(rest.end(), word + 1, arguments.end());
  return {command->id, ParseFlags(*command, std::move(rest), program)};
}

}  // namespace scaffold::cli
