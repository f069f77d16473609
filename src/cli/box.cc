#include "cli/box.h"

#include <unistd.h>

#include <algorithm>

#include "cli/raw_terminal.h"
#include "support/text.h"
#include "terminal/text_layout.h"

namespace scaffold::cli {
namespace {

constexpr size_t kFrameColumns = 4;  // "| " and " |"

struct Strokes {
  std::string_view horizontal, vertical, top_left, top_right, bottom_left, bottom_right;
};

constexpr Strokes kUnicode = {"─", "│", "╭", "╮", "╰", "╯"};
constexpr Strokes kAscii = {"-", "|", "+", "+", "+", "+"};

// A locale that says nothing is taken for UTF-8, as the prompts do.
BoxLines ChooseLines(const Host& host) {
  const std::string kind = host.Variable("TERM").value_or("");
  if (kind == "dumb" || kind == "linux") return BoxLines::kAscii;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string locale = ToLowerAscii(host.Variable(name).value_or(""));
    if (locale.empty()) continue;
    const bool utf8 = locale.find("utf-8") != std::string::npos || locale.ends_with("utf8");
    return utf8 ? BoxLines::kUnicode : BoxLines::kAscii;
  }
  return BoxLines::kUnicode;
}

// What stands before the second and later lines of a wrapped one.
std::string HangOf(const std::string& line) {
  if (const size_t comment = line.find(" # "); comment != std::string::npos) {
    return std::string(terminal::CountColumns(line.substr(0, comment)) + 1, ' ') + "# ";
  }
  // Below the text behind a label, "git:     text".
  const size_t gap = line.find("  ", line.find_first_not_of(' '));
  const size_t text = line.find_first_not_of(' ', gap == std::string::npos ? 0 : gap);
  return std::string(text == std::string::npos ? 0 : text, ' ');
}

}  // namespace

std::optional<BoxStyle> ChooseBox(const Host& host, const Streams& streams) {
  if (!streams.out_is_terminal || !streams.err_is_terminal) return std::nullopt;
  if (!host.Variable("ACCESSIBLE").value_or("").empty()) return std::nullopt;
  const RawTerminal terminal(STDIN_FILENO, STDERR_FILENO, nullptr);
  return BoxStyle{.lines = ChooseLines(host), .columns = terminal.window().columns};
}

bool FitsBox(const BoxStyle& style, std::string_view line) {
  return terminal::CountColumns(line) + kFrameColumns <= style.columns;
}

std::vector<std::string> WrapForBox(const BoxStyle& style, const std::string& line) {
  if (line.starts_with("  ") && line.find(" # ") == std::string::npos) return {line};
  std::vector<std::string> lines;
  const std::string hang = HangOf(line);
  std::string rest = line;
  while (!FitsBox(style, rest)) {
    // The last blank before the edge, behind what is not text.
    const size_t begin = lines.empty() ? rest.find_first_not_of(' ') : hang.size();
    size_t cut = rest.rfind(' ');
    while (cut != std::string::npos && cut > begin && !FitsBox(style, rest.substr(0, cut))) {
      cut = rest.rfind(' ', cut - 1);
    }
    if (cut == std::string::npos || cut <= begin || cut <= hang.size()) break;
    lines.push_back(rest.substr(0, cut));
    rest = hang + rest.substr(cut + 1);
  }
  lines.push_back(rest);
  return lines;
}

std::string FormatBox(const BoxStyle& style, const std::vector<std::string>& lines) {
  const Strokes& strokes = style.lines == BoxLines::kUnicode ? kUnicode : kAscii;
  size_t width = 0;
  for (const std::string& line : lines) width = std::max(width, terminal::CountColumns(line));
  std::string edge;
  for (size_t i = 0; i < width + 2; ++i) edge += strokes.horizontal;
  std::string box = std::string(strokes.top_left) + edge + std::string(strokes.top_right) + "\n";
  for (const std::string& line : lines) {
    box += std::string(strokes.vertical) + " " + line +
           std::string(width - terminal::CountColumns(line), ' ') + " " +
           std::string(strokes.vertical) + "\n";
  }
  return box + std::string(strokes.bottom_left) + edge + std::string(strokes.bottom_right) + "\n";
}

}  // namespace scaffold::cli
