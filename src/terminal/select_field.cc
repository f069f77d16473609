#include "terminal/select_field.h"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "support/text.h"
#include "support/utf8.h"
#include "terminal/text_layout.h"

namespace scaffold::terminal {
namespace {

constexpr size_t kMostRows = 12;
constexpr size_t kJump = 8;

std::string FoldCase(std::string_view text) {
  std::string folded;
  for (size_t pos = 0; pos < text.size();) {
    const auto c = static_cast<utf8proc_int32_t>(DecodeUtf8(text, &pos));
    AppendUtf8(&folded, static_cast<char32_t>(utf8proc_tolower(c)));
  }
  return folded;
}

// Every word of the filter occurs in the title.
bool Matches(std::string_view filter, std::string_view title) {
  const std::string folded = FoldCase(title);
  for (std::string_view word : Split(filter, ' ')) {
    if (folded.find(FoldCase(word)) == std::string::npos) return false;
  }
  return true;
}

}  // namespace

SelectField::SelectField(FieldLabel label, SelectFieldOptions options)
    : Field(std::move(label)), options_(std::move(options)) {
  for (size_t i = 0; i < options_.choices.size(); ++i) shown_.push_back(i);
  MoveTo(options_.pointer, 1);
}

std::vector<size_t> SelectField::checked() const {
  std::vector<size_t> indexes;
  for (size_t i = 0; i < options_.choices.size(); ++i) {
    if (options_.choices[i].checked) indexes.push_back(i);
  }
  return indexes;
}

FieldState SelectField::OnKey(const Key& key) {
  bool handled = false;
  const FieldState state = HandleMarks(key, &handled);
  if (handled) return state;
  switch (key.code) {
    case KeyCode::kEnter:
      return Finish();
    case KeyCode::kUp:
      Step(-1);
      return FieldState::kOpen;
    case KeyCode::kDown:
    case KeyCode::kTab:
      Step(1);
      return FieldState::kOpen;
    case KeyCode::kPageUp:
      Jump(-1);
      return FieldState::kOpen;
    case KeyCode::kPageDown:
      Jump(1);
      return FieldState::kOpen;
    case KeyCode::kHome:
      MoveTo(0, 1);
      return FieldState::kOpen;
    case KeyCode::kEnd:
      if (!shown_.empty()) MoveTo(shown_.size() - 1, -1);
      return FieldState::kOpen;
    case KeyCode::kEscape:
      filter_.Replace("");
      Filter();
      return FieldState::kOpen;
    case KeyCode::kControl:
      if (key.IsControl('p')) Step(-1);
      if (key.IsControl('n')) Step(1);
      break;
    case KeyCode::kPaste:
      return FieldState::kOpen;
    default:
      break;
  }
  if (filter_.HandleKey(key) == LineEdit::Effect::kChanged) Filter();
  return FieldState::kOpen;
}

FieldState SelectField::HandleMarks(const Key& key, bool* handled) {
  if (!many()) return FieldState::kOpen;
  *handled = true;
  if (key.code == KeyCode::kText && key.text == " ") {
    if (!shown_.empty() && IsEnabled(pointer_)) {
      Choice& choice = options_.choices[shown_[pointer_]];
      choice.checked = !choice.checked;
      Refuse("");
    }
  } else if (key.IsControl('a')) {
    CheckAll();
  } else if (key.IsControl('r')) {
    InvertAll();
  } else {
    *handled = false;
  }
  return FieldState::kOpen;
}

FieldState SelectField::Finish() {
  if (many()) return FieldState::kDone;
  if (shown_.empty()) {
    Refuse("nothing matches; Esc shows all choices");
    return FieldState::kOpen;
  }
  const Choice& choice = options_.choices[shown_[pointer_]];
  if (choice.disabled.empty()) return FieldState::kDone;
  Refuse(choice.disabled);
  return FieldState::kOpen;
}

void SelectField::CheckAll() {
  const auto is_unchecked = [&](size_t index) {
    return options_.choices[index].disabled.empty() && !options_.choices[index].checked;
  };
  const bool check = std::any_of(shown_.begin(), shown_.end(), is_unchecked);
  for (size_t index : shown_) {
    if (options_.choices[index].disabled.empty()) options_.choices[index].checked = check;
  }
  Refuse("");
}

void SelectField::InvertAll() {
  for (size_t index : shown_) {
    Choice& choice = options_.choices[index];
    if (choice.disabled.empty()) choice.checked = !choice.checked;
  }
  Refuse("");
}

void SelectField::Filter() {
  const size_t before = shown_.empty() ? 0 : shown_[pointer_];
  shown_.clear();
  for (size_t i = 0; i < options_.choices.size(); ++i) {
    if (Matches(filter_.text(), options_.choices[i].title)) shown_.push_back(i);
  }
  // The first match is what a person types for; without a filter the pointer stays where it is.
  const auto same = std::find(shown_.begin(), shown_.end(), before);
  const bool stays = filter_.text().empty() && same != shown_.end();
  MoveTo(stays ? static_cast<size_t>(same - shown_.begin()) : 0, 1);
  Refuse("");
}

void SelectField::MoveTo(size_t row, int direction) {
  if (shown_.empty()) {
    pointer_ = 0;
    return;
  }
  pointer_ = std::min(row, shown_.size() - 1);
  if (!IsEnabled(pointer_)) Step(direction);
}

void SelectField::Step(int direction) {
  if (shown_.empty()) return;
  const size_t count = shown_.size();
  for (size_t steps = 0; steps < count; ++steps) {
    pointer_ = (pointer_ + (direction > 0 ? 1 : count - 1)) % count;
    if (IsEnabled(pointer_)) break;
  }
  Refuse("");
}

void SelectField::Jump(int direction) {
  if (shown_.empty()) return;
  const size_t target = direction < 0 ? pointer_ - std::min(pointer_, kJump) : pointer_ + kJump;
  MoveTo(target, target == 0 || (direction > 0 && target < shown_.size() - 1) ? 1 : -1);
}

FrameLine SelectField::RenderChoice(size_t row, std::string_view scroll, size_t columns) const {
  const Choice& choice = options_.choices[shown_[row]];
  const bool pointed = row == pointer_;
  const size_t gutter = 4;
  const std::string sign = pointed ? std::string(glyphs().pointer) : std::string(scroll);
  FrameLine line = {{"  " + PadToColumns(sign, 1) + " ", pointed ? Style::kAccent : Style::kDim}};
  size_t room = columns > gutter ? columns - gutter : 1;
  if (!choice.disabled.empty()) {
    const std::string text =
        "- " + ShownText(choice.title) + " (" + ShownText(choice.disabled) + ")";
    line.push_back({CutToColumns(text, room), Style::kDim});
    return line;
  }
  if (many()) {
    const std::string box(choice.checked ? glyphs().checked : glyphs().unchecked);
    line.push_back({box + " ", choice.checked ? Style::kGood : Style::kPlain});
    room -= std::min(room - 1, CountColumns(box) + 1);
  }
  line.push_back(
      {CutToColumns(ShownText(choice.title), room), pointed ? Style::kAccent : Style::kPlain});
  return line;
}

Frame SelectField::RenderBody(size_t columns, size_t rows) const {
  Frame frame;
  const bool filtering = !filter_.text().empty();
  if (filtering && rows > 1) {
    const std::string label = "  filter: ";
    const size_t room = columns > label.size() + 2 ? columns - label.size() - 1 : 1;
    const std::string text = CutToColumns(ShownText(filter_.text()), room);
    frame.lines.push_back({{label, Style::kDim}, {text, Style::kPlain}});
    const std::string_view before = std::string_view(filter_.text()).substr(0, filter_.cursor());
    frame.cursor_column = std::min(label.size() + CountColumns(before), columns);
    frame.shows_cursor = true;
    --rows;
  }
  if (shown_.empty()) {
    frame.lines.push_back({{CutToColumns("    nothing matches", columns), Style::kDim}});
    return frame;
  }
  const size_t page = std::min({rows, kMostRows, shown_.size()});
  // The pointer stays in the middle, but for both ends.
  size_t first = pointer_ > page / 2 ? pointer_ - page / 2 : 0;
  first = std::min(first, shown_.size() - page);
  for (size_t row = first; row < first + page; ++row) {
    std::string_view scroll;
    if (row == first && first > 0) scroll = glyphs().more_up;
    if (row == first + page - 1 && row + 1 < shown_.size()) scroll = glyphs().more_down;
    frame.lines.push_back(RenderChoice(row, scroll, columns));
  }
  return frame;
}

std::string SelectField::Hint() const {
  const std::string dot = " " + std::string(glyphs().dot) + " ";
  std::string hint;
  if (shown_.size() > 5) {
    hint = std::to_string(pointer_ + 1) + "/" + std::to_string(shown_.size()) + dot;
  }
  if (many()) hint += "Space pick" + dot + "Ctrl+A all" + dot;
  if (!options_.hint.empty()) hint += options_.hint + dot;
  hint += filter_.text().empty() ? "type to filter" : "Esc all choices";
  return options_.hint.empty() ? hint + dot + "Enter accept" : hint;
}

std::string SelectField::Summary() const {
  if (!many()) return shown_.empty() ? "" : options_.choices[shown_[pointer_]].title;
  std::vector<std::string> titles;
  for (size_t index : checked()) titles.push_back(options_.choices[index].title);
  return titles.empty() ? "none" : Join(titles, ", ");
}

}  // namespace scaffold::terminal
