// Painter: turns successive frames into the bytes that change the screen from one to the next.
//
// It paints in place, below what stands on the screen already, without an alternate screen. Only
// the cells that differ are written, and the cursor is hidden meanwhile, so nothing flickers.

#pragma once

#include <cstddef>
#include <string>

#include "terminal/frame.h"

namespace scaffold::terminal {

enum class Colors : uint8_t { kOff, kOn };

class Painter {
 public:
  explicit Painter(Colors colors) : colors_(colors) {}

  // REQUIRES: the frame fits the window.
  std::string Paint(const Frame& frame, WindowSize window);
  // Removes the frame; the cursor stands where it began.
  std::string Erase();
  // Removes the frame, and `rows` whole lines above it.
  std::string EraseAbove(size_t rows);
  // Leaves the frame on the screen; the cursor stands at the line below it.
  std::string Finish();
  // What is on the screen is not known any more; the next frame is painted where the cursor is.
  void Forget();
  // A line for good, with its end. REQUIRES: there is no frame (see Erase).
  std::string FormatLine(const FrameLine& line) const;

 private:
  std::string Move(size_t row, size_t column);
  std::string PaintLine(size_t row, const FrameLine& old_line, const FrameLine& line);
  // After the window changed: back to the frame's first row, and all below it is cleared.
  std::string StartOver(WindowSize window);

  Colors colors_;
  Frame frame_;        // as it is on the screen; no lines: there is none
  WindowSize window_;  // when it was painted
  size_t row_ = 0;     // where the cursor is, in the frame
  size_t column_ = 0;
  bool cursor_hidden_ = false;
};

}  // namespace scaffold::terminal
