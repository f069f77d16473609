#include "terminal/text_layout.h"

#include <utf8proc.h>

#include <algorithm>

#include "support/text.h"
#include "support/utf8.h"

namespace scaffold::terminal {
namespace {

constexpr std::string_view kTab = "    ";
constexpr std::string_view kEllipsis = "…";

// The widest code point counts: marks and joined parts of an emoji stand in the same cells.
size_t ColumnsOfGrapheme(std::string_view grapheme) {
  if (grapheme == "\t") return kTab.size();
  if (grapheme == "\n") return 1;
  const std::string shown = EscapeForTerminal(grapheme);
  if (shown.size() != grapheme.size()) return DisplayWidth(shown);
  size_t columns = 0;
  for (size_t pos = 0; pos < grapheme.size();) {
    const size_t begin = pos;
    DecodeUtf8(grapheme, &pos);
    columns = std::max(columns, DisplayWidth(grapheme.substr(begin, pos - begin)));
  }
  return columns;
}

// Byte offset where at most `columns` are full.
size_t OffsetOfColumns(std::string_view text, size_t columns) {
  size_t used = 0;
  size_t pos = 0;
  while (pos < text.size()) {
    const size_t next = NextGrapheme(text, pos);
    used += ColumnsOfGrapheme(text.substr(pos, next - pos));
    if (used > columns) break;
    pos = next;
  }
  return pos;
}

}  // namespace

size_t NextGrapheme(std::string_view text, size_t pos) {
  if (pos >= text.size()) return text.size();
  utf8proc_int32_t state = 0;
  auto previous = static_cast<utf8proc_int32_t>(DecodeUtf8(text, &pos));
  while (pos < text.size()) {
    size_t next = pos;
    const auto current = static_cast<utf8proc_int32_t>(DecodeUtf8(text, &next));
    if (utf8proc_grapheme_break_stateful(previous, current, &state)) break;
    previous = current;
    pos = next;
  }
  return pos;
}

size_t PreviousGrapheme(std::string_view text, size_t pos) {
  // Whether a boundary is one depends on what comes before it; from a line's begin is always right.
  size_t begin = pos >= 2 ? text.rfind('\n', pos - 2) : std::string_view::npos;
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  while (begin < pos) {
    const size_t next = NextGrapheme(text, begin);
    if (next >= pos) break;
    begin = next;
  }
  return begin;
}

std::string ShownText(std::string_view text) {
  // A mark at the begin would go onto whatever stands before it.
  while (!text.empty() && ColumnsOfGrapheme(text.substr(0, NextGrapheme(text, 0))) == 0) {
    text.remove_prefix(NextGrapheme(text, 0));
  }
  return EscapeForTerminal(ReplaceAll(ReplaceAll(text, "\t", kTab), "\n", " "));
}

size_t CountColumns(std::string_view text) {
  size_t columns = 0;
  for (size_t pos = 0; pos < text.size();) {
    const size_t next = NextGrapheme(text, pos);
    columns += ColumnsOfGrapheme(text.substr(pos, next - pos));
    pos = next;
  }
  return columns;
}

std::string CutToColumns(std::string_view text, size_t columns) {
  if (columns == 0) return "";
  if (CountColumns(text) <= columns) return std::string(text);
  return std::string(text.substr(0, OffsetOfColumns(text, columns - 1))) + std::string(kEllipsis);
}

std::string PadToColumns(std::string_view text, size_t columns) {
  std::string padded = CutToColumns(text, columns);
  padded.append(columns - std::min(columns, CountColumns(padded)), ' ');
  return padded;
}

std::vector<TextRow> WrapText(std::string_view text, size_t columns) {
  columns = std::max<size_t>(columns, 2);  // a wide character must fit
  std::vector<TextRow> rows;
  size_t begin = 0;
  size_t used = 0;
  for (size_t pos = 0; pos < text.size();) {
    const size_t next = NextGrapheme(text, pos);
    const std::string_view grapheme = text.substr(pos, next - pos);
    if (grapheme == "\n" || grapheme == "\r\n") {
      rows.push_back({begin, pos});
      begin = next;
      used = 0;
    } else {
      const size_t width = ColumnsOfGrapheme(grapheme);
      if (used + width > columns && pos > begin) {
        rows.push_back({begin, pos});
        begin = pos;
        used = 0;
      }
      used += width;
    }
    pos = next;
  }
  rows.push_back({begin, text.size()});
  return rows;
}

std::vector<std::string> WrapWords(std::string_view text, size_t columns) {
  columns = std::max<size_t>(columns, 2);
  std::vector<std::string> rows;
  for (std::string_view line : Split(text, '\n')) {
    while (CountColumns(line) > columns) {
      size_t cut = OffsetOfColumns(line, columns);
      if (cut == 0) cut = NextGrapheme(line, 0);
      const size_t blank = line.substr(0, cut + 1).rfind(' ');
      if (blank != std::string_view::npos && blank > 0) cut = blank;
      rows.emplace_back(line.substr(0, cut));
      line.remove_prefix(cut);
      while (line.starts_with(' ')) line.remove_prefix(1);
    }
    rows.emplace_back(line);
  }
  return rows;
}

}  // namespace scaffold::terminal
