// TextField: text of one line, or of several; also passwords and paths.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/field.h"
#include "terminal/line_edit.h"

namespace scaffold::terminal {

// The whole texts that `text` may be completed to.
using Completer = std::function<std::vector<std::string>(std::string_view text)>;

struct TextFieldOptions {
  std::string initial;
  std::string placeholder;  // shown while the input is empty
  bool masked = false;
  bool multiline = false;
  TextValidator validate;  // may be empty
  Completer complete;      // on Tab; may be empty
};

class TextField : public Field {
 public:
  TextField(FieldLabel label, TextFieldOptions options);

  const std::string& text() const { return edit_.text(); }

 protected:
  FieldState OnKey(const Key& key) override;
  Frame RenderBody(size_t columns, size_t rows) const override;
  std::string Hint() const override;
  std::string Summary() const override;

 private:
  FieldState Finish();
  void Complete();
  void Check();
  FrameLine RenderRow(std::string_view text, size_t row) const;
  void AppendCandidates(size_t columns, size_t rows, Frame* frame) const;

  TextFieldOptions options_;
  LineEdit edit_;
  bool escape_before_ = false;           // Escape, then Enter: the same as Alt+Enter
  std::vector<std::string> candidates_;  // of the last Tab
  size_t candidate_ = 0;                 // the one that stands in the input, if `cycling_`
  bool cycling_ = false;
};

}  // namespace scaffold::terminal
