// SelectField: one choice of a list, or any number of them; typing filters the list.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "terminal/field.h"
#include "terminal/line_edit.h"

namespace scaffold::terminal {

struct Choice {
  std::string title;
  std::string disabled;  // the reason; empty: can be picked
  bool checked = false;  // with many: picked
};

enum class HowMany : uint8_t { kOne, kMany };

struct SelectFieldOptions {
  std::vector<Choice> choices;
  HowMany how_many = HowMany::kOne;
  size_t pointer = 0;  // where the pointer starts
  std::string hint;    // instead of what Enter does
};

class SelectField : public Field {
 public:
  SelectField(FieldLabel label, SelectFieldOptions options);

  // REQUIRES: kOne, and the field is done.
  size_t picked() const { return shown_[pointer_]; }
  // In the order of the choices.
  std::vector<size_t> checked() const;

 protected:
  FieldState OnKey(const Key& key) override;
  Frame RenderBody(size_t columns, size_t rows) const override;
  std::string Hint() const override;
  std::string Summary() const override;

 private:
  bool many() const { return options_.how_many == HowMany::kMany; }
  bool IsEnabled(size_t row) const { return options_.choices[shown_[row]].disabled.empty(); }
  FieldState Finish();
  FieldState HandleMarks(const Key& key, bool* handled);
  void Filter();
  // To the nearest choice that can be picked at or after `row` in this direction.
  void MoveTo(size_t row, int direction);
  void Step(int direction);
  void Jump(int direction);
  void CheckAll();
  void InvertAll();
  FrameLine RenderChoice(size_t row, std::string_view scroll, size_t columns) const;

  SelectFieldOptions options_;
  LineEdit filter_;
  std::vector<size_t> shown_;  // indexes of the choices that the filter lets through
  size_t pointer_ = 0;         // into shown_
};

}  // namespace scaffold::terminal
