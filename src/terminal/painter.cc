#include "terminal/painter.h"

#include <algorithm>
#include <utility>

#include "terminal/text_layout.h"

namespace scaffold::terminal {
namespace {

constexpr std::string_view kHideCursor = "\x1b[?25l";
constexpr std::string_view kShowCursor = "\x1b[?25h";
constexpr std::string_view kClearLine = "\x1b[K";
constexpr std::string_view kClearBelow = "\x1b[J";
constexpr std::string_view kReset = "\x1b[m";

std::string_view CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kAccent:
      return "\x1b[36m";
    case Style::kGood:
      return "\x1b[32m";
    case Style::kError:
      return "\x1b[31m";
  }
  return "";
}

struct Cell {
  std::string_view grapheme;
  Style style;
  size_t columns;

  bool operator==(const Cell&) const = default;
};

std::vector<Cell> CellsOf(const FrameLine& line) {
  std::vector<Cell> cells;
  for (const StyledText& part : line) {
    for (size_t pos = 0; pos < part.text.size();) {
      const size_t next = NextGrapheme(part.text, pos);
      const std::string_view grapheme = std::string_view(part.text).substr(pos, next - pos);
      cells.push_back({grapheme, part.style, CountColumns(grapheme)});
      pos = next;
    }
  }
  return cells;
}

size_t Columns(const std::vector<Cell>& cells) {
  size_t columns = 0;
  for (const Cell& cell : cells) columns += cell.columns;
  return columns;
}

size_t Columns(const FrameLine& line) { return Columns(CellsOf(line)); }

std::string FormatCells(const std::vector<Cell>& cells, size_t begin, Colors colors) {
  std::string text;
  Style style = Style::kPlain;
  for (size_t i = begin; i < cells.size(); ++i) {
    if (colors == Colors::kOn && cells[i].style != style) {
      if (style != Style::kPlain) text += kReset;
      style = cells[i].style;
      text += CodeOf(style);
    }
    text += cells[i].grapheme;
  }
  if (style != Style::kPlain) text += kReset;
  return text;
}

std::string Steps(size_t count, char direction) {
  if (count == 0) return "";
  return "\x1b[" + (count == 1 ? "" : std::to_string(count)) + direction;
}

}  // namespace

std::string Painter::Paint(const Frame& frame, WindowSize window) {
  std::string bytes;
  if (!frame_.lines.empty() && window != window_) bytes = StartOver(window);
  window_ = window;
  if (bytes.empty() && frame == frame_) return "";

  std::string changes;
  for (size_t row = 0; row < frame.lines.size(); ++row) {
    static const FrameLine kNone;
    changes +=
        PaintLine(row, row < frame_.lines.size() ? frame_.lines[row] : kNone, frame.lines[row]);
  }
  if (frame.lines.size() < frame_.lines.size()) {
    changes += Move(frame.lines.size(), 0) + std::string(kClearBelow);
  }
  if (!(bytes + changes).empty() && !cursor_hidden_) {
    bytes.insert(0, kHideCursor);
    cursor_hidden_ = true;
  }
  bytes += changes;
  frame_ = frame;
  if (frame.shows_cursor) bytes += Move(frame.cursor_row, frame.cursor_column);
  if (frame.shows_cursor && cursor_hidden_) {
    bytes += kShowCursor;
    cursor_hidden_ = false;
  }
  return bytes;
}

std::string Painter::PaintLine(size_t row, const FrameLine& old_line, const FrameLine& line) {
  const bool is_new = row >= frame_.lines.size();
  if (!is_new && old_line == line) return "";
  const std::vector<Cell> old_cells = CellsOf(old_line);
  const std::vector<Cell> cells = CellsOf(line);
  const auto same = static_cast<size_t>(
      std::mismatch(cells.begin(), cells.end(), old_cells.begin(), old_cells.end()).first -
      cells.begin());
  size_t column = 0;
  for (size_t i = 0; i < same; ++i) column += cells[i].columns;

  std::string bytes = Move(row, column) + FormatCells(cells, same, colors_);
  column_ = Columns(cells);
  if (column_ < Columns(old_cells)) bytes += kClearLine;
  if (is_new) {
    // Move() counts this line from now on.
    frame_.lines.resize(row + 1);
    frame_.lines[row] = line;
  }
  return bytes;
}

std::string Painter::Move(size_t row, size_t column) {
  std::string bytes;
  // A line below the last one is made by a newline, which scrolls where needed.
  if (row > row_) {
    const size_t last = frame_.lines.empty() ? 0 : frame_.lines.size() - 1;
    if (row > last) {
      bytes += Steps(last > row_ ? last - row_ : 0, 'B');
      for (size_t i = std::max(last, row_); i < row; ++i) bytes += "\r\n";
      column_ = 0;
    } else {
      bytes += Steps(row - row_, 'B');
    }
  } else {
    bytes += Steps(row_ - row, 'A');
  }
  row_ = row;
  if (column == column_) return bytes;
  if (column == 0) {
    bytes += '\r';
  } else if (column > column_) {
    bytes += Steps(column - column_, 'C');
  } else {
    bytes += Steps(column_ - column, 'D');
  }
  column_ = column;
  return bytes;
}

std::string Painter::StartOver(WindowSize window) {
  // Terminals break lines that have become too long; the rows above the cursor are those.
  const size_t width = std::max<size_t>(window.columns, 1);
  const auto rows_of = [&](size_t columns) {
    return columns == 0 ? 1 : (columns + width - 1) / width;
  };
  size_t above = column_ / width;
  for (size_t row = 0; row < row_; ++row) above += rows_of(Columns(frame_.lines[row]));
  above = std::min(above, window.rows > 0 ? window.rows - 1 : 0);
  std::string bytes = "\r" + Steps(above, 'A') + std::string(kClearBelow);
  frame_ = {};
  row_ = column_ = 0;
  return bytes;
}

std::string Painter::Erase() { return EraseAbove(0); }

std::string Painter::EraseAbove(size_t rows) {
  std::string bytes;
  if (!frame_.lines.empty()) bytes = Move(0, 0);
  bytes += Steps(rows, 'A');
  if (!frame_.lines.empty() || rows > 0) bytes += kClearBelow;
  if (cursor_hidden_) bytes += kShowCursor;
  Forget();
  return bytes;
}

std::string Painter::Finish() {
  std::string bytes;
  if (!frame_.lines.empty()) bytes = Move(frame_.lines.size() - 1, 0) + "\r\n";
  if (cursor_hidden_) bytes += kShowCursor;
  Forget();
  return bytes;
}

void Painter::Forget() {
  frame_ = {};
  row_ = column_ = 0;
  cursor_hidden_ = false;
}

std::string Painter::FormatLine(const FrameLine& line) const {
  return FormatCells(CellsOf(line), 0, colors_) + "\r\n";
}

}  // namespace scaffold::terminal
