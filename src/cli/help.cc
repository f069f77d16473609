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

}  // namespace

std::string FormatHelp() {
  std::vector<std::pair<std::string, std::string_view>> rows;
  for (const CommandRow& row : Commands()) {
    std::string left(row.name);
    if (!row.arguments.empty()) left += " " + std::string(row.arguments);
    rows.emplace_back(std::move(left), row.summary);
  }
  return "scaffold creates projects from templates\n\nusage: scaffold COMMAND [FLAGS] ...\n\n" +
         FormatRows(rows) + "\n" + FormatFlags(CommandId::kNone) +
         "\n'scaffold COMMAND --help' tells more of one command.\n";
}

std::string FormatHelp(CommandId id) {
  const CommandRow& row = GetCommand(id);
  std::string out = "scaffold " + std::string(row.name) + ": " + std::string(row.summary) +
                    "\n\nusage: scaffold " + std::string(row.name) + " [FLAGS]";
  if (!row.arguments.empty()) out += " " + std::string(row.arguments);
  out += "\n\n";
  if (!row.details.empty()) out += Wrap(row.details, 0, 0) + "\n\n";
  return out + FormatFlags(id);
}

}  // namespace scaffold::cli
