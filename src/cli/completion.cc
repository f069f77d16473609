#include "cli/completion.h"

#include <algorithm>
#include <array>

#include "cli/flags.h"
#include "scaffold/error.h"
#include "support/text.h"

namespace scaffold::cli {
namespace {

bool TakesFile(const FlagRow& row) { return row.value == "FILE" || row.value == "PATH"; }

std::vector<const FlagRow*> ShownFlags(CommandId id) {
  std::vector<const FlagRow*> rows = FlagsOf(id);
  std::erase_if(rows, [](const FlagRow* row) { return row->visibility == Visibility::kHidden; });
  return rows;
}

// Every name of the flags of a command, with spaces between.
std::string FlagWords(CommandId id) {
  std::vector<std::string> words;
  for (const FlagRow* row : ShownFlags(id)) words.push_back(ReplaceAll(row->names, ",", " "));
  return Join(words, " ");
}

std::string CommandWords() {
  std::vector<std::string> words;
  for (const CommandRow& row : Commands()) words.emplace_back(row.name);
  return Join(words, " ");
}

std::string ShellWords() {
  std::vector<std::string> words;
  for (const std::string_view shell : CompletionShells()) words.emplace_back(shell);
  return Join(words, " ");
}

enum class ValueKind : uint8_t { kFile, kOther };

// "--data-file|-a|...": the names of flags that take such a value.
std::string ValueFlags(ValueKind kind) {
  std::vector<std::string> names;
  for (const FlagRow& row : Flags()) {
    if (row.value.empty() || TakesFile(row) != (kind == ValueKind::kFile)) continue;
    for (const std::string_view name : Split(row.names, ',')) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    }
  }
  return Join(names, "|");
}

// The places that a template below fills: @commands, ...
struct Fill {
  std::string_view place;
  std::string text;
};

std::string FillIn(std::string_view script, const std::vector<Fill>& fills) {
  std::string out(script);
  for (const Fill& fill : fills) out = ReplaceAll(out, fill.place, fill.text);
  return out;
}

// bash splits "--flag=value" into three words, so the flag stands two words before the value.
constexpr std::string_view kBash = R"(# bash completion of scaffold
_scaffold() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word flags
  if [[ $current == '=' ]]; then
    current=
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      @command_pattern) command=$word; break ;;
    esac
  done
  case $command in
@flag_cases
  esac
  COMPREPLY=()
  case $previous in
    @file_flags) ;;
    @value_flags) return ;;
    *)
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$flags" -- "$current"))
        return
      elif [[ -z $command ]]; then
        COMPREPLY=($(compgen -W '@commands' -- "$current"))
        return
      elif [[ $command == completion ]]; then
        COMPREPLY=($(compgen -W '@shells' -- "$current"))
        return
      fi ;;
  esac
  local IFS=$'\n'
  COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _scaffold scaffold
)";

std::string Bash() {
  std::string cases;
  for (const CommandRow& row : Commands()) {
    cases += "    " + std::string(row.name) + ") flags='" + FlagWords(row.id) + "' ;;\n";
  }
  cases += "    *) flags='" + FlagWords(CommandId::kNone) + "' ;;";
  return FillIn(kBash, {{"@command_pattern", ReplaceAll(CommandWords(), " ", "|")},
                        {"@commands", CommandWords()},
                        {"@flag_cases", cases},
                        {"@file_flags", ValueFlags(ValueKind::kFile)},
                        {"@value_flags", ValueFlags(ValueKind::kOther)},
                        {"@shells", ShellWords()}});
}

