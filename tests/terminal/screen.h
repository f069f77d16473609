// Screen: a terminal's screen for tests, which knows the control sequences of the painter only.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scaffold::terminal {

class Screen {
 public:
  Screen(size_t columns, size_t rows) : columns_(columns), rows_(rows) {}

  // Fails the test on bytes that it does not know.
  void Feed(std::string_view bytes);
  // All lines that were ever written, those that have scrolled away too; no blanks at the ends.
  std::string Text() const;

  size_t row() const { return row_; }
  size_t column() const { return column_; }
  bool shows_cursor() const { return shows_cursor_; }

 private:
  void Control(std::string_view parameters, char final);
  void NewLine();

  size_t columns_, rows_;
  std::vector<std::vector<std::string>> lines_ = {{}};  // a cell each; "" behind a wide one
  size_t row_ = 0, column_ = 0, top_ = 0;
  bool shows_cursor_ = true;
};

}  // namespace scaffold::terminal
