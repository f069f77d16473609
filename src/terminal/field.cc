#include "terminal/field.h"

#include <algorithm>
#include <utility>

#include "support/text.h"
#include "terminal/text_layout.h"

namespace scaffold::terminal {
namespace {

constexpr size_t kIndent = 2;
// Rows that the input or the choices get before help and hints do.
constexpr size_t kLeastBodyRows = 3;
constexpr size_t kMostComplaintRows = 3;
// A window with more rows than this keeps one for what stands above the frame.
constexpr size_t kSmallWindowRows = 6;

FrameLine Indented(std::string text, Style style) {
  return {{std::string(kIndent, ' '), Style::kPlain}, {std::move(text), style}};
}

// The first hints that fit, whole.
std::string FitHint(std::string_view hint, std::string_view separator, size_t columns) {
  while (CountColumns(hint) > columns) {
    const size_t last = hint.rfind(separator);
    if (last == hint.npos) break;
    hint = hint.substr(0, last);
  }
  return CutToColumns(hint, columns);
}

void Append(std::vector<FrameLine>* lines, std::vector<FrameLine> more, size_t most) {
  if (more.size() > most) more.resize(most);
  std::move(more.begin(), more.end(), std::back_inserter(*lines));
}

}  // namespace

Field::Field(FieldLabel label) : label_(std::move(label)) {
  label_.title = StripBlanks(label_.title);
}

FieldState Field::HandleKey(const Key& key) {
  if (key.code == KeyCode::kBackTab || key.IsControl('b')) {
    return label_.can_go_back ? FieldState::kBack : FieldState::kOpen;
  }
  return OnKey(key);
}

std::string Field::question() const {
  return ShownText(std::string_view(label_.title).substr(0, label_.title.find('\n')));
}

std::vector<FrameLine> Field::RenderTitle(size_t columns) const {
  std::vector<FrameLine> lines;
  const std::string mark = CutToColumns(ShownText(label_.mark), columns / 2) + " ";
  const size_t indent = CountColumns(mark);
  for (std::string& row : WrapWords(question(), columns - std::min(columns, indent))) {
    FrameLine line;
    if (lines.empty()) {
      line.push_back({mark, Style::kAccent});
    } else {
      line.push_back({std::string(indent, ' '), Style::kPlain});
    }
    line.push_back({std::move(row), Style::kBold});
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<FrameLine> Field::RenderHelp(size_t columns) const {
  std::vector<FrameLine> lines;
  const size_t newline = label_.title.find('\n');
  if (newline == std::string::npos) return lines;
  std::string help;
  for (std::string_view line : Split(std::string_view(label_.title).substr(newline + 1), '\n')) {
    help += (help.empty() ? "" : "\n") + ShownText(line);
  }
  for (std::string& row : WrapWords(help, columns - std::min(columns, kIndent))) {
    lines.push_back(Indented(std::move(row), Style::kDim));
  }
  return lines;
}

std::vector<FrameLine> Field::RenderComplaint(size_t columns) const {
  std::vector<FrameLine> lines;
  if (complaint_.empty()) return lines;
  const std::string text = std::string(glyphs().complaint) + " " + ShownText(complaint_);
  for (std::string& row : WrapWords(text, columns - std::min(columns, kIndent))) {
    lines.push_back(Indented(std::move(row), Style::kError));
  }
  if (lines.size() > kMostComplaintRows) lines.resize(kMostComplaintRows);
  return lines;
}

Frame Field::Render(WindowSize window) const {
  // The last column stays free: a cursor behind a full line would stand in the next one.
  const size_t columns = std::max<size_t>(window.columns, 4) - 1;
  const size_t rows = std::max<size_t>(window.rows - (window.rows > kSmallWindowRows ? 1 : 0), 2);
  std::vector<FrameLine> title = RenderTitle(columns);
  if (title.size() + 1 > rows) title.resize(rows - 1);
  size_t left = rows - title.size();

  std::vector<FrameLine> complaint = RenderComplaint(columns);
  if (complaint.size() >= left) complaint.resize(left - 1);
  left -= complaint.size();
  const bool hint = left > kLeastBodyRows;
  if (hint) --left;
  std::vector<FrameLine> help = RenderHelp(columns);
  if (help.size() + kLeastBodyRows > left) {
    help.resize(left > kLeastBodyRows ? left - kLeastBodyRows : 0);
  }
  left -= help.size();

  Frame body = RenderBody(columns, left);
  Frame frame;
  frame.lines = std::move(title);
  Append(&frame.lines, std::move(help), rows);
  frame.cursor_row = frame.lines.size() + body.cursor_row;
  frame.cursor_column = body.cursor_column;
  frame.shows_cursor = body.shows_cursor;
  Append(&frame.lines, std::move(body.lines), left);
  Append(&frame.lines, std::move(complaint), rows);
  if (hint) {
    const std::string dot = " " + std::string(glyphs().dot) + " ";
    const std::string text = Hint() + (label_.can_go_back ? dot + "Ctrl+B back" : "");
    frame.lines.push_back(
        Indented(FitHint(text, dot, columns - std::min(columns, kIndent)), Style::kDim));
  }
  return frame;
}

Answered Field::Collapse() const {
  return {.mark = ShownText(label_.mark), .question = question(), .answer = ShownText(Summary())};
}

FrameLine FormatAnswered(const Answered& answered, size_t columns) {
  columns = std::max<size_t>(columns, 8) - 1;
  const std::string mark = CutToColumns(answered.mark, columns / 4) + " ";
  const size_t left = columns - CountColumns(mark);
  const std::string answer = CutToColumns(answered.answer, left - left / 3);
  const size_t used = CountColumns(answer) + 2;
  const std::string question = CutToColumns(answered.question, left > used ? left - used : 1);
  FrameLine line = {{mark, Style::kGood}, {question, Style::kPlain}};
  if (!answer.empty()) line.push_back({"  " + answer, Style::kAccent});
  return line;
}

}  // namespace scaffold::terminal
