#include "terminal/text_field.h"

#include <algorithm>
#include <utility>

#include "support/text.h"
#include "terminal/text_layout.h"

namespace scaffold::terminal {
namespace {

constexpr size_t kIndent = 4;  // of the text: blanks, sign, blank
constexpr size_t kMostCandidateRows = 4;
constexpr size_t kSecretLength = 8;

std::string CommonPrefix(const std::vector<std::string>& texts) {
  std::string prefix = texts.front();
  for (const std::string& text : texts) {
    const auto [end, ignored] =
        std::mismatch(prefix.begin(), prefix.end(), text.begin(), text.end());
    prefix.erase(end, prefix.end());
  }
  // Never half a character.
  while (!prefix.empty() && prefix.size() < texts.front().size() &&
         (static_cast<unsigned char>(texts.front()[prefix.size()]) & 0xc0) == 0x80) {
    prefix.pop_back();
  }
  return prefix;
}

// The last component of a path, with the slash of a folder.
std::string_view LastComponent(std::string_view path) {
  const size_t slash = path.size() < 2 ? path.npos : path.rfind('/', path.size() - 2);
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string Repeat(std::string_view text, size_t count) {
  std::string repeated;
  for (size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

}  // namespace

TextField::TextField(FieldLabel label, TextFieldOptions options)
    : Field(std::move(label)), options_(std::move(options)), edit_(options_.initial) {}

FieldState TextField::OnKey(const Key& key) {
  const bool escape_before = std::exchange(escape_before_, key.code == KeyCode::kEscape);
  if (key.code == KeyCode::kTab && options_.complete) {
    Complete();
    return FieldState::kOpen;
  }
  candidates_.clear();
  cycling_ = false;
  switch (key.code) {
    case KeyCode::kEnter:
      if (!options_.multiline || key.alt || escape_before) return Finish();
      edit_.Insert("\n");
      Check();
      return FieldState::kOpen;
    case KeyCode::kTab:
      if (!options_.multiline) return FieldState::kOpen;
      edit_.Insert("\t");
      Check();
      return FieldState::kOpen;
    case KeyCode::kUp:
      edit_.MoveUp();
      return FieldState::kOpen;
    case KeyCode::kDown:
      edit_.MoveDown();
      return FieldState::kOpen;
    case KeyCode::kPaste:
      if (!options_.multiline) {
        Key line = key;
        line.text = ReplaceAll(ReplaceAll(StripBlanks(key.text), "\r", " "), "\n", " ");
        edit_.HandleKey(line);
        Check();
        return FieldState::kOpen;
      }
      break;
    case KeyCode::kControl:
      if (options_.multiline && key.IsControl('d')) return Finish();
      break;
    default:
      break;
  }
  if (edit_.HandleKey(key) == LineEdit::Effect::kChanged) Check();
  return FieldState::kOpen;
}

FieldState TextField::Finish() {
  Check();
  return complaint().empty() ? FieldState::kDone : FieldState::kOpen;
}

void TextField::Check() {
  Refuse(options_.validate ? options_.validate(edit_.text()).value_or("") : "");
}

// The first Tab completes as far as all candidates agree, further ones take each in turn.
void TextField::Complete() {
  if (!candidates_.empty() && candidates_.size() > 1) {
    candidate_ = cycling_ ? (candidate_ + 1) % candidates_.size() : 0;
    cycling_ = true;
    edit_.Replace(candidates_[candidate_]);
    Check();
    return;
  }
  candidates_ = options_.complete(edit_.text());
  cycling_ = false;
  if (candidates_.empty()) return;
  const std::string prefix = CommonPrefix(candidates_);
  if (prefix.size() > edit_.text().size()) edit_.Replace(prefix);
  if (candidates_.size() == 1) candidates_.clear();
  Check();
}

FrameLine TextField::RenderRow(std::string_view text, size_t row) const {
  FrameLine line;
  if (row == 0) {
    line.push_back({"  ", Style::kPlain});
    line.push_back({std::string(glyphs().input) + " ", Style::kAccent});
  } else {
    line.push_back({std::string(kIndent, ' '), Style::kPlain});
  }
  line.push_back({ShownText(text), Style::kPlain});
  return line;
}

Frame TextField::RenderBody(size_t columns, size_t rows) const {
  Frame frame;
  frame.shows_cursor = true;
  const size_t width = columns > kIndent ? columns - kIndent : 1;
  std::string shown = edit_.text();
  size_t cursor = edit_.cursor();
  if (options_.masked) {
    size_t before = 0, all = 0;
    for (size_t pos = 0; pos < shown.size(); ++all) {
      if (pos < cursor) ++before;
      pos = NextGrapheme(shown, pos);
    }
    shown = Repeat(glyphs().mask, all);
    cursor = before * glyphs().mask.size();
  }
  if (shown.empty()) {
    FrameLine line = RenderRow("", 0);
    if (!options_.placeholder.empty()) {
      line.push_back({CutToColumns(ShownText(options_.placeholder), width), Style::kDim});
    }
    frame.lines.push_back(std::move(line));
    frame.cursor_column = kIndent;
    return frame;
  }
  const std::vector<TextRow> wrapped = WrapText(shown, width);
  size_t at = wrapped.size() - 1;
  while (at > 0 && cursor < wrapped[at].begin) --at;
  const size_t last = at >= rows ? at : std::min(rows, wrapped.size()) - 1;
  const size_t first = last + 1 > rows ? last + 1 - rows : 0;
  for (size_t i = first; i <= last; ++i) {
    const TextRow& row = wrapped[i];
    frame.lines.push_back(
        RenderRow(std::string_view(shown).substr(row.begin, row.end - row.begin), i));
  }
  frame.cursor_row = at - first;
  frame.cursor_column = kIndent + CountColumns(std::string_view(shown).substr(
                                      wrapped[at].begin, cursor - wrapped[at].begin));
  AppendCandidates(columns, rows, &frame);
  return frame;
}

void TextField::AppendCandidates(size_t columns, size_t rows, Frame* frame) const {
  if (candidates_.empty() || frame->lines.size() >= rows) return;
  size_t widest = 0;
  for (const std::string& text : candidates_) {
    widest = std::max(widest, CountColumns(LastComponent(text)));
  }
  const size_t room = columns > kIndent ? columns - kIndent : 1;
  widest = std::min(widest + 2, room);
  const size_t per_row = std::max<size_t>(1, room / widest);
  const size_t most = std::min(kMostCandidateRows, rows - frame->lines.size());
  const size_t page = per_row * most;
  const size_t begin = cycling_ ? candidate_ / page * page : 0;
  for (size_t i = begin; i < std::min(begin + page, candidates_.size()); ++i) {
    if ((i - begin) % per_row == 0) frame->lines.push_back({{"    ", Style::kPlain}});
    const bool current = cycling_ && i == candidate_;
    frame->lines.back().push_back({PadToColumns(ShownText(LastComponent(candidates_[i])), widest),
                                   current ? Style::kAccent : Style::kDim});
  }
}

std::string TextField::Hint() const {
  const std::string dot = " " + std::string(glyphs().dot) + " ";
  if (options_.multiline) return "Enter new line" + dot + "Alt+Enter or Ctrl+D finish";
  return std::string(options_.complete ? "Tab complete" + dot : "") + "Enter accept";
}

std::string TextField::Summary() const {
  if (options_.masked) return edit_.text().empty() ? "" : Repeat(glyphs().mask, kSecretLength);
  const std::string& text = edit_.text();
  const auto lines = static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  if (lines == 0) return text;
  return text.substr(0, text.find('\n')) + " (+" + std::to_string(lines) +
         (lines == 1 ? " line)" : " lines)");
}

}  // namespace scaffold::terminal
