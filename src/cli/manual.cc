#include "cli/manual.h"

#include "cli/flags.h"
#include "cli/version.h"
#include "support/text.h"

namespace scaffold::cli {
namespace {

// Roff takes '-' for a hyphen, '\' for an escape, and '.' or ''' at the begin of a line for a
// request.
std::string Escaped(std::string_view text) {
  std::string out = ReplaceAll(ReplaceAll(text, "\\", "\\e"), "-", "\\-");
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string FlagText(const FlagRow& row) {
  std::string out = ".TP\n";
  std::string names;
  for (const std::string_view name : Split(row.names, ',')) {
    names += (names.empty() ? "\\fB" : ", \\fB") + Escaped(name) + "\\fR";
  }
  if (!row.value.empty()) names += " \\fI" + Escaped(row.value) + "\\fR";
  return out + names + "\n" + Escaped(row.help) + "\n";
}

std::string CommandText(const CommandRow& row) {
  std::string out = ".SS scaffold " + Escaped(row.name);
  if (!row.arguments.empty()) out += " " + Escaped(row.arguments);
  out += "\n" + Escaped(row.summary) + ".\n";
  if (!row.details.empty()) out += ".PP\n" + Escaped(row.details) + "\n";
  for (const FlagRow* flag : FlagsOf(row.id)) {
    if (flag->visibility == Visibility::kShown) out += FlagText(*flag);
  }
  return out;
}

constexpr std::string_view kExitCodes = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Failed; the message on standard error says what, where and what to do.
.TP
.B 2
Wrong command line.
.TP
.B 3
Conflicts were left in the tree.
.TP
.B 4
Refused: the template needs trust.
.TP
.B 130
Interrupted.
)";

constexpr std::string_view kRest = R"(.SH ENVIRONMENT
.TP
.B COPIER_SETTINGS_PATH
The user's settings; otherwise copier/settings.yml below \fBXDG_CONFIG_HOME\fR or ~/.config.
.TP
.B COPIER_CACHE_DIR
Where repositories are mirrored; otherwise scaffold/git below \fBXDG_CACHE_HOME\fR or ~/.cache.
.TP
.B XDG_STATE_HOME
Which commits of templates were trusted is kept in scaffold/trust below it; otherwise below
~/.local/state.
.TP
.BR NO_COLOR ", " FORCE_COLOR
When not empty: never, or always, use colours.
.TP
.B ACCESSIBLE
When not empty: ask with numbered lines instead of menus, as with \fBTERM=dumb\fR.
.SH SEE ALSO
.BR git (1)
)";

}  // namespace

std::string FormatManual() {
  std::string out = ".TH SCAFFOLD 1 \"\" \"scaffold " + std::string(kVersion) +
                    "\" \"User Commands\"\n.SH NAME\nscaffold \\- create projects from templates\n"
                    ".SH SYNOPSIS\n.B scaffold\n.I COMMAND\n[\\fIFLAGS\\fR] ...\n.SH COMMANDS\n";
  for (const CommandRow& row : Commands()) out += CommandText(row);
  return out + std::string(kExitCodes) + std::string(kRest);
}

}  // namespace scaffold::cli