// A text inside of single quotes, in "[...]" or before ":", of zsh.
std::string ZshText(std::string_view text) {
  std::string out;
  for (const char c : ReplaceAll(text, "'", "'\\''")) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::string ZshFlag(const FlagRow& row) {
  std::string value;
  if (!row.value.empty()) {
    value = ":" + std::string(row.value) + ":" + (TakesFile(row) ? "_files" : " ");
  }
  const std::string repeats = row.list != nullptr ? "*" : "";
  std::string out;
  for (const std::string_view name : Split(row.names, ',')) {
    out += " \\\n        '" + repeats + std::string(name) + "[" + ZshText(row.help) + "]" + value +
           "'";
  }
  return out;
}

constexpr std::string_view kZsh = R"(#compdef scaffold
_scaffold() {
  local -a commands=(
@commands
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
@cases
  esac
}
if [[ $funcstack[1] == _scaffold ]]; then
  _scaffold "$@"
else
  compdef _scaffold scaffold
fi
)";

std::string Zsh() {
  std::vector<std::string> commands, cases;
  for (const CommandRow& row : Commands()) {
    const std::string name(row.name);
    commands.push_back("    '" + name + ":" + ZshText(row.summary) + "'");
    std::string flags = "    " + name + ")\n      _arguments";
    for (const FlagRow* flag : ShownFlags(row.id)) flags += ZshFlag(*flag);
    flags += row.id == CommandId::kCompletion ? " \\\n        '1:shell:(" + ShellWords() + ")' ;;"
                                              : " \\\n        '*:path:_files' ;;";
    cases.push_back(std::move(flags));
  }
  return FillIn(kZsh, {{"@commands", Join(commands, "\n")}, {"@cases", Join(cases, "\n")}});
}

std::string FishText(std::string_view text) {
  return "'" + ReplaceAll(ReplaceAll(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string FishFlag(const std::string& condition, const FlagRow& row) {
  std::string out = "complete -c scaffold -n '" + condition + "'";
  for (const std::string_view name : Split(row.names, ',')) {
    out += name.starts_with("--") ? " -l " + std::string(name.substr(2))
                                  : " -s " + std::string(name.substr(1));
  }
  if (!row.value.empty()) out += TakesFile(row) ? " -r -F" : " -x";
  return out + " -d " + FishText(row.help) + "\n";
}

std::string Fish() {
  std::string out = "# fish completion of scaffold\n";
  for (const CommandRow& row : Commands()) {
    out += "complete -c scaffold -n __fish_use_subcommand -f -a " + std::string(row.name) + " -d " +
           FishText(row.summary) + "\n";
  }
  for (const FlagRow* flag : ShownFlags(CommandId::kNone)) {
    out += FishFlag("__fish_use_subcommand", *flag);
  }
  for (const CommandRow& row : Commands()) {
    const std::string condition = "__fish_seen_subcommand_from " + std::string(row.name);
    for (const FlagRow* flag : ShownFlags(row.id)) out += FishFlag(condition, *flag);
  }
  return out + "complete -c scaffold -n '__fish_seen_subcommand_from completion' -f -a '" +
         ShellWords() + "'\n";
}

// No candidates for a path: PowerShell then completes file names itself.
constexpr std::string_view kPowerShell = R"(# PowerShell completion of scaffold
Register-ArgumentCompleter -Native -CommandName scaffold -ScriptBlock {
  param($word, $ast, $position)
  $commands = @(@commands)
  $flags = @{
@flags
  }
  $command = $ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" } |
    Where-Object { $commands -contains $_ } | Select-Object -First 1
  if ($word -like '-*') { $candidates = $flags["$command"] }
  elseif (-not $command) { $candidates = $commands }
  elseif ($command -eq 'completion') { $candidates = @(@shells) }
  else { return }
  $candidates | Where-Object { $_ -clike "$word*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
)";

std::string PowerShell() {
  const auto list = [](const std::string& words) {
    return "'" + ReplaceAll(words, " ", "', '") + "'";
  };
  std::string flags = "    '' = @(" + list(FlagWords(CommandId::kNone)) + ")";
  for (const CommandRow& row : Commands()) {
    flags += "\n    '" + std::string(row.name) + "' = @(" + list(FlagWords(row.id)) + ")";
  }
  return FillIn(
      kPowerShell,
      {{"@commands", list(CommandWords())}, {"@flags", flags}, {"@shells", list(ShellWords())}});
}

struct ShellRow {
  std::string_view name;
  std::string (*script)();
};

constexpr std::array kShells = {ShellRow{"bash", Bash}, ShellRow{"zsh", Zsh},
                                ShellRow{"fish", Fish}, ShellRow{"powershell", PowerShell}};

}  // namespace

std::vector<std::string_view> CompletionShells() {
  std::vector<std::string_view> names;
  for (const ShellRow& row : kShells) names.push_back(row.name);
  return names;
}

std::string FormatCompletion(std::string_view shell) {
  for (const ShellRow& row : kShells) {
    if (row.name == shell) return row.script();
  }
  throw Error(ErrorKind::kUsage, "there is no completion for '" + std::string(shell) + "'")
      .WithHelp("name one of: " + ReplaceAll(ShellWords(), " ", ", "));
}

}  // namespace scaffold::cli
