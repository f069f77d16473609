#include "cli/help.h"

#include <algorithm>

#include "support/text.h"

namespace scaffold::cli {
namespace {

constexpr size_t kWidth = 80;
constexpr size_t kIndent = 2;
constexpr size_t kGap = 2;

// Words of `text` in lines of at most kWidth columns, every line after the first indented.
std::string Wrap(std::string_view text, size_t indent, size_t first_column) {
  std::string out;
  size_t column = first_column;
  for (std::string_view word : Split(text, ' ')) {
    if (column > indent && column + 1 + word.size() > kWidth) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += " ";
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

// Two columns: what to type, and what it does.
std::string FormatRows(const std::vector<std::pair<std::string, std::string_view>>& rows) {
  size_t widest = 0;
  for (const auto& [left, right] : rows) widest = std::max(widest, left.size());
  const size_t column = kIndent + widest + kGap;
  std::string out;
  for (const auto& [left, right] : rows) {
    out += std::string(kIndent, ' ') + left + std::string(column - kIndent - left.size(), ' ') +
           Wrap(right, column, column) + "\n";
  }
  return out;
}

std::string FormatFlags(CommandId command) {
  std::vector<std::pair<std::string, std::string_view>> rows;
  for (const FlagRow* row : FlagsOf(command)) {
    if (row->visibility == Visibility::kHidden) continue;
    std::string left = row->names.starts_with("--") ? "    " : "";
    left += ReplaceAll(row->names, ",", ", ");
    if (!row->value.empty()) left += " " + std::string(row->value);
    rows.emplace_back(std::move(left), row->help);
  }
  return FormatRows(rows);
}

std::string_view ArgumentsOf(Program program, const CommandRow& row) {
  return program == Program::kCopier ? row.copier_arguments : row.arguments;
}

}  // namespace

std::string FormatHelp(Program program) {
  std::vector<std::pair<std::string, std::string_view>> rows;
  for (const CommandRow& row : Commands()) {
    if (!HasCommand(program, row)) continue;
    std::string left(row.name);
    if (!row.arguments.empty()) left += " " + std::string(ArgumentsOf(program, row));
    rows.emplace_back(std::move(left), row.summary);
  }
  const std::string name(ProgramName(program));
  return name + " creates projects from templates\n\nusage: " + name + " COMMAND [FLAGS] ...\n\n" +
         FormatRows(rows) + "\n" + FormatFlags(CommandId::kNone) + "\n'" + name +
         " COMMAND --help' tells more of one command.\n";
}

std::string FormatHelp(Program program, CommandId id) {
  const CommandRow& row = GetCommand(id);
  const std::string name = std::string(ProgramName(program)) + " " + std::string(row.name);
  std::string out = name + ": " + std::string(row.summary) + "\n\nusage: " + name +
                    (program == Program::kCopier ? " [SWITCHES]" : " [FLAGS]");
  if (!row.arguments.empty()) out += " " + std::string(ArgumentsOf(program, row));
  out += "\n\n";
  if (!row.details.empty()) out += Wrap(row.details, 0, 0) + "\n\n";
  return out + FormatFlags(id);
}

std::string FormatFullHelp(Program program) {
  std::string out = FormatHelp(program);
  for (const CommandRow& row : Commands()) {
    if (HasCommand(program, row)) out += "\n\n" + FormatHelp(program, row.id);
  }
  return out;
}

}  // namespace scaffold::cli
