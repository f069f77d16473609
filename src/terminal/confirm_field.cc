#include "terminal/confirm_field.h"

namespace scaffold::terminal {

FieldState ConfirmField::OnKey(const Key& key) {
  switch (key.code) {
    case KeyCode::kEnter:
      return FieldState::kDone;
    case KeyCode::kText:
      if (key.text == " ") {
        yes_ = !yes_;
        return FieldState::kOpen;
      }
      if (key.alt || key.text.size() != 1 ||
          std::string_view("yYnN").find(key.text) == key.text.npos) {
        return FieldState::kOpen;
      }
      yes_ = key.text == "y" || key.text == "Y";
      return FieldState::kDone;
    case KeyCode::kLeft:
    case KeyCode::kUp:
    case KeyCode::kHome:
      yes_ = true;
      return FieldState::kOpen;
    case KeyCode::kRight:
    case KeyCode::kDown:
    case KeyCode::kEnd:
      yes_ = false;
      return FieldState::kOpen;
    case KeyCode::kTab:
      yes_ = !yes_;
      return FieldState::kOpen;
    default:
      return FieldState::kOpen;
  }
}

Frame ConfirmField::RenderBody(size_t, size_t) const {
  const std::string pointer = std::string(glyphs().pointer) + " ";
  const auto option = [&](const std::string& text, bool picked) -> StyledText {
    return {(picked ? pointer : "  ") + text, picked ? Style::kAccent : Style::kPlain};
  };
  Frame frame;
  frame.lines.push_back(
      {{"  ", Style::kPlain}, option("Yes", yes_), {"   ", Style::kPlain}, option("No", !yes_)});
  return frame;
}

std::string ConfirmField::Hint() const {
  return "y or n " + std::string(glyphs().dot) + " Enter accept";
}

}  // namespace scaffold::terminal
