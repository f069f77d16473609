#include "support/error_report.h"

#include <algorithm>

#include "support/text.h"
#include "support/utf8.h"

namespace scaffold {
namespace {

constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kBlue = "\x1b[1;34m";
constexpr std::string_view kGreen = "\x1b[1;32m";
constexpr std::string_view kReset = "\x1b[0m";
constexpr size_t kLongestLine = 160;  // code points of a source line that are shown

class Painter {
 public:
  explicit Painter(ColorMode mode) : on_(mode == ColorMode::kAlways) {}
  std::string operator()(std::string_view color, std::string_view text) const {
    if (!on_) return std::string(text);
    return std::string(color) + std::string(text) + std::string(kReset);
  }

 private:
  bool on_;
};

// The part of a line around the carets, with tabs as blanks so that the carets stand below.
struct Excerpt {
  std::string text;
  size_t caret_offset = 0;  // terminal columns before the carets
  size_t caret_count = 1;
};

Excerpt MakeExcerpt(const SourceLocation& location) {
  const std::string line =
      EscapeForTerminal(ReplaceAll(ReplaceAll(location.line_text, "\t", " "), "\n", " "));
  const size_t before = location.column == 0 ? 0 : location.column - 1;
  const size_t start = before > kLongestLine / 2 ? before - kLongestLine / 2 : 0;
  const size_t first = OffsetOfCodePoint(line, start);
  std::string_view shown = std::string_view(line).substr(first);
  shown = shown.substr(0, OffsetOfCodePoint(shown, kLongestLine));

  Excerpt excerpt;
  excerpt.text = shown;
  const size_t caret_begin = OffsetOfCodePoint(shown, before - start);
  const size_t caret_end = OffsetOfCodePoint(shown, before - start + location.length);
  excerpt.caret_offset = DisplayWidth(shown.substr(0, caret_begin));
  excerpt.caret_count =
      std::max<size_t>(1, DisplayWidth(shown.substr(caret_begin, caret_end - caret_begin)));
  return excerpt;
}

void AppendPlace(std::string* out, const SourceLocation& location, const Painter& paint) {
  const std::string number = std::to_string(location.line);
  const std::string gutter(number.size(), ' ');
  *out += gutter + paint(kBlue, "--> ") +
          EscapeForTerminal(location.file.empty() ? "<template>" : location.file) + ":" + number;
  if (location.column != 0) *out += ":" + std::to_string(location.column);
  *out += "\n";
  if (location.column == 0) return;
  const Excerpt excerpt = MakeExcerpt(location);
  *out += gutter + paint(kBlue, " |") + "\n";
  *out += paint(kBlue, number + " |") + (excerpt.text.empty() ? "" : " ") + excerpt.text + "\n";
  *out += gutter + paint(kBlue, " |") + " " + std::string(excerpt.caret_offset, ' ') +
          paint(kRed, std::string(excerpt.caret_count, '^')) + "\n";
}

}  // namespace

std::string FormatError(const Error& error, ColorMode color) {
  const Painter paint(color);
  std::string out = paint(kRed, "error:") + " " + EscapeForTerminal(error.message()) + "\n";
  if (error.has_location()) AppendPlace(&out, error.location(), paint);
  if (!error.help().empty()) {
    out += paint(kGreen, "help:") + " " + EscapeForTerminal(error.help()) + "\n";
  }
  for (const std::string& note : error.notes()) {
    out += paint(kBlue, "note:") + " " + EscapeForTerminal(note) + "\n";
  }
  return out;
}

}  // namespace scaffold
